package dev.tom.bridge.speech.realtime;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/**
 * What a session is asked to be ({@code session.update}, GA shape).
 *
 * @param format of the audio, both ways
 * @param settings voice, instructions, language and tuning
 */
record SessionConfig(WireFormat format, RealtimeSettings settings) {

    /** Error events that our set-up causes carry this id. */
    static final String EVENT_ID = "session-config";

    /** The same in another format. */
    SessionConfig in(WireFormat other) {
        return new SessionConfig(other, settings);
    }

    /** The message. */
    String update() {
        SessionTuning tuning = settings.tuning();
        JsonObject session =
                new JsonObject().put("type", "realtime").put("output_modalities", new JsonArray().add("audio"));
        if (!settings.instructions().isEmpty()) {
            session.put("instructions", settings.instructions());
        }
        tuning.maxOutputTokens().ifPresent(most -> session.put("max_output_tokens", most));
        session.put("audio", new JsonObject().put("input", input(tuning)).put("output", output(tuning)));
        return new JsonObject()
                .put("type", "session.update")
                .put("event_id", EVENT_ID)
                .put("session", session)
                .encode();
    }

    private JsonObject input(SessionTuning tuning) {
        JsonObject input = new JsonObject().put("format", format.json());
        if (!tuning.noiseReduction().isEmpty()) {
            input.put("noise_reduction", new JsonObject().put("type", tuning.noiseReduction()));
        }
        if (!tuning.transcriptionModel().isEmpty()) {
            JsonObject transcription = new JsonObject().put("model", tuning.transcriptionModel());
            if (!settings.language().isEmpty()) {
                transcription.put("language", settings.language());
            }
            input.put("transcription", transcription);
        }
        return input.put("turn_detection", turnDetection(tuning.turnDetection()));
    }

    private JsonObject output(SessionTuning tuning) {
        JsonObject output = new JsonObject().put("format", format.json()).put("voice", settings.voice());
        return tuning.speed() == SessionTuning.OWN_SPEED ? output : output.put("speed", tuning.speed());
    }

    /** The provider answers by itself and stops by itself: both save a round trip in each turn. */
    private static JsonObject turnDetection(TurnDetection wanted) {
        JsonObject detection = switch (wanted) {
            case TurnDetection.ServerVad(int silence, double threshold) -> {
                JsonObject vad = new JsonObject().put("type", "server_vad").put("silence_duration_ms", silence);
                yield threshold == SessionTuning.OWN_THRESHOLD ? vad : vad.put("threshold", threshold);
            }
            case TurnDetection.SemanticVad(String eagerness) ->
                new JsonObject().put("type", "semantic_vad").put("eagerness", eagerness);
        };
        return detection.put("create_response", true).put("interrupt_response", true);
    }
}
