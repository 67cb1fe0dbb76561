package dev.tom.bridge.call;

import dev.tom.bridge.call.CallEffect.DropLink;
import dev.tom.bridge.call.CallEffect.PrepareLink;
import dev.tom.bridge.call.CallEffect.ReportTrouble;
import dev.tom.bridge.call.turn.Answer;
import dev.tom.bridge.call.turn.TurnState;
import dev.tom.bridge.call.turn.TurnState.Answering;
import dev.tom.bridge.call.turn.TurnState.Awaiting;
import dev.tom.bridge.call.turn.TurnState.Hearing;
import dev.tom.bridge.call.turn.TurnState.Held;
import dev.tom.bridge.call.turn.TurnState.Idle;
import dev.tom.bridge.speech.BackendKind;
import dev.tom.bridge.speech.FailureReason;

/**
 * How a call gets a fresh provider session before the provider ends the old one. From {@link Sessions#renewAt} on a pause is enough: the
 * new session is made ready beside the old one, and the call changes to it when it is, so that a refusal costs nothing. Near the end of
 * the old one also a caller who speaks is handed over, with all of the words, and at the very end the call changes in any case, in the
 * way of a rescue. A session that the provider ended all the same is replaced at once.
 */
final class Rotation {

    /** Before the end: no longer waits for a pause. Most answers are shorter. */
    private static final long FORCE_BEFORE_END_MILLIS = 60_000;

    /** Before the end: waits for nothing. Our clock, the provider's and the way between them may differ by seconds. */
    private static final long LAST_BEFORE_END_MILLIS = 15_000;

    /** After a refusal: so often may a pod full of calls ask a provider that has no room. */
    private static final long RETRY_MILLIS = 30_000;

    /** While no session may be opened; the window may be extended. */
    private static final long PERMIT_RETRY_MILLIS = 5_000;

    /** A session that is ended so soon after it began does not end because of its age. */
    private static final long FRESH_MILLIS = 60_000;

    private Rotation() {}

    /** The open link has said how long it lasts. */
    static Step lasts(CallState state, long renewMillis, long endMillis, long now) {
        long force = now + endMillis - Math.min(FORCE_BEFORE_END_MILLIS, endMillis / 4);
        long last = now + endMillis - Math.min(LAST_BEFORE_END_MILLIS, endMillis / 8);
        return Step.to(state.with(state.sessions().withLimits(Math.min(now + renewMillis, force), force, last)));
    }

    /** When the open session is to be replaced; {@link TurnState#NEVER}: it is not, or that is under way. */
    static long deadline(CallState state) {
        if (!(state.route() instanceof Route.Connected(int _, BackendKind backend))
                || backend != BackendKind.PROVIDER) {
            return TurnState.NEVER;
        }
        Sessions sessions = state.sessions();
        long due = state.turn() instanceof Idle
                ? sessions.renewAt()
                : canChange(state.turn()) ? sessions.forceAt() : sessions.lastAt();
        return due == TurnState.NEVER ? due : Math.max(due, sessions.notBefore());
    }

    /** {@link #deadline} has come. */
    static Step due(CallState state, long now, CallSettings settings) {
        if (!settings.providerOpens()) {
            return Step.to(state.with(state.sessions().withNotBefore(now + PERMIT_RETRY_MILLIS)));
        }
        if (!canChange(state.turn())) {
            return renewed(Moving.renew(state, RenewalReason.LIMIT, now, settings), now);
        }
        int next = state.sessions().next();
        var told = Moving.told(state, now);
        Route renewing = new Route.Renewing(state.route().openGeneration(), next, now, told);
        return Step.to(
                state.with(renewing).with(state.sessions().withOpened(next)),
                new PrepareLink(next, BackendKind.PROVIDER, told));
    }

    /** What the session says that is being made ready. */
    static Step prepared(CallState state, Route.Renewing route, CallEvent.OfLink event, long now) {
        return switch (event) {
            case CallEvent.LinkReady _ -> ready(state, route, now);
            case CallEvent.LinkFailed(int _, FailureReason reason) -> refused(state, route, reason, now);
            case CallEvent.LinkLasts _,
                    CallEvent.LinkTroubled _,
                    CallEvent.SpeechHeard _,
                    CallEvent.CallerSaid _,
                    CallEvent.AnswerStarted _,
                    CallEvent.AnswerArrived _,
                    CallEvent.AnswerText _,
                    CallEvent.AnswerDone _ -> Step.to(state);
        };
    }

    /** The provider ended the session because of its age, or says so. */
    static Step expired(CallState state, long now, CallSettings settings) {
        Sessions sessions = state.sessions();
        if (state.route() instanceof Route.Connecting || now < sessions.freshUntil()) {
            return Moving.move(state, FailureReason.EXPIRED_AGAIN, now, settings);
        }
        if (!settings.providerOpens() || now < sessions.notBefore()) {
            return Moving.move(state, FailureReason.SESSION_EXPIRED, now, settings);
        }
        return renewed(Moving.renew(state, RenewalReason.SESSION_EXPIRED, now, settings), now);
    }

    /** The session that was being made ready is given up; the old one goes on. */
    static Step refused(CallState state, Route.Renewing route, FailureReason reason, long now) {
        CallState kept = state.with(new Route.Connected(route.generation(), BackendKind.PROVIDER))
                .with(state.sessions().withNotBefore(now + RETRY_MILLIS));
        Step dropped = Step.to(kept, new DropLink(route.next()));
        return reason.countsAgainstProvider() ? dropped.then(new ReportTrouble(reason)) : dropped;
    }

    /** The call changes over, unless it has gone on in a way that the new session was not told. */
    private static Step ready(CallState state, Route.Renewing route, long now) {
        if (!canChange(state.turn()) || !Moving.told(state, now).equals(route.told())) {
            return Step.to(
                    state.with(new Route.Connected(route.generation(), BackendKind.PROVIDER)),
                    new DropLink(route.next()));
        }
        RenewalReason reason = now < state.sessions().forceAt() ? RenewalReason.AGE : RenewalReason.LIMIT;
        return renewed(Moving.changeOver(state, route, reason, now), now);
    }

    private static Step renewed(Step step, long now) {
        CallState state = step.state();
        return new Step(state.with(state.sessions().withFreshUntil(now + FRESH_MILLIS)), step.effects());
    }

    /** Whether the call can change over without anything said twice or not at all. */
    private static boolean canChange(TurnState turn) {
        return switch (turn) {
            case Idle _, Hearing _ -> true;
            case Awaiting _, Held _ -> false;
            case Answering(var _, Answer answer) -> answer.complete() && answer.arrived();
        };
    }
}
