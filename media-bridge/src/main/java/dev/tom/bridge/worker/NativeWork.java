package dev.tom.bridge.worker;

import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Bounded platform threads for one native engine, with a bounded queue before them. Native work cannot be interrupted, so what is
 * abandoned is dropped before it starts or runs to its end unheard. Thread-safe.
 */
final class NativeWork {

    private static final int END_MILLIS = 2_500;

    private final ThreadPoolExecutor threads;

    /**
     * @param name prefix of the thread names
     * @param atOnce pieces of work that run at the same time
     * @param waiting pieces of work that may wait; more are refused
     */
    NativeWork(String name, int atOnce, int waiting) {
        threads = new ThreadPoolExecutor(
                atOnce,
                atOnce,
                0,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(waiting),
                Thread.ofPlatform().name(name + "-", 0).daemon().factory());
        threads.prestartAllCoreThreads();
    }

    /**
     * Queues a piece of work.
     *
     * @param wanted asked right before it starts; when false the work is dropped and the result fails with {@link Dropped}
     * @return the result, completed on a worker thread; empty when the queue is full
     */
    <T> Optional<CompletableFuture<T>> offer(BooleanSupplier wanted, Callable<T> work) {
        CompletableFuture<T> result = new CompletableFuture<>();
        try {
            threads.execute(() -> {
                if (!wanted.getAsBoolean()) {
                    result.completeExceptionally(new Dropped());
                    return;
                }
                try {
                    result.complete(work.call());
                } catch (Exception | LinkageError e) {
                    result.completeExceptionally(e);
                }
            });
        } catch (RejectedExecutionException e) {
            return Optional.empty();
        }
        return Optional.of(result);
    }

    int waiting() {
        return threads.getQueue().size();
    }

    int running() {
        return threads.getActiveCount();
    }

    /**
     * Refuses new work and waits shortly for what runs.
     *
     * @return whether all of it ended; if not, what it works with must not be freed
     */
    boolean end() {
        threads.shutdown();
        try {
            return threads.awaitTermination(END_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Nobody waits for this work any more. */
    static final class Dropped extends RuntimeException {
        Dropped() {
            super("dropped, nobody waits for it", null, false, false);
        }
    }
}
