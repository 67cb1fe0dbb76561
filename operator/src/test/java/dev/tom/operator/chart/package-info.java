/** The chart, the alert rules and the files beside them, held against the tools that read them. */
@NullMarked
package dev.tom.operator.chart;

import org.jspecify.annotations.NullMarked;
