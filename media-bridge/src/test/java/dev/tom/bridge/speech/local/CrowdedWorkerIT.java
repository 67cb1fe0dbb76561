package dev.tom.bridge.speech.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tom.bridge.audio.AudioFormat;
import dev.tom.bridge.speech.FailureReason;
import dev.tom.bridge.speech.LocalStrain;
import dev.tom.bridge.speech.SpeechEvent;
import dev.tom.testkit.Speech;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A worker that has no room, as its protocol says it: 429. */
class CrowdedWorkerIT {

    private static final AudioFormat PHONE = AudioFormat.NARROWBAND;

    private final Vertx vertx = Vertx.vertx();
    private final AtomicInteger recognitions = new AtomicInteger();
    private volatile int refuse;
    private volatile long tookMillis;
    private final URI url = URI.create("http://127.0.0.1:"
            + vertx.createHttpServer()
                    .requestHandler(this::answer)
                    .listen(0, "127.0.0.1")
                    .await()
                    .actualPort());
    private final LocalBackend backend =
            new LocalBackend(vertx, new LocalSettings(url, Optional.empty(), "", "de-DE-thorsten-high", "de", ""));

    @AfterEach
    void close() {
        vertx.close().await();
    }

    private void answer(HttpServerRequest request) {
        request.body().onSuccess(_ -> {
            boolean recognition = request.path().equals("/v1/recognize");
            if (recognition && recognitions.incrementAndGet() <= refuse) {
                request.response()
                        .setStatusCode(429)
                        .end(new JsonObject()
                                .put("error", "the recognizer has 16 utterances waiting")
                                .encode());
            } else if (request.path().equals("/v1/synthesize")) {
                request.response().setStatusCode(429).end();
            } else {
                request.response()
                        .end(new JsonObject()
                                .put("text", "")
                                .put("tookMillis", tookMillis)
                                .encode());
            }
        });
    }

    @Test
    void aRefusedRecognitionIsTriedOnceMore() {
        refuse = 1;
        LocalCall call = new LocalCall(vertx, backend, PHONE);
        call.say(Speech.CALLER_HOURS.wav(8_000));
        call.await(1, SpeechEvent.CallerSaid.class);
        assertThat(recognitions).hasValue(2);
        assertThat(backend.strain().refusals()).isPositive();
    }

    @Test
    void andNoMoreOftenThenTheCallHasToLeave() {
        refuse = 100;
        LocalCall call = new LocalCall(vertx, backend, PHONE);
        call.say(Speech.CALLER_HOURS.wav(8_000));
        assertThat(call.await(1, SpeechEvent.Failed.class).reason()).isEqualTo(FailureReason.SATURATED);
        assertThat(recognitions).hasValue(2);
        assertThat(backend.strain().refusals()).isEqualTo(2);
        assertThat(backend.strain()).isEqualTo(LocalStrain.NONE);
    }

    @Test
    void whatTheEngineDidNotWorkWasWaiting() {
        tookMillis = -5_000;
        LocalCall call = new LocalCall(vertx, backend, PHONE);
        call.say(Speech.CALLER_HOURS.wav(8_000));
        call.await(1, SpeechEvent.CallerSaid.class);
        await().until(() -> backend.strain().longestWaitMillis() >= 5_000);
    }
}
