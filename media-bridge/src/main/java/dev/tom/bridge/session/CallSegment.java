package dev.tom.bridge.session;

import dev.tom.bridge.speech.BackendKind;
import dev.tom.bridge.speech.TokenUsage;
import java.time.Instant;

/**
 * A stretch of a call on one backend; the unit of accounting.
 *
 * @param callerHash salted hash of the caller's number, or empty
 * @param start when the backend was asked for, end when it was left
 * @param sttMillis, llmMillis, ttsMillis busy time of the local engines for this call, in milliseconds
 * @param usage provider tokens
 * @param endedBy why it ended: {@code hangup}, {@code window_end}, or a failure reason's label
 */
public record CallSegment(
        String callId,
        String callerHash,
        BackendKind backend,
        Instant start,
        Instant end,
        long sttMillis,
        long llmMillis,
        long ttsMillis,
        TokenUsage usage,
        String endedBy) {}
