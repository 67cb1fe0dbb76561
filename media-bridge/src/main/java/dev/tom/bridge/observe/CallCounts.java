package dev.tom.bridge.observe;

import java.util.Map;

/**
 * What happened since the start, for the status page.
 *
 * @param total calls that began
 * @param dropped calls that ended against the caller's will
 * @param refused calls that were not taken
 * @param podFailovers times the pod left the provider
 * @param callFailovers calls moved to another backend
 * @param failoversByReason both, by reason
 * @param turns answered turns
 * @param turnP50Millis, turnP95Millis of their latency
 * @param bargeIns interruptions
 * @param bargeInP95Millis of their latency
 * @param providerMinutes, localMinutes of ended segments
 */
public record CallCounts(
        long total,
        long dropped,
        long refused,
        long podFailovers,
        long callFailovers,
        Map<String, Long> failoversByReason,
        long turns,
        long turnP50Millis,
        long turnP95Millis,
        long bargeIns,
        long bargeInP95Millis,
        double providerMinutes,
        double localMinutes) {}
