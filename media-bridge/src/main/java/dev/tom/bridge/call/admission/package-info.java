/** Pure: whether and on which backend a new call is taken. */
@NullMarked
package dev.tom.bridge.call.admission;

import org.jspecify.annotations.NullMarked;
