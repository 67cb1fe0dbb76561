/** What things cost: dated versions of prices, read from a file once. Pure but for the reading. */
@NullMarked
package dev.tom.bridge.cost.tariff;

import org.jspecify.annotations.NullMarked;
