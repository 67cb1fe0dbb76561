package dev.tom.testkit;

import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Words on their way out, frame by frame. Confined to the caller's context. */
final class Saying {

    private final short[] samples;
    private final int firstVoiced;
    private final int lastVoiced;
    private final CompletableFuture<Spoken> done = new CompletableFuture<>();
    private int sent;
    private Optional<Instant> onsetAt = Optional.empty();
    private Optional<Instant> endAt = Optional.empty();

    Saying(short[] samples, int rate) {
        this.samples = samples;
        this.firstVoiced = Loudness.firstVoiced(samples, rate);
        this.lastVoiced = Loudness.lastVoiced(samples, rate);
    }

    CompletableFuture<Spoken> done() {
        return done;
    }

    /** Fills the frame that leaves now; true when these were the last words. */
    boolean next(short[] frame, Instant now) {
        int length = Math.min(frame.length, samples.length - sent);
        System.arraycopy(samples, sent, frame, 0, length);
        sent += length;
        if (onsetAt.isEmpty() && sent > firstVoiced) {
            onsetAt = Optional.of(now);
        }
        if (endAt.isEmpty() && sent >= lastVoiced) {
            endAt = Optional.of(now);
        }
        if (sent < samples.length) {
            return false;
        }
        done.complete(new Spoken(onsetAt.orElse(now), endAt.orElse(now), now));
        return true;
    }
}
