package dev.tom.bridge.session;

import dev.tom.bridge.speech.BackendKind;
import dev.tom.bridge.speech.SpeechEvent;
import dev.tom.bridge.speech.TokenUsage;
import java.time.Instant;

/** Adds up what a call uses of one backend. */
final class SegmentAccount {

    private final String callId;
    private final String callerHash;
    private final BackendKind backend;
    private final Instant start;
    private long sttMillis;
    private long llmMillis;
    private long ttsMillis;
    private TokenUsage usage = TokenUsage.NONE;

    SegmentAccount(String callId, String callerHash, BackendKind backend, Instant start) {
        this.callId = callId;
        this.callerHash = callerHash;
        this.backend = backend;
        this.start = start;
    }

    void used(TokenUsage more) {
        usage = usage.plus(more);
    }

    void worked(SpeechEvent.Engine engine, long millis) {
        switch (engine) {
            case STT -> sttMillis += millis;
            case LLM -> llmMillis += millis;
            case TTS -> ttsMillis += millis;
        }
    }

    CallSegment ended(Instant end, String endedBy) {
        return new CallSegment(
                callId, callerHash, backend, start, end, sttMillis, llmMillis, ttsMillis, usage, endedBy);
    }
}
