package dev.tom.bridge.cost;

import dev.tom.bridge.session.CallSegment;
import dev.tom.bridge.session.OpenSegment;
import dev.tom.bridge.session.SegmentUse;
import dev.tom.bridge.speech.BackendKind;
import dev.tom.bridge.speech.TokenUsage;
import java.time.Instant;

/** Segments for tests. */
public final class Segments {

    private Segments() {}

    public static CallSegment provider(TokenUsage usage) {
        return new CallSegment(
                OpenSegment.of(
                        "call-1",
                        1,
                        "0123456789abcdef",
                        BackendKind.PROVIDER,
                        Instant.parse("2026-12-01T08:00:00.123456Z")),
                used(usage),
                Instant.parse("2026-12-01T08:05:00Z"),
                "hangup");
    }

    public static CallSegment local(String callId, String end) {
        return new CallSegment(
                OpenSegment.of(
                        callId, 2, "", BackendKind.LOCAL, Instant.parse(end).minusSeconds(30)),
                new SegmentUse(1_500, 2_250, 3_001, TokenUsage.NONE),
                Instant.parse(end),
                "socket_closed");
    }

    public static SegmentUse used(TokenUsage usage) {
        return new SegmentUse(0, 0, 0, usage);
    }
}
