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
 *
 * <p>A background session shows that the provider answers, not that it is fast. So a provider that goes bad again before it has held as
 * long as it was left alone is left alone twice as long, at most {@value #MAX_DOUBLINGS} times doubled.
 */
public final class PodBreaker {

    /** How long a probe may take. */
    public static final long PROBE_LIMIT_MILLIS = 10_000;

    /** Bound of the cooldown: eight times what is configured. */
    public static final int MAX_DOUBLINGS = 3;

    private PodBreaker() {}

    /** What happens to the provider. */
    public sealed interface Event {
        /** A call had trouble with it. A stall is an error and a turn that was never answered. */
        record Trouble(FailureReason reason) implements Event {}

        /** It answered a turn after so many milliseconds. */
        record TurnAnswered(long latencyMillis) implements Event {}

        /**
         * The caller spoke again or hung up while an answer was due. How long it would have taken is not known, only that it took
         * longer than this: a wait above the trigger was too slow, a shorter one says nothing.
         */
        record TurnAbandoned(long waitedMillis) implements Event {}

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
                judged(state.with(state.turns().with(now, latency > settings.triggerMillis())), now, settings);
            case Event.TurnAbandoned(long waited) ->
                waited > settings.triggerMillis()
                        ? judged(state.with(state.turns().with(now, true)), now, settings)
                        : Step.to(state);
            case Event.TimePassed _ -> judged(state, now, settings);
            case Event.ProbeSucceeded _, Event.ProbeFailed _ -> Step.to(state);
        };
    }

    private static Step troubled(OnProvider state, FailureReason reason, long now, FallbackSettings settings) {
        if (!reason.countsAgainstProvider()) {
            return Step.to(state);
        }
        if (reason.isFatal()) {
            return leave(state, reason.label(), now, now, settings);
        }
        List<Long> errors = state.errorsWith(now, now - settings.errorWindowSeconds() * 1_000, settings.errorBurst());
        if (errors.size() >= settings.errorBurst()) {
            return leave(state, "error_burst", now, now, settings);
        }
        TurnWindow turns = reason == FailureReason.STALLED ? state.turns().with(now, true) : state.turns();
        return judged(state.with(errors).with(turns), now, settings);
    }

    /** The p95 must stay above the trigger, with enough turns to say so, for the whole sustained time. */
    private static Step judged(OnProvider state, long now, FallbackSettings settings) {
        TurnWindow turns = state.turns().since(now);
        if (!turns.tooSlow()) {
            return Step.to(state.with(turns).withSlowSince(OnProvider.NOT_SLOW));
        }
        long slowSince = state.slowSince() == OnProvider.NOT_SLOW ? now : state.slowSince();
        return now - slowSince >= settings.sustainedSeconds() * 1_000
                ? leave(state, "latency_p95", slowSince, now, settings)
                : Step.to(state.with(turns).withSlowSince(slowSince));
    }

    private static Step onLocal(OnLocal state, Event event, long now) {
        return switch (event) {
            case Event.TimePassed(boolean permitted) ->
                permitted && now >= state.until()
                        ? Step.to(new Probing(now, state.relapses()), new Effect.StartProbe())
                        : Step.to(state);
            case Event.Trouble _,
                    Event.TurnAnswered _,
                    Event.TurnAbandoned _,
                    Event.ProbeSucceeded _,
                    Event.ProbeFailed _ -> Step.to(state);
        };
    }

    private static Step probing(Probing state, Event event, long now, FallbackSettings settings) {
        return switch (event) {
            case Event.ProbeSucceeded _ ->
                Step.to(OnProvider.returned(state.relapses(), now), new Effect.ReturnToProvider("recovered"));
            case Event.ProbeFailed _ -> Step.to(cooling("probe_failed", state.relapses(), now, settings));
            case Event.TimePassed _ ->
                now - state.since() >= PROBE_LIMIT_MILLIS
                        ? Step.to(cooling("probe_failed", state.relapses(), now, settings))
                        : Step.to(state);
            case Event.Trouble _, Event.TurnAnswered _, Event.TurnAbandoned _ -> Step.to(state);
        };
    }

    private static Step leave(OnProvider state, String reason, long badSince, long now, FallbackSettings settings) {
        boolean again = state.returnedAt() != OnProvider.NEVER_LEFT
                && badSince - state.returnedAt() < cooldownMillis(state.relapses(), settings);
        int relapses = again ? Math.min(state.relapses() + 1, MAX_DOUBLINGS) : 0;
        return Step.to(cooling(reason, relapses, now, settings), new Effect.LeaveProvider(reason));
    }

    private static OnLocal cooling(String reason, int relapses, long now, FallbackSettings settings) {
        return new OnLocal(now + cooldownMillis(relapses, settings), reason, relapses);
    }

    private static long cooldownMillis(int relapses, FallbackSettings settings) {
        return settings.cooldownSeconds() * 1_000 << relapses;
    }
}
