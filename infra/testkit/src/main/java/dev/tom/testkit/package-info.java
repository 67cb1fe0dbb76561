/**
 * The other sides of the media bridge, for tests, the demo and the benchmark: a caller behind a switch ({@link
 * dev.tom.testkit.ForkCaller}), a realtime provider ({@link dev.tom.testkit.ScriptedProvider}) and a language model ({@link
 * dev.tom.testkit.ScriptedLlm}). Real sockets and real protocols; nothing here is shared with the bridge, so that a misreading of a
 * protocol cannot agree with itself.
 *
 * <p>All public methods are thread-safe unless they say otherwise. Instants come from one monotonic clock and can be subtracted.
 */
@NullMarked
package dev.tom.testkit;

import org.jspecify.annotations.NullMarked;
