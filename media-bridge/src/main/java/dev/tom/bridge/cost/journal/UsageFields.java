package dev.tom.bridge.cost.journal;

import dev.tom.bridge.speech.TokenUsage;
import dev.tom.bridge.speech.TranscriptionUsage;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;

/** The object {@code usage} of a cost record and of a journal line. Pure. */
public final class UsageFields {

    private UsageFields() {}

    public static JsonObject of(TokenUsage usage) {
        JsonObject fields = new JsonObject()
                .put("text_input", usage.textInput())
                .put("audio_input", usage.audioInput())
                .put("cached_text", usage.cachedText())
                .put("cached_audio", usage.cachedAudio())
                .put("text_output", usage.textOutput())
                .put("audio_output", usage.audioOutput())
                .put("transcription_model", usage.transcription().model())
                .put("transcription_input", usage.transcription().input())
                .put("transcription_output", usage.transcription().output())
                .put("transcription_s", BigDecimal.valueOf(usage.transcription().millis(), 3));
        return usage.cachedAssumed() ? fields.put("cached_assumed", true) : fields;
    }

    /** What is missing is 0. */
    public static TokenUsage read(JsonObject fields) {
        return new TokenUsage(
                fields.getLong("text_input", 0L),
                fields.getLong("audio_input", 0L),
                fields.getLong("cached_text", 0L),
                fields.getLong("cached_audio", 0L),
                fields.getLong("text_output", 0L),
                fields.getLong("audio_output", 0L),
                new TranscriptionUsage(
                        fields.getString("transcription_model", ""),
                        fields.getLong("transcription_input", 0L),
                        fields.getLong("transcription_output", 0L),
                        Math.round(fields.getDouble("transcription_s", 0.0) * 1_000)),
                fields.getBoolean("cached_assumed", false));
    }
}
