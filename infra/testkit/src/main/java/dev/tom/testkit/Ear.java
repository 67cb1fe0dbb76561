package dev.tom.testkit;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;

/** Waits for what a caller hears. Thread-safe. */
final class Ear {

    private record Waiting(CompletableFuture<Instant> done, Predicate<CallRecord.Frame> reached) {}

    private final CallRecord record;
    private final List<Waiting> waiting = new CopyOnWriteArrayList<>();
    private volatile boolean over;

    Ear(CallRecord record) {
        this.record = record;
    }

    /** Completes with the time of the first audible frame heard at or after this instant, past or future. */
    CompletableFuture<Instant> heardAfter(Instant instant) {
        Optional<Instant> past = record.firstHeardAfter(instant);
        if (past.isPresent()) {
            return CompletableFuture.completedFuture(past.get());
        }
        return when(frame -> frame.audible() && !frame.at().isBefore(instant));
    }

    /** Completes when nothing audible was heard for so long, counted from now. */
    CompletableFuture<Instant> silentFor(Duration duration) {
        Instant[] since = {MonotonicClock.now()};
        return when(frame -> {
            if (frame.audible()) {
                since[0] = frame.at();
            }
            return Duration.between(since[0], frame.at()).compareTo(duration) >= 0;
        });
    }

    private CompletableFuture<Instant> when(Predicate<CallRecord.Frame> reached) {
        CompletableFuture<Instant> done = new CompletableFuture<>();
        waiting.add(new Waiting(done, reached));
        if (over) {
            done.completeExceptionally(gone());
        }
        return done;
    }

    void heard(CallRecord.Frame frame) {
        waiting.removeIf(one -> {
            boolean reached = one.reached.test(frame);
            if (reached) {
                one.done.complete(frame.at());
            }
            return reached;
        });
    }

    void over() {
        over = true;
        waiting.forEach(one -> one.done.completeExceptionally(gone()));
    }

    private static IllegalStateException gone() {
        return new IllegalStateException("the call is over");
    }
}
