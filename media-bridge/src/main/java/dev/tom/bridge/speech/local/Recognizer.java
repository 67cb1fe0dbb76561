package dev.tom.bridge.speech.local;

import dev.tom.bridge.audio.AudioFormat;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;

/** Makes words of the caller's audio: the recognizer of the speech worker. Shared by all calls. */
final class Recognizer {

    private static final int IDLE_MILLIS = 15_000;

    private final HttpCalls worker;
    private final String language;

    /**
     * @param text the words; empty when there were none
     * @param tookMillis busy time of the engine
     */
    record Recognized(String text, long tookMillis) {}

    /** @param language ISO 639-1 code of the spoken language */
    Recognizer(HttpCalls worker, String language) {
        this.worker = worker;
        this.language = language;
    }

    /** Recognizes one utterance; goes on after a restart of the worker. Fails with {@link LocalFault}. */
    Future<Recognized> recognize(short[] utterance, AudioFormat format, Cancellation cancellation) {
        Buffer body = Buffer.buffer(2 * utterance.length);
        for (short sample : utterance) {
            body.appendShortLE(sample);
        }
        String path = "/v1/recognize?rate=" + format.sampleRate() + "&language=" + language;
        return worker.patiently(cancellation, () -> recognizeOnce(path, body, cancellation));
    }

    /** Whether it succeeds or is given up: what was not work of the engine was waiting for it. */
    private Future<Recognized> recognizeOnce(String path, Buffer body, Cancellation cancellation) {
        long start = System.nanoTime();
        return worker.json(HttpMethod.POST, path, "application/octet-stream", body, IDLE_MILLIS, cancellation)
                .map(answer -> new Recognized(answer.getString("text", ""), answer.getLong("tookMillis", 0L)))
                .onComplete(done -> worker.strain()
                        .waited((System.nanoTime() - start) / 1_000_000
                                - (done.succeeded() ? done.result().tookMillis() : 0)));
    }
}
