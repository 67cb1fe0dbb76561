package dev.tom.operator.window;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/**
 * What the spec says about time. Both ends are whole seconds, so that what is stored and what is computed can never differ by a fraction.
 *
 * @param opensAt first instant at which the provider may be used
 * @param endsAt first instant at which it must not
 * @param provider whether the window uses the provider at all; false: it is answered locally
 * @param stop the user ended it early
 * @param scaleToZero bridges go once it is proven closed
 * @param broken guard rails of the installation that the spec breaks; {@code endsAt} is within them all the same
 */
public record WindowPlan(
        Instant opensAt, Instant endsAt, boolean provider, boolean stop, boolean scaleToZero, List<Finding> broken) {

    public WindowPlan {
        broken = List.copyOf(broken);
    }

    /** A plan of {@code duration} from {@code start}, fractions of a second cut off. */
    public static WindowPlan of(Instant start, Duration duration, boolean provider, boolean stop, boolean scaleToZero) {
        Instant opensAt = start.truncatedTo(ChronoUnit.SECONDS);
        return new WindowPlan(
                opensAt, opensAt.plusSeconds(duration.toSeconds()), provider, stop, scaleToZero, List.of());
    }

    /**
     * The same plan, held within guard rails.
     *
     * @param host of the provider's URL; empty: the window uses no provider
     */
    public WindowPlan within(GuardRails rails, Optional<String> host) {
        return new WindowPlan(
                opensAt,
                rails.end(opensAt, endsAt),
                provider,
                stop,
                scaleToZero,
                rails.broken(Duration.between(opensAt, endsAt), host));
    }

    /** Whether it must not be open at all; a window that is merely too long may be, for as long as is allowed. */
    boolean barred() {
        return broken.stream().anyMatch(finding -> finding.reason() == Reason.PROVIDER_HOST_NOT_ALLOWED);
    }
}
