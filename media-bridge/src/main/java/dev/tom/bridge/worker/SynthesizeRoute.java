package dev.tom.bridge.worker;

import dev.tom.bridge.speech.text.ClauseCutter;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * {@code POST /v1/synthesize}. One sentence after the other goes through the engine, so that syntheses of several calls take turns; the next
 * one starts when the client has taken the one before. A synthesis whose client has left goes no further. On the event loop.
 */
final class SynthesizeRoute {

    private static final int MAX_BODY = 4 * WorkerSettings.MAX_TEXT + 1_024;

    private final Vertx vertx;
    private final Engines engines;
    private final WorkerMeter.Values meters;
    private int open;

    /** A good request. */
    private record Wanted(PiperEngine.Loaded voice, List<String> clauses, int rate) {}

    private record Spoken(byte[] pcm, long tookNanos) {}

    private static final class BadRequest extends Exception {
        BadRequest(String sentence) {
            super(sentence);
        }
    }

    SynthesizeRoute(Vertx vertx, Engines engines, WorkerMeter.Values meters) {
        this.vertx = vertx;
        this.engines = engines;
        this.meters = meters;
    }

    void handle(HttpServerRequest request) {
        RequestBody.read(
                request,
                MAX_BODY,
                "the text is longer than " + WorkerSettings.MAX_TEXT + " characters; cut it",
                body -> {
                    try {
                        Wanted wanted = parse(body);
                        if (open >= WorkerSettings.OPEN_SYNTHESES) {
                            meters.count(WorkerMeter.SYNTHESES_REFUSED);
                            WorkerServer.refuse(
                                    request,
                                    429,
                                    "the synthesizer has " + open + " texts open; ask again later or add a worker");
                            return;
                        }
                        begin(request.response(), wanted);
                    } catch (BadRequest e) {
                        meters.count(WorkerMeter.BAD_REQUESTS);
                        WorkerServer.refuse(request, 400, Objects.toString(e.getMessage()));
                    }
                });
    }

    private Wanted parse(Buffer body) throws BadRequest {
        try {
            JsonObject json = new JsonObject(body);
            String text = json.getString("text", "");
            int rate = json.getInteger("rate", WhisperEngine.RATE);
            String name = json.getString("voice", "");
            if (text.length() > WorkerSettings.MAX_TEXT) {
                throw new BadRequest("the text has " + text.length() + " characters, more than "
                        + WorkerSettings.MAX_TEXT + "; cut it");
            }
            if (rate != 8_000 && rate != 16_000) {
                throw new BadRequest("rate must be 8000 or 16000, not " + rate);
            }
            List<String> clauses = ClauseCutter.sentences(text);
            if (clauses.isEmpty()) {
                throw new BadRequest("the text has no word to speak");
            }
            PiperEngine.Loaded voice = engines.piper()
                    .voice(name)
                    .orElseThrow(() -> new BadRequest("there is no voice " + Shown.of(name) + ", only "
                            + String.join(", ", engines.piper().names()) + "; set PIPER_VOICE to one of them"));
            return new Wanted(voice, clauses, rate);
        } catch (DecodeException | ClassCastException | NullPointerException e) {
            throw new BadRequest(
                    "the body must be JSON with the text \"text\", the text \"voice\" and the number \"rate\"");
        }
    }

    private void begin(HttpServerResponse response, Wanted wanted) {
        open++;
        meters.add(WorkerMeter.SYNTHESES_OPEN, 1);
        response.setChunked(true)
                .putHeader("Content-Type", "application/octet-stream")
                .putHeader("X-Rate", Integer.toString(wanted.rate()))
                .putHeader("X-Voice", wanted.voice().files().name())
                .putHeader("Trailer", "X-Took-Millis");
        speak(response, wanted, 0, 0).onComplete(done -> {
            open--;
            meters.add(WorkerMeter.SYNTHESES_OPEN, -1);
            if (done.succeeded()) {
                response.putTrailer("X-Took-Millis", Long.toString(done.result() / 1_000_000));
                response.end();
            } else {
                boolean left = response.closed() || done.cause() instanceof NativeWork.Dropped;
                meters.count(left ? WorkerMeter.SYNTHESES_ABANDONED : WorkerMeter.SYNTHESES_FAILED);
                // The status is already out: a body that breaks off tells the client.
                response.reset();
            }
        });
    }

    /** Speaks from this clause on; the result is the engine's busy time in nanoseconds. */
    private Future<Long> speak(HttpServerResponse response, Wanted wanted, int index, long busyNanos) {
        if (index == wanted.clauses().size()) {
            return Future.succeededFuture(busyNanos);
        }
        Optional<CompletableFuture<Spoken>> queued = engines.synthesis()
                .offer(
                        () -> !response.closed(),
                        () -> spoken(wanted, wanted.clauses().get(index)));
        if (queued.isEmpty()) {
            return Future.failedFuture("the synthesizer is stopping");
        }
        return Future.fromCompletionStage(queued.get(), vertx.getOrCreateContext())
                .compose(spoken -> {
                    meters.count(WorkerMeter.CLAUSES);
                    meters.add(WorkerMeter.SYNTHESIS_SECONDS, spoken.tookNanos() / 1e9);
                    meters.add(WorkerMeter.SYNTHESIZED_AUDIO_SECONDS, spoken.pcm().length / 2.0 / wanted.rate());
                    return response.write(Buffer.buffer(spoken.pcm()))
                            .compose(written -> speak(response, wanted, index + 1, busyNanos + spoken.tookNanos()));
                });
    }

    private Spoken spoken(Wanted wanted, String clause) throws Exception {
        long start = System.nanoTime();
        byte[] pcm = Pcm.bytes(engines.piper().speak(wanted.voice(), clause, wanted.rate()));
        return new Spoken(pcm, System.nanoTime() - start);
    }
}
