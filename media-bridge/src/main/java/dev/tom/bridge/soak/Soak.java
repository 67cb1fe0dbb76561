package dev.tom.bridge.soak;

import dev.tom.bridge.caller.Conversation;
import dev.tom.bridge.caller.Line;
import dev.tom.bridge.caller.Turn;
import dev.tom.bridge.speech.TokenUsage;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.internal.VertxInternal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Many callers at once. A session whose line breaks calls again, so that the load stays; one that is refused again and again gives up.
 * To be used from one thread, except {@link #stop()}.
 */
public final class Soak {

    /** A switch that calls again at once would be a flood. */
    private static final int REDIAL_MILLIS = 1_000;

    /** So many refusals in a row are an answer. */
    static final int MAX_REFUSALS = 5;

    private static final int LOOK_MILLIS = 1_000;

    /** Opens the line of a session. */
    @FunctionalInterface
    public interface Lines {
        /**
         * Called on the session's context.
         *
         * @param session from 0
         * @param attempt from 0, counts the calls of this session
         */
        Line open(int session, int attempt, Line.Listener listener);
    }

    private final Vertx vertx;
    private final SoakPlan plan;
    private final Lines lines;
    private final SoakBook book = new SoakBook();
    private final List<Session> sessions = new ArrayList<>();
    private final CountDownLatch told = new CountDownLatch(1);
    private final CountDownLatch working;
    private final Instant startedAt = Instant.now();
    private final long startNanos = System.nanoTime();
    private volatile boolean ending;

    public Soak(Vertx vertx, SoakPlan plan, Lines lines) {
        this.vertx = vertx;
        this.plan = plan;
        this.lines = lines;
        this.working = new CountDownLatch(plan.sessions());
    }

    /** What was measured so far. */
    public SoakBook book() {
        return book;
    }

    public Duration elapsed() {
        return Duration.ofMillis(millis());
    }

    /** Ends it early; from any thread. */
    public void stop() {
        told.countDown();
    }

    /**
     * Runs until the duration is over, {@link #stop()} is called or every session has given up.
     *
     * @param eachSecond called once a second
     */
    public SoakResult run(Runnable eachSecond) throws InterruptedException {
        for (int index = 0; index < plan.sessions(); index++) {
            sessions.add(new Session(index));
        }
        sessions.forEach(Session::start);
        boolean early = false;
        long end = plan.duration().toMillis();
        for (long next = LOOK_MILLIS; !early && millis() < end && working.getCount() > 0; next += LOOK_MILLIS) {
            early = told.await(Math.max(0, Math.min(next, end) - millis()), TimeUnit.MILLISECONDS);
            book.look(millis());
            eachSecond.run();
        }
        ending = true;
        List<CompletableFuture<Void>> ends = sessions.stream().map(Session::end).toList();
        CompletableFuture.allOf(ends.toArray(CompletableFuture[]::new))
                .orTimeout(5, TimeUnit.SECONDS)
                .exceptionally(_ -> null)
                .join();
        return book.result(plan, startedAt, millis(), early);
    }

    private long millis() {
        return (System.nanoTime() - startNanos) / 1_000_000;
    }

    /** One caller; confined to its context. */
    private final class Session implements Conversation.Observer {
        private final int index;
        private final Context context = ((VertxInternal) vertx).createEventLoopContext();
        private Optional<Conversation> conversation = Optional.empty();
        private boolean ready;
        private int attempts;
        private int refusals;

        Session(int index) {
            this.index = index;
        }

        void start() {
            context.runOnContext(_ -> vertx.setTimer(Math.max(1, plan.startMillis(index)), _ -> call()));
        }

        private void call() {
            if (!ending) {
                int attempt = attempts++;
                conversation = Optional.of(new Conversation(
                        vertx, plan.conversation(), listener -> lines.open(index, attempt, listener), this));
            }
        }

        CompletableFuture<Void> end() {
            CompletableFuture<Void> ended = new CompletableFuture<>();
            context.runOnContext(_ -> {
                conversation.ifPresent(Conversation::stop);
                leave(false);
                ended.complete(null);
            });
            return ended;
        }

        private void leave(boolean dropped) {
            if (ready) {
                ready = false;
                conversation.ifPresent(one -> book.gone(dropped, one.frames(), one.lateFrames()));
            }
        }

        @Override
        public void connected(long millis) {
            book.connected(millis);
        }

        @Override
        public void ready(long millis) {
            ready = true;
            refusals = 0;
            book.ready(millis);
        }

        @Override
        public void turn(Turn turn) {
            book.turn(millis(), index, turn);
        }

        @Override
        public void used(TokenUsage usage) {
            book.used(usage);
        }

        @Override
        public void over(Optional<Line.Ending> ended) {
            if (ready) {
                leave(true);
            } else {
                refusals++;
                ended.ifPresent(reason -> book.notOpened(millis(), reason));
            }
            if (refusals == MAX_REFUSALS) {
                book.gaveUp();
                working.countDown();
            } else {
                vertx.setTimer(REDIAL_MILLIS, _ -> call());
            }
        }
    }
}
