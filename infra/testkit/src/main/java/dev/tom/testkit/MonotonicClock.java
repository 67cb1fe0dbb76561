package dev.tom.testkit;

import java.time.Instant;

/** Wall-clock instants that never step: taken once at start and moved on by the monotonic clock. */
final class MonotonicClock {

    @SuppressWarnings("TimeInStaticInitializer") // the origin of all instants
    private static final Instant START = Instant.now();
    private static final long START_NANOS = System.nanoTime();

    private MonotonicClock() {}

    static Instant now() {
        return START.plusNanos(System.nanoTime() - START_NANOS);
    }
}
