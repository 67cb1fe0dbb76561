package dev.tom.bridge.observe;

import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Counts latencies to the millisecond and gives exact percentiles; what is above 30 s counts as 30 s. For sums over pods it gives a
 * histogram, whose steps are at most a twentieth of the latency from 40 ms to 3 s. Thread-safe.
 */
final class LatencyTally {

    private static final int MOST_MILLIS = 30_000;

    /** Up to a latency (first column), the width of a step (second), both in milliseconds. */
    private static final int[][] STEPS = {{200, 2}, {1_000, 10}, {3_000, 50}, {10_000, 250}, {MOST_MILLIS, 1_000}};

    private final int[] counts = new int[MOST_MILLIS + 1];
    private long total;

    /**
     * What was counted.
     *
     * @param p50Millis, p95Millis smallest latency that so many percent do not exceed; 0 without any
     * @param histogram how many were above the step before and not above this one, by the step's upper end in milliseconds; steps without
     *     any are left out
     */
    record Figures(long count, long p50Millis, long p95Millis, SortedMap<Integer, Long> histogram) {}

    synchronized void add(long millis) {
        counts[Math.clamp(millis, 0, MOST_MILLIS)]++;
        total++;
    }

    synchronized Figures figures() {
        var histogram = new TreeMap<Integer, Long>();
        for (int millis = 0; millis <= MOST_MILLIS; millis++) {
            if (counts[millis] > 0) {
                histogram.merge(step(millis), (long) counts[millis], Long::sum);
            }
        }
        return new Figures(total, percentile(50), percentile(95), histogram);
    }

    private static int step(int millis) {
        for (int[] step : STEPS) {
            if (millis <= step[0]) {
                return (millis + step[1] - 1) / step[1] * step[1];
            }
        }
        return MOST_MILLIS;
    }

    private long percentile(int percent) {
        long rank = (total * percent + 99) / 100;
        long seen = 0;
        for (int millis = 0; millis <= MOST_MILLIS; millis++) {
            seen += counts[millis];
            if (seen >= rank && seen > 0) {
                return millis;
            }
        }
        return 0;
    }
}
