package dev.tom.operator.window;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * What the spec says about time. Both ends are whole seconds, so that what is stored and what is computed can never differ by a fraction.
 *
 * @param opensAt first instant at which the provider may be used
 * @param endsAt first instant at which it must not
 * @param provider whether the window uses the provider at all; false: it is answered locally
 * @param stop the user ended it early
 * @param scaleToZero bridges go once it is proven closed
 */
public record WindowPlan(Instant opensAt, Instant endsAt, boolean provider, boolean stop, boolean scaleToZero) {

    /** A plan of {@code duration} from {@code start}, fractions of a second cut off. */
    public static WindowPlan of(Instant start, Duration duration, boolean provider, boolean stop, boolean scaleToZero) {
        Instant opensAt = start.truncatedTo(ChronoUnit.SECONDS);
        return new WindowPlan(opensAt, opensAt.plusSeconds(duration.toSeconds()), provider, stop, scaleToZero);
    }
}
