package dev.tom.bridge.session;

import dev.tom.bridge.speech.SpeechEvent.Engine;
import dev.tom.bridge.speech.TokenUsage;

/**
 * What a segment has used since it began.
 *
 * @param sttMillis, llmMillis, ttsMillis busy time of the local engines for this call, in milliseconds
 * @param usage provider tokens
 */
public record SegmentUse(long sttMillis, long llmMillis, long ttsMillis, TokenUsage usage) {

    public static final SegmentUse NONE = new SegmentUse(0, 0, 0, TokenUsage.NONE);

    SegmentUse plus(TokenUsage more) {
        return new SegmentUse(sttMillis, llmMillis, ttsMillis, usage.plus(more));
    }

    SegmentUse plus(Engine engine, long millis) {
        return switch (engine) {
            case STT -> new SegmentUse(sttMillis + millis, llmMillis, ttsMillis, usage);
            case LLM -> new SegmentUse(sttMillis, llmMillis + millis, ttsMillis, usage);
            case TTS -> new SegmentUse(sttMillis, llmMillis, ttsMillis + millis, usage);
        };
    }
}
