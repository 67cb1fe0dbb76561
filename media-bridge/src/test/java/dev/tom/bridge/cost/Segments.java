package dev.tom.bridge.cost;

import dev.tom.bridge.session.CallSegment;
import dev.tom.bridge.speech.BackendKind;
import dev.tom.bridge.speech.TokenUsage;
import java.time.Instant;

/** Segments for tests. */
final class Segments {

    private Segments() {}

    static CallSegment provider(TokenUsage usage) {
        return new CallSegment(
                "call-1",
                "0123456789abcdef",
                BackendKind.PROVIDER,
                Instant.parse("2026-12-01T08:00:00.123456Z"),
                Instant.parse("2026-12-01T08:05:00Z"),
                0,
                0,
                0,
                usage,
                "hangup");
    }

    static CallSegment local(String callId, String end) {
        return new CallSegment(
                callId,
                "",
                BackendKind.LOCAL,
                Instant.parse(end).minusSeconds(30),
                Instant.parse(end),
                1_500,
                2_250,
                3_001,
                TokenUsage.NONE,
                "socket_closed");
    }
}
