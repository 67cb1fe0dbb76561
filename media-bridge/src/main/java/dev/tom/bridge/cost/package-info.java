/** One record per call segment, written before the call is forgotten; prices from a dated tariff. */
@NullMarked
package dev.tom.bridge.cost;

import org.jspecify.annotations.NullMarked;
