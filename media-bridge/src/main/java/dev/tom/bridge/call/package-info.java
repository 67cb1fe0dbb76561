/** Pure: what one call does next. {@code CallMachine.step(state, event, now, settings)} gives a new state and effects as data. */
@NullMarked
package dev.tom.bridge.call;

import org.jspecify.annotations.NullMarked;
