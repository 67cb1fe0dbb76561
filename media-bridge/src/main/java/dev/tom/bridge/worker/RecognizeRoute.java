package dev.tom.bridge.worker;

import static dev.tom.bridge.worker.WorkerSettings.MAX_AUDIO_SECONDS;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;

/** {@code POST /v1/recognize}. A recognition whose client has left is dropped before it starts. On the event loop. */
final class RecognizeRoute {

    private static final RateChange FROM_NARROWBAND = new RateChange(8_000, WhisperEngine.RATE);
    private static final String TOO_LONG =
            "the audio is longer than " + MAX_AUDIO_SECONDS + " s; send one utterance at a time";

    private final Vertx vertx;
    private final Engines engines;
    private final WorkerMeter.Values meters;

    private record Recognized(String text, long tookMillis) {}

    RecognizeRoute(Vertx vertx, Engines engines, WorkerMeter.Values meters) {
        this.vertx = vertx;
        this.engines = engines;
        this.meters = meters;
    }

    void handle(HttpServerRequest request) {
        String rate = Objects.requireNonNullElse(request.getParam("rate"), "16000");
        String language = Objects.requireNonNullElse(request.getParam("language"), "de");
        if (!rate.equals("8000") && !rate.equals("16000")) {
            bad(request, "rate must be 8000 or 16000, not " + Shown.of(rate));
        } else if (!WhisperEngine.LANGUAGES.contains(language)) {
            bad(request, "language must be a code such as de or en, not " + Shown.of(language));
        } else {
            int hertz = Integer.parseInt(rate);
            RequestBody.read(request, MAX_AUDIO_SECONDS * 2 * hertz, TOO_LONG, body -> {
                if (body.length() == 0 || body.length() % 2 != 0) {
                    bad(request, "the body must be 16-bit samples, not " + body.length() + " bytes");
                } else {
                    recognize(request, Pcm.samples(body.getBytes()), hertz, language);
                }
            });
        }
    }

    private void recognize(HttpServerRequest request, short[] audio, int rate, String language) {
        AtomicBoolean left = new AtomicBoolean();
        request.response().closeHandler(closed -> left.set(true));
        Optional<CompletableFuture<Recognized>> queued =
                engines.recognition().offer(() -> !left.get(), () -> recognized(audio, rate, language));
        if (queued.isEmpty()) {
            meters.count(WorkerMeter.RECOGNITIONS_REFUSED);
            WorkerServer.refuse(
                    request,
                    429,
                    "the recognizer has " + WorkerSettings.WAITING_RECOGNITIONS
                            + " utterances waiting; ask again later or add a worker");
            return;
        }
        meters.add(WorkerMeter.RECOGNITIONS_OPEN, 1);
        long audioMillis = audio.length * 1_000L / rate;
        Future.fromCompletionStage(queued.get(), vertx.getOrCreateContext()).onComplete(done -> {
            meters.add(WorkerMeter.RECOGNITIONS_OPEN, -1);
            if (done.succeeded()) {
                meters.count(WorkerMeter.RECOGNITIONS);
                meters.add(WorkerMeter.RECOGNITION_SECONDS, done.result().tookMillis() / 1e3);
                meters.add(WorkerMeter.RECOGNIZED_AUDIO_SECONDS, audioMillis / 1e3);
                WorkerServer.answer(
                        request,
                        200,
                        new JsonObject()
                                .put("text", done.result().text())
                                .put("audioMillis", audioMillis)
                                .put("tookMillis", done.result().tookMillis()));
            } else if (done.cause() instanceof NativeWork.Dropped) {
                meters.count(WorkerMeter.RECOGNITIONS_ABANDONED);
            } else {
                meters.count(WorkerMeter.RECOGNITIONS_FAILED);
                WorkerServer.refuse(
                        request, 500, "the recognizer failed: " + done.cause().getMessage());
            }
        });
    }

    private Recognized recognized(short[] audio, int rate, String language) throws Exception {
        long start = System.nanoTime();
        short[] wideband = rate == WhisperEngine.RATE ? audio : FROM_NARROWBAND.apply(audio);
        String text = engines.whisper().recognize(wideband, language);
        return new Recognized(text, (System.nanoTime() - start) / 1_000_000);
    }

    private void bad(HttpServerRequest request, String sentence) {
        meters.count(WorkerMeter.BAD_REQUESTS);
        WorkerServer.refuse(request, 400, sentence);
    }
}
