package dev.tom.operator.story;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;

/** The wall clock of operator and bridges, which a test can set forward. Thread-safe. */
final class MovableClock implements InstantSource {

    private final AtomicReference<Duration> ahead = new AtomicReference<>(Duration.ZERO);

    @Override
    public Instant instant() {
        return Instant.now().plus(ahead.get());
    }

    void forward(Duration by) {
        ahead.accumulateAndGet(by, Duration::plus);
    }
}
