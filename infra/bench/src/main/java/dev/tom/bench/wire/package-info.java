/** WebSockets over plain channels on one thread, lean enough to be the other side of hundreds of calls, and the marks in their audio. JDK only. */
@NullMarked
package dev.tom.bench.wire;

import org.jspecify.annotations.NullMarked;
