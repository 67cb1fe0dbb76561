/** The port between a call and what answers it. Knows no wire format. */
@NullMarked
package dev.tom.bridge.speech;

import org.jspecify.annotations.NullMarked;
