package dev.tom.bridge.caller;

import dev.tom.bridge.audio.AudioFormat;
import io.vertx.core.Vertx;

/**
 * A tick every 20 ms by absolute deadlines, so that a late one does not shift the others. Confined to the context that starts it.
 *
 * <p>Says how late it was: when the machine that calls is too slow, the latencies it measures are partly its own.
 */
final class Pacer {

    private static final long FRAME_NANOS = AudioFormat.FRAME_MILLIS * 1_000_000L;
    private static final long EARLY_NANOS = 500_000;
    /** So far behind, the process was suspended: the ticks are skipped, a burst of them would be no telephone. */
    private static final long LOST_NANOS = 1_000_000_000L;

    private final Vertx vertx;
    private final Runnable tick;
    private boolean running;
    private long next;
    private long timer;
    private long ticks;
    private long lateTicks;

    Pacer(Vertx vertx, Runnable tick) {
        this.vertx = vertx;
        this.tick = tick;
    }

    void start() {
        running = true;
        next = System.nanoTime() + FRAME_NANOS;
        schedule();
    }

    void stop() {
        running = false;
        vertx.cancelTimer(timer);
    }

    /** Ticks so far. */
    long ticks() {
        return ticks;
    }

    /** Of them those that came more than a whole frame late. */
    long lateTicks() {
        return lateTicks;
    }

    private void schedule() {
        long millis = Math.max(1, (next - System.nanoTime() + EARLY_NANOS) / 1_000_000);
        timer = vertx.setTimer(millis, _ -> due());
    }

    private void due() {
        long now = System.nanoTime();
        if (now - next > LOST_NANOS) {
            lateTicks++;
            next = now;
        }
        while (running && System.nanoTime() >= next - EARLY_NANOS) {
            ticks++;
            if (System.nanoTime() - next > FRAME_NANOS) {
                lateTicks++;
            }
            next += FRAME_NANOS;
            tick.run();
        }
        if (running) {
            schedule();
        }
    }
}
