package dev.tom.bridge.speech.realtime;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/**
 * What a session is asked to be ({@code session.update}, GA shape).
 *
 * @param format of the audio, both ways
 * @param voice name of the voice
 * @param instructions system instructions, possibly empty
 * @param language ISO 639-1 hint for the transcription
 */
record SessionConfig(WireFormat format, String voice, String instructions, String language) {

    /** Error events that our set-up causes carry this id. */
    static final String EVENT_ID = "session-config";

    /**
     * How long the caller must be silent until the provider answers. The service's 500 ms alone would take most of a turn's 800 ms;
     * below 300 ms it answers into the middle of sentences.
     */
    private static final int SILENCE_MILLIS = 300;

    private static final String TRANSCRIPTION_MODEL = "gpt-4o-mini-transcribe";

    static SessionConfig of(RealtimeSettings settings, WireFormat format) {
        return new SessionConfig(format, settings.voice(), settings.instructions(), settings.language());
    }

    /** The message. */
    String update() {
        JsonObject turnDetection = new JsonObject()
                .put("type", "server_vad")
                .put("silence_duration_ms", SILENCE_MILLIS)
                .put("create_response", true)
                .put("interrupt_response", true);
        JsonObject transcription = new JsonObject().put("model", TRANSCRIPTION_MODEL);
        if (!language.isEmpty()) {
            transcription.put("language", language);
        }
        JsonObject input = new JsonObject()
                .put("format", format.json())
                .put("transcription", transcription)
                .put("turn_detection", turnDetection);
        JsonObject output = new JsonObject().put("format", format.json()).put("voice", voice);
        JsonObject session =
                new JsonObject().put("type", "realtime").put("output_modalities", new JsonArray().add("audio"));
        if (!instructions.isEmpty()) {
            session.put("instructions", instructions);
        }
        session.put("audio", new JsonObject().put("input", input).put("output", output));
        return new JsonObject()
                .put("type", "session.update")
                .put("event_id", EVENT_ID)
                .put("session", session)
                .encode();
    }
}
