/** Many conversations at once, and the report on them. Sessions run on event loops; the book they write in is thread-safe. */
@NullMarked
package dev.tom.bridge.soak;

import org.jspecify.annotations.NullMarked;
