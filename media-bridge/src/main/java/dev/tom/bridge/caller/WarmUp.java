package dev.tom.bridge.caller;

import dev.tom.bridge.audio.AudioFormat;
import dev.tom.bridge.call.egress.EgressPermit;
import dev.tom.bridge.speech.TokenUsage;
import dev.tom.bridge.speech.realtime.RealtimeBackend;
import dev.tom.bridge.speech.realtime.RealtimeSettings;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.ServerWebSocket;
import java.net.URI;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * Runs both kinds of line once against this process, so that the first session that is measured does not pay for the loading of
 * classes, which takes longer than a fast answer. Loopback only; TLS stays cold.
 */
public final class WarmUp {

    private static final int FRAMES = 25;
    private static final long PATIENCE_SECONDS = 5;
    private static final String DELTA = Base64.getEncoder().encodeToString(new byte[1_600]);

    private WarmUp() {}

    /** Blocks for some hundred milliseconds; not for event loops. A warm-up that fails changes nothing. */
    public static void run(Vertx vertx, AudioFormat format) {
        HttpServer server = vertx.createHttpServer().webSocketHandler(WarmUp::answer);
        try {
            int port = server.listen(0, "127.0.0.1")
                    .await(PATIENCE_SECONDS, TimeUnit.SECONDS)
                    .actualPort();
            String url = "ws://127.0.0.1:" + port + "/";
            var settings = new RealtimeSettings(URI.create(url), "none", "none", "none", "", "de");
            EgressPermit toItself = new ToItself();
            var provider = new RealtimeBackend(vertx, settings, toItself, _ -> () -> {});
            once(vertx, format, listener -> ProviderLine.open(provider, "warm-up", format, listener));
            var call = ForkCall.of(url, format, Optional.empty(), "").withCallId("warm-up");
            once(vertx, format, listener -> ForkLine.dial(vertx, call, listener));
            server.close().await(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (Exception e) {
            // Without loopback the first session is slower, and that is all.
        }
    }

    /** Both protocols in a few lines: what is binary comes back, what is text gets a session and a piece of an answer. */
    private static void answer(ServerWebSocket socket) {
        socket.binaryMessageHandler(socket::writeBinaryMessage);
        socket.textMessageHandler(text -> {
            if (text.contains("session.update")) {
                socket.writeTextMessage("{\"type\":\"session.updated\",\"session\":{}}");
            } else if (text.contains("input_audio_buffer.append")) {
                socket.writeTextMessage(
                        "{\"type\":\"response.output_audio.delta\",\"response_id\":\"r\",\"item_id\":\"i\",\"delta\":\""
                                + DELTA + "\"}");
            }
        });
    }

    private static void once(Vertx vertx, AudioFormat format, Function<Line.Listener, Line> lines) {
        Ear ear = new Ear(format);
        Context context = vertx.getOrCreateContext();
        context.runOnContext(_ -> ear.line.complete(lines.apply(ear)));
        ear.line
                .thenCombine(ear.over, (line, _) -> line)
                .orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
                .join();
        context.runOnContext(_ -> ear.line.join().close());
    }

    /** Nothing leaves this machine. */
    private record ToItself() implements EgressPermit {
        @Override
        public boolean open() {
            return true;
        }

        @Override
        public boolean openForNewSessions() {
            return true;
        }
    }

    /** Speaks as soon as it may, and is content when something came back. */
    private static final class Ear implements Line.Listener {
        private final AudioFormat format;
        private final CompletableFuture<Line> line = new CompletableFuture<>();
        private final CompletableFuture<Void> over = new CompletableFuture<>();
        private int heard;

        Ear(AudioFormat format) {
            this.format = format;
        }

        @Override
        public void connected() {
            // ready() follows
        }

        @Override
        public void ready() {
            Line open = line.getNow(null);
            for (int i = 0; open != null && i < FRAMES; i++) {
                open.say(new short[format.samplesPerFrame()]);
            }
        }

        @Override
        public void answerBegins() {
            // audio follows
        }

        @Override
        public void audio(short[] pcm, int length) {
            if (++heard == FRAMES) {
                over.complete(null);
            }
        }

        @Override
        public void killed() {
            // nobody kills
        }

        @Override
        public void used(TokenUsage usage) {
            // nothing is charged
        }

        @Override
        public void troubled(Line.Ending fault) {
            over.complete(null);
        }

        @Override
        public void ended(Line.Ending ending) {
            over.complete(null);
        }
    }
}
