package dev.tom.bridge.preflight;

import dev.tom.bridge.call.egress.EgressAsks;
import dev.tom.bridge.call.egress.EgressPermit;
import dev.tom.bridge.preflight.WayTry.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * Decides when the way to the provider is tried, and keeps what came of it. {@link #look()} is called often, by one thread; {@link #asked} and
 * the rest by any.
 *
 * <p>Both tries happen only while the bridge's own lease is closed: an open lease has real sessions, and they tell more.
 */
final class ProviderWay {

    /** Between two tries of the provider before the window opens. */
    static final Duration TRY_EVERY = Duration.ofSeconds(10);
    /** Name, TCP, tunnel and TLS together. */
    static final Duration TRY_LIMIT = Duration.ofSeconds(5);
    /** The same for the try after the end, which has no TLS. */
    static final Duration CANARY_LIMIT = Duration.ofSeconds(3);
    /** Between two tries after the end, while they do not fail as they must. */
    static final Duration CANARY_EVERY = Duration.ofSeconds(5);

    private final Route ofCalls;
    private final Try way;
    private final EgressPermit permit;
    private final BooleanSupplier reachedByCalls;
    private final InstantSource wall;
    private final LongSupplier nanos;

    private volatile Asked asked;
    private volatile Optional<Tried> tried = Optional.empty();
    private volatile Optional<CanaryResult> canary = Optional.empty();

    // Confined to the looking thread.
    private long nextTryNanos;
    private long nextCanaryNanos;

    /** The deadline in both clocks, so that a wall clock that is set back does not prolong the asking. */
    private record Asked(EgressAsks asks, long tryEndsNanos) {}

    private record Tried(Outcome outcome, Instant at) {}

    /** Makes one try, as {@link WayTry#once} does. */
    @FunctionalInterface
    interface Try {
        Outcome once(Route route, Duration limit);
    }

    /**
     * @param ofCalls tried before the window opens; the try after the end goes past its proxy
     * @param reachedByCalls whether a session of this process has reached the provider
     * @param nanos a monotonic clock like {@link System#nanoTime()}
     */
    ProviderWay(
            Route ofCalls,
            Try way,
            EgressPermit permit,
            BooleanSupplier reachedByCalls,
            InstantSource wall,
            LongSupplier nanos) {
        this.ofCalls = ofCalls;
        this.way = way;
        this.permit = permit;
        this.reachedByCalls = reachedByCalls;
        this.wall = wall;
        this.nanos = nanos;
        nextTryNanos = nanos.getAsLong();
        nextCanaryNanos = nextTryNanos;
        asked = new Asked(EgressAsks.NONE, nextTryNanos);
    }

    /** The operator asks this from now on. */
    void asked(EgressAsks asks) {
        if (asks.equals(asked.asks())) {
            return;
        }
        long left = asks.tryUntil()
                .map(until -> Duration.between(wall.instant(), until))
                .filter(Duration::isPositive)
                .map(span -> span.compareTo(Duration.ofDays(30)) > 0 ? Duration.ofDays(30) : span)
                .orElse(Duration.ZERO)
                .toNanos();
        asked = new Asked(asks, nanos.getAsLong() + left);
    }

    /** Tries what is asked and due; blocks as long as a try does. */
    void look() {
        Asked now = asked;
        if (permit.open()) {
            return;
        }
        now.asks().tryUntil().ifPresent(until -> tryProvider(until, now.tryEndsNanos()));
        now.asks().canary().ifPresent(this::tryCanary);
    }

    private void tryProvider(Instant until, long endsNanos) {
        long now = nanos.getAsLong();
        boolean room = wall.instant().plus(TRY_LIMIT).isBefore(until) && now + TRY_LIMIT.toNanos() - endsNanos < 0;
        if (room && now - nextTryNanos >= 0) {
            Outcome outcome = way.once(ofCalls, TRY_LIMIT);
            tried = Optional.of(new Tried(outcome, wall.instant()));
            nextTryNanos = now + TRY_EVERY.toNanos();
        }
    }

    private void tryCanary(Instant end) {
        boolean same = canary.filter(last -> last.asked().equals(end)).isPresent();
        boolean failedAsItMust = same
                && canary.filter(last -> last.outcome() == CanaryResult.Outcome.REFUSED
                                || last.outcome() == CanaryResult.Outcome.TIMEOUT)
                        .isPresent();
        long now = nanos.getAsLong();
        if (failedAsItMust || (same && now - nextCanaryNanos < 0)) {
            return;
        }
        Outcome outcome = way.once(ofCalls.direct(), CANARY_LIMIT);
        canary = Optional.of(new CanaryResult(end, outcome(outcome), wall.instant()));
        nextCanaryNanos = nanos.getAsLong() + CANARY_EVERY.toNanos();
    }

    private static CanaryResult.Outcome outcome(Outcome outcome) {
        return switch (outcome) {
            // Whatever was answered after TCP: the network let it through.
            case Outcome.Connected _, Outcome.TlsRefused _, Outcome.ProxyRefused _, Outcome.NoTunnel _ ->
                CanaryResult.Outcome.CONNECTED;
            case Outcome.NotTried _ -> CanaryResult.Outcome.NOT_TRIED;
            case Outcome.Unresolved _ -> CanaryResult.Outcome.UNRESOLVED;
            case Outcome.Refused _ -> CanaryResult.Outcome.REFUSED;
            case Outcome.TimedOut _ -> CanaryResult.Outcome.TIMEOUT;
        };
    }

    /** Whether the provider could be reached, by the last try or by a call. */
    Finding finding() {
        if (reachedByCalls.getAsBoolean()) {
            return Finding.good("reached");
        }
        return tried.map(last -> WayFinding.of(last.outcome(), ofCalls))
                .orElse(Finding.open("not_tried", "The provider has not been tried."));
    }

    Optional<Instant> triedAt() {
        return tried.map(Tried::at);
    }

    Optional<CanaryResult> canary() {
        return canary;
    }
}
