package dev.tom.bridge;

import dev.tom.bridge.session.CallDesk;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Waits until the live calls have ended, for as long as they may take, and says how many are left. */
final class Drain {

    private static final Logger log = LoggerFactory.getLogger(Drain.class);

    /** So often it is said how many calls are left. */
    private static final long PROGRESS_NANOS = Duration.ofSeconds(10).toNanos();

    private final CallDesk desk;
    private final Duration grace;
    private final CompletableFuture<?> hurry;

    /** @param hurry ends the wait when it is completed */
    Drain(CallDesk desk, Duration grace, CompletableFuture<?> hurry) {
        this.desk = desk;
        this.grace = grace;
        this.hurry = hurry;
    }

    /** @return whether all calls have ended */
    boolean await() {
        Future<Void> drained = desk.drain();
        log.info("The bridge drains: {} live calls may take up to {} s", calls(), grace.toSeconds());
        CompletableFuture<?> over =
                CompletableFuture.anyOf(drained.toCompletionStage().toCompletableFuture(), hurry);
        long until = System.nanoTime() + grace.toNanos();
        for (long left = grace.toNanos(); !drained.isComplete(); left = until - System.nanoTime()) {
            if (hurry.isDone()) {
                log.warn("The bridge is told not to wait: {} calls are cut", calls());
                return false;
            }
            if (left <= 0) {
                log.warn("{} calls took longer and are cut", calls());
                return false;
            }
            try {
                over.get(Math.min(left, PROGRESS_NANOS), TimeUnit.NANOSECONDS);
            } catch (TimeoutException e) {
                log.info(
                        "The bridge drains: {} live calls, {} s left",
                        calls(),
                        Math.max(0, TimeUnit.NANOSECONDS.toSeconds(until - System.nanoTime())));
            } catch (ExecutionException e) {
                throw new IllegalStateException("the drain failed", e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
        return true;
    }

    private int calls() {
        return desk.snapshot().activeCalls();
    }
}
