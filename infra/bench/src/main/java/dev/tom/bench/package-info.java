/** Load on the bridge and what it costs: {@link dev.tom.bench.BenchMain} starts every side as a process of its own, tells them when to
 * measure, and prints what they saw. Never shipped. */
@NullMarked
package dev.tom.bench;

import org.jspecify.annotations.NullMarked;
