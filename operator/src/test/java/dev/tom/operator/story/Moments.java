package dev.tom.operator.story;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Points in time for windows that live by the real clock. */
final class Moments {

    private Moments() {}

    /** A whole second so far ahead. */
    static Instant in(Duration ahead) {
        return Instant.now().plus(ahead).truncatedTo(ChronoUnit.SECONDS);
    }

    /** A schedule that is open at once and ends then: the start lies in the past. */
    static String until(Instant end) {
        return "{start: \"%s\", durationSeconds: 3600}".formatted(end.minusSeconds(3600));
    }

    /** Waits for a moment that may have passed long ago. */
    static void reach(Instant moment) {
        Duration wait = Duration.between(Instant.now(), moment);
        if (!wait.isPositive()) {
            return;
        }
        await("the time " + moment)
                .atMost(wait.plusSeconds(30))
                .pollInterval(Duration.ofMillis(5))
                .until(() -> !Instant.now().isBefore(moment));
    }
}
