package dev.tom.testkit;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The rules of one realtime session (GA shape), told from the service's side. Confined to the socket's context. */
final class RealtimeConversation {

    private static final int TRANSCRIPT_DELAY_MILLIS = 120;

    private final Vertx vertx;
    private final ProviderOptions options;
    private final ProviderWire wire;
    private final ProviderSession session;
    private final JsonObject shape;
    private final TokenMeter tokens = new TokenMeter();
    /** Milliseconds of audio sent, by item; items without audio have 0. */
    private final Map<String, Long> items = new HashMap<>();

    private final List<Fault.DuringAnswer> waitingForAnswer = new ArrayList<>();
    private final List<Fault.DuringSpeech> waitingForSpeech = new ArrayList<>();

    private Optional<WireFormat> input = Optional.empty();
    private WireFormat output = WireFormat.PCM24;
    private Optional<ServerVad> vad = Optional.empty();
    private Optional<ProviderAnswer> answer = Optional.empty();
    private Optional<String> failCode = Optional.empty();
    private Optional<Fault.LinearOnly> linearOnly = Optional.empty();
    private boolean lateDeltas;
    private int extraThinkMillis;
    private int prefixMillis;
    private boolean createResponse;
    private boolean interruptResponse;
    private boolean transcribe;
    private long heardMillis;
    private long onsetMillis = -1;
    private String userItem = "";
    private int nextTurn;
    private int nextItem = 1;

    RealtimeConversation(Vertx vertx, ProviderOptions options, ProviderWire wire, ProviderSession session) {
        this.vertx = vertx;
        this.options = options;
        this.wire = wire;
        this.session = session;
        this.shape = SessionShape.defaults(
                "sess_" + session.number(),
                session.model(),
                session.openedAt().plusSeconds(3_600).getEpochSecond());
    }

    void begin() {
        wire.send("session.created", new JsonObject().put("session", shape));
    }

    void strike(Fault fault) {
        switch (fault) {
            case Fault.DuringAnswer waiting -> waitingForAnswer.add(waiting);
            case Fault.DuringSpeech waiting -> waitingForSpeech.add(waiting);
            case Fault.SlowFirstAudio(int millis) -> extraThinkMillis = millis;
            case Fault.FailResponses(String code) -> failCode = Optional.of(code);
            case Fault.LinearOnly linear -> linearOnly = Optional.of(linear);
            case Fault.LateDeltas _ -> lateDeltas = true;
            case Fault.RefuseUpgrade _, Fault.HangUpgrade _ -> {
                // Too late for this session: it is upgraded.
            }
            case Fault.AcceptThenClose _,
                    Fault.Close _,
                    Fault.Reset _,
                    Fault.Drop _,
                    Fault.Mute _,
                    Fault.Blackhole _,
                    Fault.Garbage _,
                    Fault.HalfJson _,
                    Fault.HugeFrame _,
                    Fault.SessionExpired _,
                    Fault.ErrorEvent _ -> wire.strike(fault, session);
        }
    }

    void onEvent(JsonObject event) {
        switch (event.getString("type", "")) {
            case "session.update" -> update(event);
            case "input_audio_buffer.append" -> append(event);
            case "input_audio_buffer.commit" -> commit(event);
            case "input_audio_buffer.clear" -> wire.send("input_audio_buffer.cleared", new JsonObject());
            case "conversation.item.create" -> createItem(event);
            case "conversation.item.truncate" -> truncate(event);
            case "conversation.item.delete" -> delete(event);
            case "response.create" -> respond(event);
            case "response.cancel" -> cancel(event);
            default -> complain(event, "invalid_value", "Invalid value: '" + event.getString("type") + "'.", "type");
        }
    }

    private void update(JsonObject event) {
        JsonObject wanted = event.getJsonObject("session", new JsonObject());
        Optional<SessionShape.Flaw> flaw = SessionShape.check(wanted);
        if (flaw.isPresent()) {
            complain(event, flaw.get().code(), flaw.get().message(), flaw.get().param());
            return;
        }
        if (linearOnly.isPresent() && wanted.encode().contains("audio/pcm" + "u")) {
            if (!linearOnly.get().silently()) {
                complain(event, "invalid_value", "Invalid value: 'audio/pcmu'.", "session.audio.input.format.type");
                return;
            }
            JsonObject sides = wanted.getJsonObject("audio");
            sides.getJsonObject("input").remove("format");
            sides.getJsonObject("output").remove("format");
        }
        vertx.setTimer(Math.max(1, options.setupMillis()), _ -> apply(wanted));
    }

