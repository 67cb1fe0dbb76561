package dev.tom.bridge.speech.local;

import dev.tom.bridge.audio.AudioFormat;
import dev.tom.bridge.speech.FailureReason;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;

/** Speaks: the synthesizer of the speech worker. Shared by all calls. */
final class Synthesizer {

    private static final int IDLE_MILLIS = 15_000;

    private final HttpCalls worker;
    private final String voice;

    /** Receives audio as it is made. */
    @FunctionalInterface
    interface AudioSink {
        /** @param pcm borrowed; valid samples from index 0 to {@code length} */
        void accept(short[] pcm, int length);
    }

    Synthesizer(HttpCalls worker, String voice) {
        this.worker = worker;
        this.voice = voice;
    }

    /**
     * Speaks one clause. After a restart of the worker it is spoken again, without the part that was already given away.
     *
     * @return busy time of the engine in milliseconds; fails with {@link LocalFault}
     */
    Future<Long> speak(String clause, AudioFormat format, AudioSink sink, Cancellation cancellation) {
        Buffer body = new JsonObject()
                .put("text", clause)
                .put("voice", voice)
                .put("rate", format.sampleRate())
                .toBuffer();
        Delivery delivery = new Delivery(sink, worker.strain());
        return worker.patiently(cancellation, () -> {
            delivery.restart();
            return worker.send(HttpMethod.POST, "/v1/synthesize", "application/json", body, IDLE_MILLIS, cancellation)
                    .compose(response -> receive(response, delivery, cancellation))
                    .onComplete(done -> delivery.waitIsOver());
        });
    }

    private Future<Long> receive(HttpClientResponse response, Delivery delivery, Cancellation cancellation) {
        Promise<Long> done = Promise.promise();
        response.handler(bytes -> {
            if (!cancellation.isCancelled()) {
                delivery.take(bytes);
            }
        });
        response.exceptionHandler(cause -> done.tryFail(worker.unreachable(cause)));
        response.endHandler(end -> {
            if (cancellation.isCancelled()) {
                done.tryFail(LocalFault.lasting(FailureReason.BACKEND_ERROR, "cancelled"));
            } else {
                done.tryComplete(tookMillis(response));
            }
        });
        response.resume();
        return done.future();
    }

    private static long tookMillis(HttpClientResponse response) {
        String millis = response.getTrailer("X-Took-Millis");
        return millis == null ? 0 : Long.parseLong(millis);
    }

    /** Makes samples of bytes, however they were cut, and leaves out what an attempt before already gave away. */
    private static final class Delivery {

        private final AudioSink sink;
        private short[] samples = new short[0];
        private Buffer odd = Buffer.buffer();
        private final StrainGauge strain;
        private int given;
        private int toSkip;
        private long since;
        private boolean waiting;

        Delivery(AudioSink sink, StrainGauge strain) {
            this.sink = sink;
            this.strain = strain;
        }

        void restart() {
            since = System.nanoTime();
            waiting = true;
            toSkip = given;
            odd = Buffer.buffer();
        }

        /** The first audio came, or none will: the time was spent behind other texts. */
        void waitIsOver() {
            if (waiting) {
                waiting = false;
                strain.waited((System.nanoTime() - since) / 1_000_000);
            }
        }

        void take(Buffer bytes) {
            waitIsOver();
            Buffer all = odd.length() == 0 ? bytes : odd.appendBuffer(bytes);
            int count = all.length() / 2;
            odd = Buffer.buffer().appendBuffer(all, 2 * count, all.length() - 2 * count);
            int skipped = Math.min(toSkip, count);
            toSkip -= skipped;
            int left = count - skipped;
            if (samples.length < left) {
                samples = new short[left];
            }
            for (int i = 0; i < left; i++) {
                samples[i] = all.getShortLE(2 * (skipped + i));
            }
            given += left;
            if (left > 0) {
                sink.accept(samples, left);
            }
        }
    }
}
