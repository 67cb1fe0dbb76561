/** Prices to the cent, and a ledger that loses nothing. */
@NullMarked
package dev.tom.bridge.cost;

import org.jspecify.annotations.NullMarked;
