package dev.tom.bridge.observe;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What happened since the start, for the status page.
 *
 * @param total calls that began
 * @param dropped calls that ended against the caller's will, shed ones included
 * @param refused calls that were not taken
 * @param steered calls that were sent to another pod
 * @param shed calls that were ended for want of room
 * @param live open segments, by backend
 * @param podFailovers times the pod left the provider
 * @param callFailovers calls moved to another backend
 * @param failoversByReason both, by reason
 * @param errors troubles of calls with the provider, by reason
 * @param turns answered turns, over all backends
 * @param turnsByBackend the same by who answered
 * @param bargeIns interruptions
 */
public record CallCounts(
        long total,
        long dropped,
        long refused,
        long steered,
        long shed,
        Map<String, Long> live,
        long podFailovers,
        long callFailovers,
        Map<String, Long> failoversByReason,
        Map<String, Long> errors,
        Latency turns,
        Map<String, Latency> turnsByBackend,
        Latency bargeIns) {

    public CallCounts {
        live = new TreeMap<>(live);
        failoversByReason = new TreeMap<>(failoversByReason);
        errors = new TreeMap<>(errors);
        turnsByBackend = new TreeMap<>(turnsByBackend);
    }

    /**
     * Latencies in milliseconds.
     *
     * @param histogram counts by the upper end of each step, as far as there are any
     */
    public record Latency(long count, long p50Millis, long p95Millis, SortedMap<Integer, Long> histogram) {

        public static final Latency NONE = new Latency(0, 0, 0, new TreeMap<>());

        static Latency of(LatencyTally tally) {
            LatencyTally.Figures figures = tally.figures();
            return new Latency(figures.count(), figures.p50Millis(), figures.p95Millis(), figures.histogram());
        }
    }
}
