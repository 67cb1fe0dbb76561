/** The other end of a call. */
@NullMarked
package dev.tom.bridge.caller;

import org.jspecify.annotations.NullMarked;
