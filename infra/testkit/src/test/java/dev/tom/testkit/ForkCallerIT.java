package dev.tom.testkit;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.http.UpgradeRejectedException;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The caller against a server of a few lines that gives every frame back. */
class ForkCallerIT {

    private final Vertx vertx = Vertx.vertx();
    private final List<String> texts = new CopyOnWriteArrayList<>();
    private final List<ServerWebSocket> sockets = new CopyOnWriteArrayList<>();

    @AfterEach
    void stop() {
        vertx.close().await();
    }

    @Test
    void whatItSaysItHearsAgain() throws Exception {
        ForkCaller caller = dial(8_000, true);

        Spoken spoken = caller.say(Speech.CALLER_HOURS).get(10, SECONDS);
        caller.silentFor(Duration.ofMillis(400)).get(5, SECONDS);
        ForkCaller.Closed closed = caller.hangUp().get(5, SECONDS);

        assertThat(closed.code()).isEqualTo(1_000);
        assertThat(texts).first().asString().contains("\"callId\":\"call-1\"");
        Instant heard = caller.record().firstHeardAfter(Instant.EPOCH).orElseThrow();
        assertThat(Duration.between(spoken.onsetAt(), heard)).isBetween(Duration.ZERO, Duration.ofMillis(400));
        assertThat(Duration.between(spoken.onsetAt(), spoken.endAt()))
                .isBetween(Duration.ofMillis(1_700), Duration.ofMillis(2_500));
        Wav both = caller.record().stereo();
        assertThat(Loudness.audible(both.channel(0).samples())).isTrue();
        assertThat(Loudness.audible(both.channel(1).samples())).isTrue();
        assertThat(caller.framesSent()).isEqualTo(caller.record().frames().size());
    }

    @Test
    void framesKeepTheirCadence() throws Exception {
        ForkCaller caller = dial(16_000, false);
        await().until(() -> caller.framesSent() >= 100);

        List<CallRecord.Frame> frames = caller.record().frames();
        Duration ninety = Duration.between(frames.get(5).at(), frames.get(95).at());
        assertThat(ninety).isBetween(Duration.ofMillis(1_780), Duration.ofMillis(1_840));
        assertThat(frames.getFirst().said()).hasSize(320);
        caller.hangUp().get(5, SECONDS);
    }

    @Test
    void aKillIsMeasuredFromTheFirstVoicedFrame() throws Exception {
        ForkCaller caller = dial(8_000, false);
        ServerWebSocket socket = sockets.getFirst();
        socket.writeBinaryMessage(pcm(Wav.tone(8_000, 400, 2_000, 8_000)));
        caller.heardAfter(Instant.EPOCH).get(5, SECONDS);

        vertx.setTimer(150, _ -> socket.writeTextMessage("{\"type\":\"killAudio\"}"));
        Spoken spoken = caller.say(Speech.CALLER_INTERRUPT).get(10, SECONDS);

        BargeIn cut = caller.record().bargeIn(spoken).orElseThrow();
        assertThat(cut.latencyMillis()).isZero();
        assertThat(cut.silentAfterMillis()).isBetween(20L, 250L);
        assertThat(caller.leakedMillis()).isBetween(1L, 80L);
        caller.hangUp().get(5, SECONDS);
    }

    @Test
    void theServersCloseIsSeen() throws Exception {
        ForkCaller caller = dial(8_000, false);
        sockets.getFirst().close((short) 1011, "no more");

        ForkCaller.Closed closed = caller.closed().get(5, SECONDS);
        assertThat(closed.code()).isEqualTo(1_011);
        assertThat(closed.reason()).isEqualTo("no more");
        assertThatThrownBy(() -> caller.say(Speech.CALLER_YES).get(5, SECONDS)).isInstanceOf(ExecutionException.class);
    }

    @Test
    void aRefusalReachesTheCaller() {
        HttpServer server = vertx.createHttpServer()
                .webSocketHandshakeHandler(handshake -> handshake.reject(429))
                .webSocketHandler(_ -> {})
                .listen(0, "127.0.0.1")
                .await();

        assertThatThrownBy(() -> ForkCaller.dial(vertx, options(server, 8_000)).get(5, SECONDS))
                .hasCauseInstanceOf(UpgradeRejectedException.class);
    }

    @Test
    void filesAndMarksComeBack() throws Exception {
        HttpServer server = serve(false);
        URI url = URI.create("ws://127.0.0.1:" + server.actualPort() + "/v1/fork");
        ForkCaller caller = ForkCaller.dial(vertx, CallerOptions.of(url, "call-2", 8_000, CallerOptions.Playback.FILE))
                .get(5, SECONDS);
        await().until(() -> !sockets.isEmpty());
        JsonObject data = new JsonObject()
                .put("audioContentType", "wave")
                .put("sampleRate", 16_000)
                .put(
                        "audioContent",
                        Base64.getEncoder()
                                .encodeToString(Speech.ANSWER_HOURS.wav(16_000).toBytes()));
        sockets.getFirst()
                .writeTextMessage(new JsonObject()
                        .put("type", "playAudio")
                        .put("data", data)
                        .encode());

        caller.heardAfter(Instant.EPOCH).get(5, SECONDS);
        sockets.getFirst().writeTextMessage("{\"type\":\"mark\",\"data\":{\"name\":\"m1\"}}");
        sockets.getFirst().writeTextMessage("{\"type\":\"killAudio\"}");
        await().untilAsserted(() -> assertThat(texts).anyMatch(text -> text.contains("cleared")));
        caller.hangUp().get(5, SECONDS);
    }

    private ForkCaller dial(int rate, boolean echo) throws Exception {
        ForkCaller caller = ForkCaller.dial(vertx, options(serve(echo), rate)).get(5, SECONDS);
        await().until(() -> !sockets.isEmpty());
        return caller;
    }

    private CallerOptions options(HttpServer server, int rate) {
        URI url = URI.create("ws://127.0.0.1:" + server.actualPort() + "/v1/fork");
        return CallerOptions.of(url, "call-1", rate, CallerOptions.Playback.STREAM);
    }

    private HttpServer serve(boolean echo) {
        return vertx.createHttpServer(
                        new io.vertx.core.http.HttpServerOptions().addWebSocketSubProtocol("audio.drachtio.org"))
                .webSocketHandler(socket -> {
                    socket.textMessageHandler(texts::add);
                    socket.binaryMessageHandler(frame -> {
                        if (echo) {
                            socket.writeBinaryMessage(frame);
                        }
                    });
                    sockets.add(socket);
                })
                .listen(0, "127.0.0.1")
                .await();
    }

    private static Buffer pcm(Wav wav) {
        Buffer buffer = Buffer.buffer();
        for (short sample : wav.samples()) {
            buffer.appendShortLE(sample);
        }
        return buffer;
    }
}
