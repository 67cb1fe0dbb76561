/** Prices to the cent. */
@NullMarked
package dev.tom.bridge.cost.tariff;

import org.jspecify.annotations.NullMarked;
