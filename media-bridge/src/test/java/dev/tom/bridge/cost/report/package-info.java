/** Sums of records, also of torn and foreign ones. */
@NullMarked
package dev.tom.bridge.cost.report;

import org.jspecify.annotations.NullMarked;
