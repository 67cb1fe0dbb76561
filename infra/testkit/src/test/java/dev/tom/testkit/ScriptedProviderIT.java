package dev.tom.testkit;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.UpgradeRejectedException;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The provider against a client of a few lines. */
class ScriptedProviderIT {

    private static final String KEY = "sk-test-1";

    private final Vertx vertx = Vertx.vertx();
    private final ScriptedProvider provider = ScriptedProvider.start(vertx, ProviderOptions.standard(KEY));
    /** Held as long as the test runs: Vert.x closes the connections of a client that nobody refers to any more. */
    private final WebSocketClient webSockets = vertx.createWebSocketClient();

    private final HttpClient http = vertx.createHttpClient();
    private final List<JsonObject> events = new CopyOnWriteArrayList<>();

    @AfterEach
    void stop() {
        provider.close();
        vertx.close().await();
    }

    @Test
    void aTurnIsHeardAndAnswered() {
        WebSocket socket = connect(KEY);
        configure(socket);
        say(socket, Speech.CALLER_HOURS);
        awaitEvent("response.done");

        assertThat(types())
                .containsSubsequence(
                        "session.created",
                        "session.updated",
                        "input_audio_buffer.speech_started",
                        "input_audio_buffer.speech_stopped",
                        "input_audio_buffer.committed",
                        "response.created",
                        "response.output_item.added",
                        "response.content_part.added",
                        "response.output_audio_transcript.delta",
                        "response.output_audio.delta",
                        "response.output_audio.done",
                        "response.done");
        assertThat(String.join("", strings("response.output_audio_transcript.delta", "delta")))
                .isEqualTo(Speech.ANSWER_CHOICE.text());
        int bytes = strings("response.output_audio.delta", "delta").stream()
                .mapToInt(delta -> Base64.getDecoder().decode(delta).length)
                .sum();
        assertThat(bytes).isEqualTo(Speech.ANSWER_CHOICE.wav(8_000).samples().length);
        assertThat(strings("conversation.item.input_audio_transcription.completed", "transcript"))
                .containsExactly(Speech.CALLER_APPOINTMENT.text());
        JsonObject usage = last("response.done").getJsonObject("response").getJsonObject("usage");
        assertThat(usage.getJsonObject("output_token_details").getLong("audio_tokens"))
                .isEqualTo(Speech.ANSWER_CHOICE.wav(8_000).millis() / 50);
        ProviderSession session = provider.latest().orElseThrow();
        assertThat(session.model()).isEqualTo("gpt-test");
        assertThat(session.lostAudioBytes()).isZero();
        assertThat(session.errors()).isEmpty();
    }

    @Test
    void speechCancelsTheRunningAnswer() {
        WebSocket socket = connect(KEY);
        configure(socket);
        say(socket, Speech.CALLER_HOURS);
        awaitEvent("response.output_audio.delta");
        say(socket, Speech.CALLER_INTERRUPT);
        awaitEvent("response.done");

        JsonObject response = last("response.done").getJsonObject("response");
        assertThat(response.getString("status")).isEqualTo("cancelled");
        assertThat(response.getJsonObject("status_details").getString("reason")).isEqualTo("turn_detected");
        String item = strings("response.output_audio.delta", "item_id").getFirst();
        send(
                socket,
                new JsonObject()
                        .put("type", "conversation.item.truncate")
                        .put("item_id", item)
                        .put("content_index", 0)
                        .put("audio_end_ms", 120));
        awaitEvent("conversation.item.truncated");
        send(
                socket,
                new JsonObject()
                        .put("type", "conversation.item.truncate")
                        .put("item_id", item)
                        .put("content_index", 0)
                        .put("audio_end_ms", 100_000));
        awaitEvent("error");
        assertThat(provider.latest().orElseThrow().truncations()).hasSize(1);
    }

    @Test
    void theBetaShapeIsRefused() {
        WebSocket socket = connect(KEY);
        send(
                socket,
                new JsonObject(
                        "{\"type\":\"session.update\",\"event_id\":\"e1\",\"session\":{\"modalities\":[\"audio\"]}}"));
        awaitEvent("error");

        JsonObject error = last("error").getJsonObject("error");
        assertThat(error.getString("code")).isEqualTo("unknown_parameter");
        assertThat(error.getString("param")).isEqualTo("session.modalities");
        assertThat(error.getString("event_id")).isEqualTo("e1");
    }

    @Test
    void audioBeforeTheSetUpIsLost() {
        WebSocket socket = connect(KEY);
        say(socket, Speech.CALLER_YES);
        configure(socket);

        assertThat(provider.latest().orElseThrow().lostAudioBytes())
                .isEqualTo(Speech.CALLER_YES.wav(8_000).samples().length);
    }

