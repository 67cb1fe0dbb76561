/** Many conversations, and the report on them. */
@NullMarked
package dev.tom.bridge.soak;

import org.jspecify.annotations.NullMarked;
