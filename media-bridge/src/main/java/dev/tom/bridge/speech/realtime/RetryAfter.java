package dev.tom.bridge.speech.realtime;

import io.vertx.core.http.UpgradeRejectedException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What the provider asked for with {@code Retry-After}: until then no call knocks again, it goes elsewhere at once. Thread-safe; times are
 * nanoseconds of {@link System#nanoTime()}.
 */
final class RetryAfter {

    /** Bound: what a provider may ask for. Longer pauses are the circuit breaker's to decide. */
    static final Duration MOST = Duration.ofMinutes(2);

    private static final long NOT_ASKED = Long.MIN_VALUE;

    private final AtomicLong until = new AtomicLong(NOT_ASKED);

    /** A connection failed; a refusal may say when to come again. */
    void heard(Throwable failure, long nowNanos) {
        asked(failure).ifPresent(pause -> until.set(nowNanos + pause.toNanos()));
    }

    /** How long the provider still wants to be left alone; zero: not at all. */
    Duration left(long nowNanos) {
        long asked = until.get();
        return asked == NOT_ASKED || asked - nowNanos <= 0 ? Duration.ZERO : Duration.ofNanos(asked - nowNanos);
    }

    /** Only whole seconds are read; the form with a date is not used by these services. */
    static Optional<Duration> asked(Throwable failure) {
        if (!(failure instanceof UpgradeRejectedException refused) || refused.getHeaders() == null) {
            return Optional.empty();
        }
        String value = refused.getHeaders().get("Retry-After");
        if (value == null || !value.strip().matches("[0-9]{1,6}")) {
            return Optional.empty();
        }
        Duration asked = Duration.ofSeconds(Long.parseLong(value.strip()));
        return Optional.of(asked.compareTo(MOST) > 0 ? MOST : asked);
    }
}
