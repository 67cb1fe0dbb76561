/** Pure: who speaks. Barge-in, end of turn, answers and their latency. */
@NullMarked
package dev.tom.bridge.call.turn;

import org.jspecify.annotations.NullMarked;
