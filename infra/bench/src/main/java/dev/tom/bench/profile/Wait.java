package dev.tom.bench.profile;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Time that passes in a run. */
final class Wait {

    private static final long LOOK_MILLIS = 100;

    private Wait() {}

    static void seconds(double seconds) {
        try {
            Thread.sleep(Math.round(seconds * 1_000));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BenchFailure("interrupted");
        }
    }

    /** Waits for something; fails with a sentence when it does not come. */
    static void until(String what, Duration atMost, BooleanSupplier holds) {
        if (!within(atMost, holds)) {
            throw new BenchFailure("waited " + atMost.toSeconds() + " s in vain for " + what);
        }
    }

    /** Whether it came in time. */
    static boolean within(Duration atMost, BooleanSupplier holds) {
        long until = System.nanoTime() + atMost.toNanos();
        while (!holds.getAsBoolean()) {
            if (System.nanoTime() > until) {
                return false;
            }
            seconds(LOOK_MILLIS / 1e3);
        }
        return true;
    }
}