    private void apply(JsonObject wanted) {
        for (String side : List.of("input", "output")) {
            JsonObject named = wanted.getJsonObject("audio", new JsonObject()).getJsonObject(side, new JsonObject());
            if (named.containsKey("format")) {
                // Formats replace each other: a rate belongs to one type only.
                shape.getJsonObject("audio").getJsonObject(side).remove("format");
            }
        }
        shape.mergeIn(wanted, true);
        JsonObject in = shape.getJsonObject("audio").getJsonObject("input");
        WireFormat inFormat = WireFormat.of(in.getJsonObject("format")).orElseThrow();
        input = Optional.of(inFormat);
        output = WireFormat.of(
                        shape.getJsonObject("audio").getJsonObject("output").getJsonObject("format"))
                .orElseThrow();
        transcribe = in.getJsonObject("transcription") != null;
        JsonObject detection = in.getJsonObject("turn_detection");
        if (detection == null) {
            vad = Optional.empty();
        } else {
            createResponse = detection.getBoolean("create_response", true);
            interruptResponse = detection.getBoolean("interrupt_response", true);
            prefixMillis = detection.getInteger("prefix_padding_ms", 300);
            int silence = detection.getInteger("silence_duration_ms", 500);
            vad = Optional.of(new ServerVad(inFormat.rate(), silence, this::speechStarted, this::speechStopped));
        }
        tokens.text(shape.getString("instructions", ""));
        session.becameReady(inFormat.rate());
        wire.send("session.updated", new JsonObject().put("session", shape));
    }

    private void append(JsonObject event) {
        byte[] audio = Base64.getDecoder().decode(event.getString("audio", ""));
        if (input.isEmpty()) {
            session.lostAudio(audio.length);
            return;
        }
        short[] samples = input.get().decode(audio);
        heardMillis += samples.length * 1_000L / input.get().rate();
        tokens.heard(samples.length * 1_000L / input.get().rate());
        if (options.keepAudio()) {
            session.heard(samples);
        }
        vad.ifPresent(detector -> detector.feed(samples));
        if (onsetMillis >= 0 && !waitingForSpeech.isEmpty()) {
            strikeReached(
                    waitingForSpeech,
                    waiting -> heardMillis - onsetMillis >= waiting.audioMillis(),
                    Fault.DuringSpeech::then);
        }
    }

    private void speechStarted(long onset) {
        onsetMillis = onset;
        userItem = newItem();
        wire.send(
                "input_audio_buffer.speech_started",
                new JsonObject()
                        .put("audio_start_ms", Math.max(0, onset - prefixMillis))
                        .put("item_id", userItem));
        if (interruptResponse) {
            answer.ifPresent(running -> running.cancel());
        }
    }

    private void speechStopped(long end) {
        onsetMillis = -1;
        wire.send(
                "input_audio_buffer.speech_stopped",
                new JsonObject().put("audio_end_ms", end).put("item_id", userItem));
        committed();
        if (createResponse && answer.isEmpty()) {
            startAnswer();
        }
    }

    private void commit(JsonObject event) {
        if (heardMillis == 0) {
            complain(event, "input_audio_buffer_commit_empty", "The input audio buffer is empty.", "");
            return;
        }
        userItem = newItem();
        committed();
    }

    private void committed() {
        String item = userItem;
        items.put(item, 0L);
        wire.send("input_audio_buffer.committed", new JsonObject().put("item_id", item));
        JsonObject added = new JsonObject()
                .put("id", item)
                .put("object", "realtime.item")
                .put("type", "message")
                .put("status", "completed")
                .put("role", "user")
                .put("content", new JsonArray().add(new JsonObject().put("type", "input_audio")));
        wire.send("conversation.item.added", new JsonObject().put("item", added));
        wire.send("conversation.item.done", new JsonObject().put("item", added));
        if (transcribe) {
            String text = turn().callerText();
            vertx.setTimer(
                    TRANSCRIPT_DELAY_MILLIS,
                    _ -> wire.send(
                            "conversation.item.input_audio_transcription.completed",
                            new JsonObject()
                                    .put("item_id", item)
                                    .put("content_index", 0)
                                    .put("transcript", text)
                                    .put("usage", TokenMeter.transcription(text))));
        }
    }

    private void createItem(JsonObject event) {
        JsonObject item = event.getJsonObject("item", new JsonObject()).copy();
        String role = item.getString("role", "");
        String expected = "assistant".equals(role) ? "output_text" : "input_text";
        for (Object part : item.getJsonArray("content", new JsonArray())) {
            String type = ((JsonObject) part).getString("type", "");
            boolean callerAudio = "user".equals(role) && "input_audio".equals(type);
            if (!type.equals(expected) && !callerAudio) {
                complain(event, "invalid_value", "Invalid value: '" + type + "'.", "item.content[0].type");
                return;
            }
            tokens.text(((JsonObject) part).getString("text", ""));
        }
        item.put("id", item.getString("id", newItem()))
                .put("status", "completed")
                .put("object", "realtime.item");
        items.put(item.getString("id"), 0L);
        wire.send("conversation.item.added", new JsonObject().put("item", item));
        wire.send("conversation.item.done", new JsonObject().put("item", item));
    }

