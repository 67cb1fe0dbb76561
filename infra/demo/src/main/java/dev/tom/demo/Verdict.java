package dev.tom.demo;

import java.util.List;
import java.util.Locale;

/** Whether every promise held. */
record Verdict(List<Promise> promises) {

    /** Interruptions and gaps above these break a promise. */
    static final long BARGE_IN_LIMIT_MILLIS = 120;

    static final long GAP_LIMIT_MILLIS = 1_500;
    static final long STALL_LIMIT_MILLIS = 1_500;
    static final long CLOSE_LATE_LIMIT_MILLIS = 100;
    static final long POLICY_LIMIT_MILLIS = 5_000;
    static final double WORD_ERROR_LIMIT = 0.4;

    Verdict {
        promises = List.copyOf(promises);
    }

    /**
     * One promise.
     *
     * @param figure what was measured
     * @param limit what was promised
     */
    record Promise(String name, String figure, String limit, boolean held) {}

    static Verdict of(Figures f) {
        long worstBargeIn =
                f.bargeInMillis().stream().mapToLong(Long::longValue).max().orElse(Long.MAX_VALUE);
        return new Verdict(List.of(
                atMost("calls dropped", f.callsDropped(), 0, "", ""),
                atMost("barge-in, worst", worstBargeIn, BARGE_IN_LIMIT_MILLIS - 1, " ms", "< 120 ms"),
                atMost("gap at failover", f.failoverGapMillis(), GAP_LIMIT_MILLIS, " ms", ""),
                atMost("silent provider noticed after", f.stallDetectMillis(), STALL_LIMIT_MILLIS, " ms", ""),
                new Promise(
                        "words during the switch, error rate",
                        String.format(Locale.ROOT, "%.2f", f.transcriptWordError()),
                        "<= " + WORD_ERROR_LIMIT,
                        f.transcriptWordError() <= WORD_ERROR_LIMIT),
                atMost("provider sockets after the end", f.providerSocketsOpenAfterEnd(), 0, "", ""),
                atMost(
                        "provider sockets closed late by",
                        f.egressClosedLateMillis(),
                        CLOSE_LATE_LIMIT_MILLIS,
                        " ms",
                        ""),
                atMost("bytes to the provider after the end", f.providerBytesAfterDeadline(), 0, "", ""),
                atMost("egress policy gone after", f.policyDeletedAfterMillis(), POLICY_LIMIT_MILLIS, " ms", ""),
                is("ALLOW_EGRESS after the end", f.allowEgressAfterEnd(), "false"),
                is("end verified on the pods", String.valueOf(f.egressClosedVerified()), "true"),
                is("call over the end answered locally", String.valueOf(f.movedCallAnsweredAfterEnd()), "true"),
                is("cost records", String.valueOf(f.costRecords()), String.valueOf(f.costRecordsExpected()))));
    }

    boolean held() {
        return promises.stream().allMatch(Promise::held);
    }

    /** A table, one line per promise. */
    String table() {
        StringBuilder text = new StringBuilder();
        for (Promise promise : promises) {
            text.append(String.format(
                    Locale.ROOT,
                    "  %-6s %-38s %12s   (promised: %s)%n",
                    promise.held() ? "held" : "BROKEN",
                    promise.name(),
                    promise.figure(),
                    promise.limit()));
        }
        return text.toString();
    }

    private static Promise atMost(String name, long value, long limit, String unit, String limitText) {
        String figure = value == Long.MAX_VALUE ? "not measured" : value + unit;
        return new Promise(name, figure, limitText.isEmpty() ? "<= " + limit + unit : limitText, value <= limit);
    }

    private static Promise is(String name, String value, String expected) {
        return new Promise(name, value, expected, value.equals(expected));
    }
}
