package dev.tom.testkit;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Waits for something outside this process. */
public final class Await {

    private static final long LOOK_EVERY_MILLIS = 20;

    private Await() {}

    /**
     * Returns as soon as the condition holds.
     *
     * @param what for the message, as in "no … within 5 s"
     * @throws RunFailure when it does not within the time
     */
    public static void until(String what, Duration within, BooleanSupplier condition) {
        if (!holdsWithin(within, condition)) {
            throw new RunFailure("no " + what + " within " + within.toSeconds() + " s");
        }
    }

    /** Whether the condition holds at some moment within the time. */
    public static boolean holdsWithin(Duration within, BooleanSupplier condition) {
        return holdsWithin(within, LOOK_EVERY_MILLIS, condition);
    }

    /** The same, for a condition that costs something to ask: asked every so many milliseconds. */
    public static boolean holdsWithin(Duration within, long everyMillis, BooleanSupplier condition) {
        long deadline = System.nanoTime() + within.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - deadline >= 0) {
                return false;
            }
            pause(everyMillis);
        }
        return true;
    }

    public static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RunFailure("interrupted");
        }
    }
}
