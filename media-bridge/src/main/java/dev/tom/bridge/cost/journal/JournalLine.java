package dev.tom.bridge.cost.journal;

import dev.tom.bridge.session.OpenSegment;
import dev.tom.bridge.session.SegmentUse;
import dev.tom.bridge.speech.BackendKind;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;

/** Journal events to lines of JSON and back. Pure. */
final class JournalLine {

    private JournalLine() {}

    /** One line without a line break. */
    static String encode(JournalEvent event) {
        JsonObject line = new JsonObject();
        switch (event) {
            case JournalEvent.Began(JournalOrigin origin, Instant _) ->
                line.put("event", "began")
                        .put("pod", origin.pod())
                        .put("window", origin.window())
                        .put("model", origin.model())
                        .put("run", origin.run());
            case JournalEvent.Opened(OpenSegment segment, Instant _) ->
                line.put("event", "opened")
                        .put("id", segment.id())
                        .put("call_id", segment.callId())
                        .put("segment", segment.number())
                        .put("caller_hash", segment.callerHash())
                        .put("backend", segment.backend().label())
                        .put("start", segment.start().toString());
            case JournalEvent.Used(String id, SegmentUse use, Instant _) ->
                line.put("event", "used").put("id", id).put("use", use(use));
            case JournalEvent.Ended(String id, SegmentUse use, Instant end, String endedBy, Instant _) ->
                line.put("event", "ended")
                        .put("id", id)
                        .put("use", use(use))
                        .put("end", end.toString())
                        .put("ended_by", endedBy);
            case JournalEvent.Recorded(String id, Instant _) ->
                line.put("event", "recorded").put("id", id);
            case JournalEvent.Alive(Instant _) -> line.put("event", "alive");
        }
        return line.put("at", event.at().toString()).encode();
    }

    /** The event of a line; empty when the line is torn or not ours. */
    static Optional<JournalEvent> decode(String text) {
        try {
            JsonObject line = new JsonObject(text);
            Instant at = Instant.parse(line.getString("at", ""));
            return Optional.of(
                    switch (line.getString("event", "")) {
                        case "began" ->
                            new JournalEvent.Began(
                                    new JournalOrigin(
                                            line.getString("pod", ""),
                                            line.getString("window", ""),
                                            line.getString("model", ""),
                                            line.getString("run", "")),
                                    at);
                        case "opened" -> new JournalEvent.Opened(segment(line), at);
                        case "used" -> new JournalEvent.Used(id(line), use(line), at);
                        case "ended" ->
                            new JournalEvent.Ended(
                                    id(line),
                                    use(line),
                                    Instant.parse(line.getString("end", "")),
                                    line.getString("ended_by", ""),
                                    at);
                        case "recorded" -> new JournalEvent.Recorded(id(line), at);
                        case "alive" -> new JournalEvent.Alive(at);
                        default -> throw new IllegalArgumentException("no such event");
                    });
        } catch (DecodeException | DateTimeException | ClassCastException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static OpenSegment segment(JsonObject line) {
        String label = line.getString("backend", "");
        BackendKind backend = Arrays.stream(BackendKind.values())
                .filter(kind -> kind.label().equals(label))
                .findAny()
                .orElseThrow(() -> new IllegalArgumentException("no such backend"));
        return new OpenSegment(
                id(line),
                line.getString("call_id", ""),
                line.getInteger("segment", 0),
                line.getString("caller_hash", ""),
                backend,
                Instant.parse(line.getString("start", "")));
    }

    private static String id(JsonObject line) {
        String id = line.getString("id", "");
        if (id.isEmpty()) {
            throw new IllegalArgumentException("no id");
        }
        return id;
    }

    private static JsonObject use(SegmentUse use) {
        return new JsonObject()
                .put("stt_ms", use.sttMillis())
                .put("llm_ms", use.llmMillis())
                .put("tts_ms", use.ttsMillis())
                .put("usage", UsageFields.of(use.usage()));
    }

    private static SegmentUse use(JsonObject line) {
        JsonObject use = line.getJsonObject("use", new JsonObject());
        return new SegmentUse(
                use.getLong("stt_ms", 0L),
                use.getLong("llm_ms", 0L),
                use.getLong("tts_ms", 0L),
                UsageFields.read(use.getJsonObject("usage", new JsonObject())));
    }
}
