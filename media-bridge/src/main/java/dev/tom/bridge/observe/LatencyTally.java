package dev.tom.bridge.observe;

/** Counts latencies to the millisecond and gives exact percentiles; what is above 30 s counts as 30 s. Thread-safe. */
final class LatencyTally {

    private static final int MOST_MILLIS = 30_000;

    private final int[] counts = new int[MOST_MILLIS + 1];
    private long total;

    synchronized void add(long millis) {
        counts[Math.clamp(millis, 0, MOST_MILLIS)]++;
        total++;
    }

    synchronized long count() {
        return total;
    }

    /** The smallest latency that so many percent do not exceed; 0 without any. */
    synchronized long percentile(int percent) {
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
