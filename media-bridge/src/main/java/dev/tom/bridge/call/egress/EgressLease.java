package dev.tom.bridge.call.egress;

import java.time.Duration;
import java.time.Instant;

/**
 * The lease of provider use: an immutable state that is asked with two clocks, the wall clock (what EGRESS_UNTIL is written in) and
 * elapsed time (a monotonic clock with any origin, which nobody can set).
 *
 * <p>The earlier of the two deadlines wins: the one on the wall clock, and the one that elapsed time reached when the terms were
 * taken. When the clocks move apart by more than {@link #CLOCK_TOLERANCE} between two looks, the lease stays closed until different
 * terms arrive: the same terms mean the same moment on a clock that is no longer trusted.
 */
public final class EgressLease {

    /** The permit closes so long before the deadline, so that even the farewell to the provider leaves in time. */
    public static final Duration CLOSES_BEFORE_DEADLINE = Duration.ofMillis(100);

    /** No new session in so short a time before the deadline: it would hardly say hello. */
    public static final Duration LAST_SESSION_BEFORE_DEADLINE = Duration.ofSeconds(5);

    /** Between two looks the clocks may differ by so much; adjusting a clock slowly stays far below. */
    public static final Duration CLOCK_TOLERANCE = Duration.ofMillis(500);

    private final EgressTerms terms;
    /** The last terms that could be read: only others than these lift a doubt about the clock. */
    private final EgressTerms lastStated;

    private final boolean jumped;
    private final Instant wall;
    private final Duration elapsed;
    /** Wall clock minus elapsed time when the terms were taken: turns the deadline into elapsed time. */
    private final Instant originWhenTaken;

    private EgressLease(
            EgressTerms terms,
            EgressTerms lastStated,
            boolean jumped,
            Instant wall,
            Duration elapsed,
            Instant originWhenTaken) {
        this.terms = terms;
        this.lastStated = lastStated;
        this.jumped = jumped;
        this.wall = wall;
        this.elapsed = elapsed;
        this.originWhenTaken = originWhenTaken;
    }

    /** A lease nobody has granted yet: closed. */
    public static EgressLease none(Instant wall, Duration elapsed) {
        return new EgressLease(
                EgressTerms.NOT_ALLOWED, EgressTerms.NOT_ALLOWED, false, wall, elapsed, wall.minus(elapsed));
    }

    /** The configuration was read (again). The same terms change nothing, except that readable ones end {@code unreadable}. */
    public EgressLease configured(EgressTerms next, Instant wall, Duration elapsed) {
        EgressLease now = look(wall, elapsed);
        return switch (next) {
            case EgressTerms.Unreadable unreadable ->
                new EgressLease(unreadable, lastStated, now.jumped, wall, elapsed, originWhenTaken);
            case EgressTerms.Stated stated
            when stated.equals(lastStated) ->
                new EgressLease(stated, lastStated, now.jumped, wall, elapsed, originWhenTaken);
            case EgressTerms.Stated stated ->
                new EgressLease(stated, stated, false, wall, elapsed, wall.minus(elapsed));
        };
    }

    /** Looks at the clocks. To be called often: the jump of a clock shows between two looks. */
    public EgressLease look(Instant wall, Duration elapsed) {
        Duration apart = Duration.between(this.wall, wall).minus(elapsed.minus(this.elapsed));
        boolean doubt = jumped || apart.abs().compareTo(CLOCK_TOLERANCE) > 0;
        return new EgressLease(terms, lastStated, doubt, wall, elapsed, originWhenTaken);
    }

    /** The answer as of the last look. */
    public EgressVerdict verdict() {
        return switch (terms) {
            case EgressTerms.Unreadable _ -> EgressVerdict.closed(EgressReason.UNREADABLE);
            case EgressTerms.Stated(var allowed, var _) when !allowed -> EgressVerdict.closed(EgressReason.NOT_ALLOWED);
            case EgressTerms.Stated(var _, var until)
            when until.isEmpty() -> EgressVerdict.closed(EgressReason.NO_DEADLINE);
            case EgressTerms.Stated(var _, var until) -> untilDeadline(until.orElseThrow());
        };
    }

    private EgressVerdict untilDeadline(Instant deadline) {
        Duration left = shorter(
                Duration.between(wall, deadline),
                Duration.between(originWhenTaken, deadline).minus(elapsed));
        Duration closesIn = left.minus(CLOSES_BEFORE_DEADLINE);
        if (!closesIn.isPositive()) {
            return EgressVerdict.closed(EgressReason.PAST_DEADLINE);
        }
        if (jumped) {
            return EgressVerdict.closed(EgressReason.CLOCK_JUMPED);
        }
        boolean newSessions = left.compareTo(LAST_SESSION_BEFORE_DEADLINE) > 0;
        return new EgressVerdict(EgressReason.OPEN, newSessions, closesIn);
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) <= 0 ? one : other;
    }
}
