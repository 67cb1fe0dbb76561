/**
 * The report of a window: snapshots of its bridges, their totals, a verdict, as JSON and Markdown. Holds no state; any thread may call it.
 */
@NullMarked
package dev.tom.operator.report;

import org.jspecify.annotations.NullMarked;
