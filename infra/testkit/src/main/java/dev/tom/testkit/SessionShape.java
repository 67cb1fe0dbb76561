package dev.tom.testkit;

import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The GA shape of a session: what {@code session.update} may hold, and what the beta called it. */
final class SessionShape {

    /** What is wrong with an update, as the service words it. */
    record Flaw(String code, String message, String param) {}

    private static final Map<String, Set<String>> FIELDS = Map.of(
            "session",
                    Set.of(
                            "type",
                            "model",
                            "instructions",
                            "tools",
                            "tool_choice",
                            "max_output_tokens",
                            "tracing",
                            "prompt",
                            "include",
                            "output_modalities",
                            "audio",
                            "truncation",
                            "reasoning",
                            "parallel_tool_calls"),
            "session.audio", Set.of("input", "output"),
            "session.audio.input", Set.of("format", "noise_reduction", "transcription", "turn_detection"),
            "session.audio.output", Set.of("format", "voice", "speed"),
            "session.audio.input.transcription",
                    Set.of("model", "language", "languages", "prompt", "keywords", "delay"),
            "session.audio.input.turn_detection",
                    Set.of(
                            "type",
                            "threshold",
                            "prefix_padding_ms",
                            "silence_duration_ms",
                            "eagerness",
                            "create_response",
                            "interrupt_response",
                            "idle_timeout_ms"));

    private static final Set<String> VOICES =
            Set.of("alloy", "ash", "ballad", "coral", "echo", "sage", "shimmer", "verse", "marin", "cedar");

    private SessionShape() {}

    static Optional<Flaw> check(JsonObject session) {
        Optional<Flaw> unknown = unknownField("session", session);
        if (unknown.isPresent()) {
            return unknown;
        }
        if (!session.containsKey("type")) {
            return Optional.of(new Flaw(
                    "missing_required_parameter", "Missing required parameter: 'session.type'.", "session.type"));
        }
        if (!"realtime".equals(session.getString("type"))) {
            return invalid("session.type", session.getString("type"));
        }
        JsonObject audio = session.getJsonObject("audio", new JsonObject());
        return side(audio, "input").or(() -> side(audio, "output"));
    }

    private static Optional<Flaw> unknownField(String path, JsonObject object) {
        Set<String> known = FIELDS.get(path);
        if (known == null) {
            return Optional.empty();
        }
        for (String name : object.fieldNames()) {
            String param = path + "." + name;
            if (!known.contains(name)) {
                return Optional.of(new Flaw("unknown_parameter", "Unknown parameter: '" + param + "'.", param));
            }
            if (object.getValue(name) instanceof JsonObject inner) {
                Optional<Flaw> flaw = unknownField(param, inner);
                if (flaw.isPresent()) {
                    return flaw;
                }
            }
        }
        return Optional.empty();
    }

    private static Optional<Flaw> side(JsonObject audio, String name) {
        JsonObject side = audio.getJsonObject(name, new JsonObject());
        String path = "session.audio." + name;
        JsonObject format = side.getJsonObject("format");
        if (format != null && WireFormat.of(format).isEmpty()) {
            return invalid(path + ".format", format.encode());
        }
        Object voice = side.getValue("voice");
        if (voice instanceof String word && !VOICES.contains(word)) {
            return invalid(path + ".voice", word);
        }
        JsonObject detection = side.getJsonObject("turn_detection");
        if (detection != null && !Set.of("server_vad", "semantic_vad").contains(detection.getString("type", ""))) {
            return invalid(path + ".turn_detection.type", detection.getString("type"));
        }
        return Optional.empty();
    }

    private static Optional<Flaw> invalid(String param, String value) {
        return Optional.of(new Flaw("invalid_value", "Invalid value: '" + value + "'.", param));
    }

    /** What a session is before its first update. */
    static JsonObject defaults(String id, String model, long expiresAt) {
        JsonObject detection = new JsonObject()
                .put("type", "server_vad")
                .put("threshold", 0.5)
                .put("prefix_padding_ms", 300)
                .put("silence_duration_ms", 500)
                .put("create_response", true)
                .put("interrupt_response", true);
        return new JsonObject()
                .put("type", "realtime")
                .put("object", "realtime.session")
                .put("id", id)
                .put("model", model)
                .put("expires_at", expiresAt)
                .put("instructions", "")
                .put("output_modalities", new io.vertx.core.json.JsonArray().add("audio"))
                .put(
                        "audio",
                        new JsonObject()
                                .put(
                                        "input",
                                        new JsonObject()
                                                .put("format", WireFormat.PCM24.json())
                                                .put("turn_detection", detection))
                                .put(
                                        "output",
                                        new JsonObject()
                                                .put("format", WireFormat.PCM24.json())
                                                .put("voice", "alloy")));
    }
}