    @Test
    void aWrongKeyAndTheBetaHeaderAreRefused() {
        assertThatThrownBy(() -> connect("wrong"))
                .isInstanceOfSatisfying(
                        UpgradeRejectedException.class,
                        e -> assertThat(e.getStatus()).isEqualTo(401));
        WebSocket socket = webSockets
                .connect(options(KEY).addHeader("OpenAI-Beta", "realtime=v1"))
                .await();
        await().until(socket::isClosed);
        assertThat(socket.closeStatusCode()).isEqualTo((short) 4_000);
        assertThat(provider.refusals()).containsExactly(401);
    }

    @Test
    void aResetInTheMiddleOfAnAnswerClosesTheSocketAndIsRemembered() {
        WebSocket socket = connect(KEY);
        configure(socket);
        provider.latest().orElseThrow().strike(new Fault.DuringAnswer(1_000, new Fault.Reset()));
        say(socket, Speech.CALLER_HOURS);
        await().until(socket::isClosed);

        assertThat(socket.closeStatusCode()).isEqualTo((short) 1_006);
        assertThat(strings("response.output_audio.delta", "delta")).hasSize(5);
        ProviderSession session = provider.latest().orElseThrow();
        await().until(() -> provider.openSockets() == 0);
        assertThat(session.ended()).isEqualTo(ProviderSession.Ended.BY_PROVIDER);
        assertThat(provider.lastSocketClosedAt()).isPresent();
    }

    @Test
    void bytesAreCountedByTheirTime() {
        WebSocket socket = connect(KEY);
        configure(socket);
        Instant before = MonotonicClock.now();
        socket.writeTextMessage("{\"type\":\"input_audio_buffer.clear\"}").await();
        awaitEvent("input_audio_buffer.cleared");

        assertThat(provider.bytesAfter(before)).isEqualTo(35 + 6);
        assertThat(provider.bytesAfter(MonotonicClock.now())).isZero();
        assertThat(provider.openSockets()).isEqualTo(1);
    }

    @Test
    void aModelAnswersByTheScriptAndRemembersTheQuestion() {
        try (ScriptedLlm llm = ScriptedLlm.start(vertx, 0)) {
            llm.script("Am Montag um neun.");
            String body = http.request(
                            io.vertx.core.http.HttpMethod.POST,
                            llm.url().getPort(),
                            "127.0.0.1",
                            "/v1/chat/completions")
                    .compose(request ->
                            request.send("{\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"Wann?\"}]}"))
                    .compose(io.vertx.core.http.HttpClientResponse::body)
                    .await()
                    .toString();

            assertThat(body).contains("\"content\":\"neun.\"").endsWith("data: [DONE]\n\n");
            assertThat(llm.conversations().getFirst().getJsonObject(0).getString("content"))
                    .isEqualTo("Wann?");
        }
    }

    private WebSocket connect(String key) {
        WebSocket socket = webSockets
                .webSocket()
                .textMessageHandler(text -> events.add(new JsonObject(text)))
                .connect(options(key))
                .await();
        awaitEvent("session.created");
        return socket;
    }

    private WebSocketConnectOptions options(String key) {
        return new WebSocketConnectOptions()
                .setAbsoluteURI(provider.url() + "?model=gpt-test")
                .addHeader("Authorization", "Bearer " + key);
    }

    private void configure(WebSocket socket) {
        send(socket, new JsonObject("""
                {"type":"session.update","session":{"type":"realtime","output_modalities":["audio"],
                 "audio":{"input":{"format":{"type":"audio/pcmu"},"transcription":{"model":"gpt-4o-mini-transcribe"},
                   "turn_detection":{"type":"server_vad","silence_duration_ms":300}},
                  "output":{"format":{"type":"audio/pcmu"},"voice":"marin"}}}}"""));
        awaitEvent("session.updated");
    }

    private static void say(WebSocket socket, Speech speech) {
        short[] samples = speech.wav(8_000).then(Wav.silence(8_000, 400)).samples();
        if (speech == Speech.CALLER_YES) {
            samples = speech.wav(8_000).samples();
        }
        for (int at = 0; at < samples.length; at += 1_600) {
            byte[] wire = WireFormat.PCMU.encode(samples, at, Math.min(samples.length, at + 1_600));
            send(
                    socket,
                    new JsonObject()
                            .put("type", "input_audio_buffer.append")
                            .put("audio", Base64.getEncoder().encodeToString(wire)));
        }
    }

    private static void send(WebSocket socket, JsonObject event) {
        socket.writeTextMessage(event.encode());
    }

    private void awaitEvent(String type) {
        await().atMost(15, SECONDS).until(() -> types().contains(type));
    }

    private List<String> types() {
        return events.stream().map(event -> event.getString("type")).toList();
    }

    private List<String> strings(String type, String field) {
        return events.stream()
                .filter(event -> type.equals(event.getString("type")))
                .map(event -> event.getString(field))
                .toList();
    }

    private JsonObject last(String type) {
        return events.stream()
                .filter(event -> type.equals(event.getString("type")))
                .toList()
                .getLast();
    }
}
