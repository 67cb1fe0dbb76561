/**
 * The other end of a call, for the tools: recordings, real-time pacing, the switch's playback, and the measuring of turns. Not used by
 * the bridge itself; only {@code soak} and {@code cli} may import it. A line and everything that hears of it live on one event-loop
 * context.
 */
@NullMarked
package dev.tom.bridge.caller;

import org.jspecify.annotations.NullMarked;
