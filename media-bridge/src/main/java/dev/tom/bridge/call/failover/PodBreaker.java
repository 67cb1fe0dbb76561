package dev.tom.bridge.call.failover;

import dev.tom.bridge.call.failover.BreakerState.OnLocal;
import dev.tom.bridge.call.failover.BreakerState.OnProvider;
import dev.tom.bridge.call.failover.BreakerState.Probing;
import dev.tom.bridge.speech.FailureReason;
import java.util.List;

/**
 * The circuit breaker of a pod: whether new calls may go to the provider. It opens on a burst of errors, on one that every call would
 * meet, or on a p95 of the turn latency that stays too high, keeps new calls local for the cooldown, then lets one background session try. Live calls are not its concern;
 * each is rescued by itself. Pure; times are milliseconds of one monotonic clock.
 */
public final class PodBreaker {

    /** How long a probe may take. */
    public static final long PROBE_LIMIT_MILLIS = 10_000;

    private PodBreaker() {}

    /** What happens to the provider. */
    public sealed interface Event {
        /** A call had trouble with it. A stall is an error and a turn that was never answered. */
        record Trouble(FailureReason reason) implements Event {}

        /** It answered a turn after so many milliseconds. */
        record TurnAnswered(long latencyMillis) implements Event {}

        /**
         * Time passed, about once a second.
         *
         * @param permitted whether provider use is allowed, without which nothing can be probed
         */
        record TimePassed(boolean permitted) implements Event {}

        /** The background session became ready. */
        record ProbeSucceeded() implements Event {}

        record ProbeFailed(FailureReason reason) implements Event {}
    }

    /** What is to be done. */
    public sealed interface Effect {
        /** New calls go to the local pipeline from now on. */
        record LeaveProvider(String reason) implements Effect {}

        /** One background session is to be opened. */
        record StartProbe() implements Effect {}

        /** New calls go to the provider again. */
        record ReturnToProvider(String reason) implements Effect {}
    }

    /** New state and effects. */
    public record Step(BreakerState state, List<Effect> effects) {
        static Step to(BreakerState state, Effect... effects) {
            return new Step(state, List.of(effects));
        }
    }

    /** Takes one event. With a policy without fallback the breaker never opens, and closes if it was open. */
    public static Step step(BreakerState state, Event event, long now, FallbackSettings settings) {
        if (!settings.enabled()) {
            return state instanceof OnProvider
                    ? Step.to(OnProvider.FRESH)
                    : Step.to(OnProvider.FRESH, new Effect.ReturnToProvider("fallback_disabled"));
        }
        return switch (state) {
            case OnProvider on -> onProvider(on, event, now, settings);
            case OnLocal local -> onLocal(local, event, now);
            case Probing probing -> probing(probing, event, now, settings);
        };
    }

    private static Step onProvider(OnProvider state, Event event, long now, FallbackSettings settings) {
        return switch (event) {
            case Event.Trouble(FailureReason reason) -> troubled(state, reason, now, settings);
            case Event.TurnAnswered(long latency) ->
                judged(
                        new OnProvider(state.errorsAt(), state.turns().with(now, latency), state.slowSince()),
                        now,
                        settings);
            case Event.TimePassed _ -> judged(state, now, settings);
            case Event.ProbeSucceeded _, Event.ProbeFailed _ -> Step.to(state);
        };
    }

    private static Step troubled(OnProvider state, FailureReason reason, long now, FallbackSettings settings) {
        if (!reason.countsAgainstProvider()) {
            return Step.to(state);
        }
        if (reason.isFatal()) {
            return leave(reason.label(), now, settings);
        }
        List<Long> errors = state.errorsWith(now, now - settings.errorWindowSeconds() * 1_000, settings.errorBurst());
        if (errors.size() >= settings.errorBurst()) {
            return leave("error_burst", now, settings);
        }
        TurnWindow turns =
                reason == FailureReason.STALLED ? state.turns().with(now, TurnWindow.NO_ANSWER) : state.turns();
        return judged(new OnProvider(errors, turns, state.slowSince()), now, settings);
    }

    /** The p95 must stay above the trigger, with enough turns to say so, for the whole sustained time. */
    private static Step judged(OnProvider state, long now, FallbackSettings settings) {
        TurnWindow turns = state.turns().since(now);
        if (!turns.tells() || turns.p95() <= settings.triggerMillis()) {
            return Step.to(new OnProvider(state.errorsAt(), turns, OnProvider.NOT_SLOW));
        }
        long slowSince = state.slowSince() == OnProvider.NOT_SLOW ? now : state.slowSince();
        return now - slowSince >= settings.sustainedSeconds() * 1_000
                ? leave("latency_p95", now, settings)
                : Step.to(new OnProvider(state.errorsAt(), turns, slowSince));
    }

    private static Step onLocal(OnLocal state, Event event, long now) {
        return switch (event) {
            case Event.TimePassed(boolean permitted) ->
                permitted && now >= state.until() ? Step.to(new Probing(now), new Effect.StartProbe()) : Step.to(state);
            case Event.Trouble _, Event.TurnAnswered _, Event.ProbeSucceeded _, Event.ProbeFailed _ -> Step.to(state);
        };
    }

    private static Step probing(Probing state, Event event, long now, FallbackSettings settings) {
        return switch (event) {
            case Event.ProbeSucceeded _ -> Step.to(OnProvider.FRESH, new Effect.ReturnToProvider("recovered"));
            case Event.ProbeFailed _ -> Step.to(cooling("probe_failed", now, settings));
            case Event.TimePassed _ ->
                now - state.since() >= PROBE_LIMIT_MILLIS
                        ? Step.to(cooling("probe_failed", now, settings))
                        : Step.to(state);
            case Event.Trouble _, Event.TurnAnswered _ -> Step.to(state);
        };
    }

    private static Step leave(String reason, long now, FallbackSettings settings) {
        return Step.to(cooling(reason, now, settings), new Effect.LeaveProvider(reason));
    }

    private static OnLocal cooling(String reason, long now, FallbackSettings settings) {
        return new OnLocal(now + settings.cooldownSeconds() * 1_000, reason);
    }
}