    private void truncate(JsonObject event) {
        String item = event.getString("item_id", "");
        long wanted = event.getLong("audio_end_ms", -1L);
        long sent = answer.filter(running -> running.itemId().equals(item))
                .map(ProviderAnswer::sentMillis)
                .orElse(items.getOrDefault(item, -1L));
        if (sent < 0) {
            complain(event, "item_truncate_invalid_item_id", "Item '" + item + "' does not exist.", "item_id");
        } else if (wanted < 0 || wanted > sent) {
            complain(
                    event,
                    "invalid_value",
                    "Audio content of " + sent + "ms is already shorter than " + wanted + "ms.",
                    "audio_end_ms");
        } else {
            session.truncated(new ProviderSession.Truncation(item, wanted, sent));
            wire.send(
                    "conversation.item.truncated",
                    new JsonObject()
                            .put("item_id", item)
                            .put("content_index", 0)
                            .put("audio_end_ms", wanted));
        }
    }

    private void delete(JsonObject event) {
        String item = event.getString("item_id", "");
        boolean running =
                answer.filter(it -> it.begun() && it.itemId().equals(item)).isPresent();
        if (items.remove(item) == null && !running) {
            complain(event, "item_delete_invalid_item_id", "Item '" + item + "' does not exist.", "item_id");
            return;
        }
        wire.send("conversation.item.deleted", new JsonObject().put("item_id", item));
    }

    private void respond(JsonObject event) {
        if (answer.isPresent()) {
            complain(
                    event,
                    "conversation_already_has_active_response",
                    "Conversation already has an active response in progress: "
                            + answer.get().responseId() + ".",
                    "");
            return;
        }
        startAnswer();
    }

    private void cancel(JsonObject event) {
        String wanted = event.getString("response_id");
        boolean fits = answer.filter(it -> wanted == null || wanted.equals(it.responseId()))
                .isPresent();
        if (!fits) {
            complain(event, "response_cancel_not_active", "Cancellation failed: no active response found.", "");
            return;
        }
        answer.orElseThrow().cancel();
    }

    private void startAnswer() {
        ProviderAnswer next = new ProviderAnswer(
                vertx,
                wire,
                output,
                new ProviderAnswer.Pace(options.chunkMillis(), options.chunkEveryMillis(), extraThinkMillis),
                "resp_" + session.number() + "_" + nextItem,
                newItem(),
                turn(),
                sent -> strikeReached(
                        waitingForAnswer, waiting -> sent >= waiting.audioMillis(), Fault.DuringAnswer::then),
                this::answerEnded);
        nextTurn++;
        answer = Optional.of(next);
        rateLimits();
        next.start();
        if (failCode.isPresent()) {
            next.fail();
        }
    }

    /** The service tells them when a response begins. */
    private void rateLimits() {
        JsonObject requests = new JsonObject()
                .put("name", "requests")
                .put("limit", 1_000)
                .put("remaining", 1_000 - nextTurn)
                .put("reset_seconds", 60);
        wire.send("rate_limits.updated", new JsonObject().put("rate_limits", new JsonArray().add(requests)));
    }

    private void answerEnded(ProviderAnswer ended) {
        answer = Optional.empty();
        if (ended.begun()) {
            items.put(ended.itemId(), ended.sentMillis());
        }
        JsonObject response = ended.head();
        switch (ended.status()) {
            case "cancelled" ->
                response.put(
                        "status_details",
                        new JsonObject()
                                .put("type", "cancelled")
                                .put("reason", onsetMillis >= 0 ? "turn_detected" : "client_cancelled"));
            case "failed" ->
                response.put(
                        "status_details",
                        new JsonObject()
                                .put("type", "failed")
                                .put(
                                        "error",
                                        new JsonObject()
                                                .put("type", "server_error")
                                                .put("code", failCode.orElse(""))));
            default -> {
                // A completed response has no details.
            }
        }
        JsonObject usage = tokens.response(ended.sentMillis(), ended.sentText());
        response.put("usage", usage);
        session.billed(usage);
        session.responded(new ProviderSession.Response(
                ended.responseId(), ended.status(), ended.firstAudioAt(), ended.sentMillis()));
        wire.send("response.done", new JsonObject().put("response", response));
        if (lateDeltas && "cancelled".equals(ended.status())) {
            ended.late();
        }
    }

    private <F> void strikeReached(
            List<F> waiting, java.util.function.Predicate<F> reached, java.util.function.Function<F, Fault> then) {
        List<F> due = waiting.stream().filter(reached).toList();
        waiting.removeAll(due);
        due.forEach(fault -> strike(then.apply(fault)));
    }

    private ProviderTurn turn() {
        return options.script().get(nextTurn % options.script().size());
    }

    private String newItem() {
        return "item_" + session.number() + "_" + nextItem++;
    }

    private void complain(JsonObject event, String code, String message, String param) {
        session.complained(code);
        wire.error(
                "invalid_request_error",
                code,
                message,
                param.isEmpty() ? Optional.empty() : Optional.of(param),
                Optional.ofNullable(event.getString("event_id")));
    }
}
