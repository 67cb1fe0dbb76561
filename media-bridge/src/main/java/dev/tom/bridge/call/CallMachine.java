package dev.tom.bridge.call;

import dev.tom.bridge.call.turn.TurnState;
import dev.tom.bridge.call.turn.TurnState.Answering;
import dev.tom.bridge.call.turn.TurnState.Awaiting;
import dev.tom.bridge.call.turn.TurnState.Hearing;
import dev.tom.bridge.call.turn.TurnState.Held;
import dev.tom.bridge.call.turn.TurnState.Idle;
import dev.tom.bridge.call.turn.Wait;
import dev.tom.bridge.speech.BackendKind;
import dev.tom.bridge.speech.FailureReason;
import java.util.List;

/**
 * What one call does next. Pure: the clock is an argument, audio never comes here. Every event has an answer in every state; what does
 * not matter any more changes nothing.
 *
 * <p>{@link TurnTaking} decides who speaks, {@link Moving} how a call changes its backend, {@link Rotation} how it gets a fresh
 * session of the provider, {@link Parting} how the bridge ends one.
 */
public final class CallMachine {

    private CallMachine() {}

    /**
     * Takes one event.
     *
     * @param now milliseconds of the call's monotonic clock, never less than before
     */
    public static Step step(CallState state, CallEvent event, long now, CallSettings settings) {
        if (state.route() instanceof Route.Over) {
            return Step.to(state);
        }
        if (state.route() instanceof Route.Leaving leaving) {
            return Parting.step(state, leaving, event, now, settings);
        }
        return switch (event) {
            case CallEvent.Begun(BackendKind backend) -> begun(state, backend, now, settings);
            case CallEvent.OfLink link -> {
                if (link.generation() == state.route().openGeneration()) {
                    yield ofLink(state, link, now, settings);
                }
                yield state.route() instanceof Route.Renewing renewing && link.generation() == renewing.next()
                        ? Rotation.prepared(state, renewing, link, now)
                        : Step.to(state);
            }
            case CallEvent.CallerStirred(long onsetAt) -> BargeIn.callerStirred(state, onsetAt, now);
            case CallEvent.CallerCalmed _ -> BargeIn.callerCalmed(state);
            case CallEvent.CallerSpoke(long onsetAt) -> TurnTaking.callerSpoke(state, onsetAt, now);
            case CallEvent.CallerInsisted(long onsetAt) -> BargeIn.callerInsisted(state, onsetAt, now);
            case CallEvent.CallerPaused(long spokenUntil, int voicedMillis) ->
                TurnTaking.callerPaused(state, spokenUntil, voicedMillis, now, settings);
            case CallEvent.CallerAudioEnded _ ->
                TurnTaking.callerLeft(state.withLeaveBy(Math.min(state.leaveBy(), now + settings.leaveMillis())));
            case CallEvent.AnswerHeard(String id, long at) -> TurnTaking.answerHeard(state, id, at);
            case CallEvent.AnswerProgress(String id, long played, long received) ->
                TurnTaking.withAnswer(state, id, answer -> answer.withProgress(played, received));
            case CallEvent.AnswerRanDry(String id) ->
                TurnTaking.withAnswer(state, id, answer -> answer.complete() ? answer : answer.withDryAt(now));
            case CallEvent.AnswerPlayed(String id) -> TurnTaking.answerPlayed(state, id);
            case CallEvent.EgressClosed _ ->
                state.route().leadsTo(BackendKind.PROVIDER)
                        ? Moving.move(state, FailureReason.EGRESS_CLOSED, now, settings)
                        : Step.to(state);
            case CallEvent.HungUp _ -> TurnTaking.abandoned(hungUp(state, "hangup"), state, now);
            case CallEvent.PodStops _ -> Parting.cut(state);
            case CallEvent.TimePassed _ -> timePassed(state, now, settings);
        };
    }

    /** When {@link CallEvent.TimePassed} is due; {@link TurnState#NEVER}: nothing is waited for. */
    public static long deadline(CallState state, CallSettings settings) {
        if (state.route() instanceof Route.Leaving(int _, Route.Leaving.How _, long until)) {
            return until;
        }
        long due = Math.min(Rotation.deadline(state), Math.min(connectDeadline(state, settings), state.leaveBy()));
        return switch (state.turn()) {
            case Idle _, Hearing _ -> due;
            case Awaiting(Wait wait) ->
                Math.min(due, Math.min(wait.fillerAt(), TurnTaking.answerDue(state, wait, settings)));
            case Answering answering
            when !answering.answer().arrived() ->
                Math.min(
                        due,
                        Math.min(answering.waiting().fillerAt(), TurnTaking.overdueAt(state, answering, settings)));
            case Answering answering -> Math.min(due, TurnTaking.overdueAt(state, answering, settings));
            case Held held ->
                Math.min(due, Math.min(BargeIn.undecidedUntil(held), TurnTaking.overdueAt(state, held, settings)));
        };
    }

    private static Step begun(CallState state, BackendKind backend, long now, CallSettings settings) {
        if (!(state.route() instanceof Route.Unopened)) {
            return Step.to(state);
        }
        return backend == BackendKind.LOCAL && settings.overflow().localSaturated()
                ? Parting.begin(state, 1, List.of(), now, settings)
                : Step.to(
                        state.with(new Route.Connecting(1, backend, now))
                                .with(state.sessions().replaced(1)),
                        new CallEffect.OpenLink(1, backend, state.conversation().said()));
    }

    private static Step ofLink(CallState state, CallEvent.OfLink event, long now, CallSettings settings) {
        return switch (event) {
            case CallEvent.LinkReady _ -> ready(state, now);
            case CallEvent.LinkLasts(int _, long renew, long end) -> Rotation.lasts(state, renew, end, now);
            case CallEvent.LinkFailed(int _, FailureReason reason) ->
                reason == FailureReason.SESSION_EXPIRED && state.route().leadsTo(BackendKind.PROVIDER)
                        ? Rotation.expired(state, now, settings)
                        : Moving.move(state, reason, now, settings);
            case CallEvent.LinkTroubled(int _, FailureReason reason) ->
                state.route().leadsTo(BackendKind.PROVIDER) && reason.countsAgainstProvider()
                        ? Step.to(state, new CallEffect.ReportTrouble(reason))
                        : Step.to(state);
            case CallEvent.SpeechHeard _ -> TurnTaking.speechHeard(state, now);
            case CallEvent.CallerSaid(int _, String text) -> TurnTaking.callerSaid(state, text);
            case CallEvent.AnswerStarted(int _, String id, long spokenUntil) ->
                TurnTaking.answerStarted(state, id, spokenUntil, now);
            case CallEvent.AnswerArrived(int _, String id) -> TurnTaking.answerArrived(state, id);
            case CallEvent.AnswerText(int _, String id, String text) ->
                TurnTaking.withAnswer(state, id, answer -> answer.withText(text));
            case CallEvent.AnswerDone(int _, String id) -> TurnTaking.answerDone(state, id);
        };
    }

    private static Step ready(CallState state, long now) {
        if (!(state.route() instanceof Route.Connecting(int generation, BackendKind backend, long _))) {
            return Step.to(state);
        }
        CallState connected = state.with(new Route.Connected(generation, backend));
        boolean renewed = generation > 1 && backend == BackendKind.PROVIDER;
        // A fresh session hears the question only now.
        return Step.to(
                renewed && state.turn() instanceof Awaiting(Wait wait)
                        ? connected.with(new Awaiting(wait.moved(now, wait.fillerAt())))
                        : connected);
    }

    static Step hungUp(CallState state, String endedBy) {
        CallState over = state.with(new Route.Over()).with(new Idle());
        return state.route().openGeneration() == 0
                ? Step.to(over)
                : new Step(over, Moving.left(state.route(), endedBy));
    }

    private static Step timePassed(CallState state, long now, CallSettings settings) {
        if (state.leaveBy() <= now) {
            return Step.to(state.withLeaveBy(TurnState.NEVER), new CallEffect.HangUp("caller audio ended"));
        }
        if (connectDeadline(state, settings) <= now) {
            return state.route() instanceof Route.Renewing renewing
                    ? Rotation.refused(state, renewing, FailureReason.TIMEOUT, now)
                    : Moving.move(state, FailureReason.TIMEOUT, now, settings);
        }
        if (Rotation.deadline(state) <= now) {
            return Rotation.due(state, now, settings);
        }
        return TurnTaking.timePassed(state, now, settings);
    }

    /** The local pipeline may have to wait for a worker that restarts, so it has as long as for an answer. */
    private static long connectDeadline(CallState state, CallSettings settings) {
        return switch (state.route()) {
            case Route.Connecting(int _, BackendKind backend, long since) ->
                since
                        + (backend == BackendKind.PROVIDER
                                ? settings.connectTimeoutMillis()
                                : settings.localStallMillis());
            case Route.Renewing(int _, int _, long since, var _) -> since + settings.connectTimeoutMillis();
            case Route.Unopened _, Route.Connected _, Route.Nobody _, Route.Leaving _, Route.Over _ -> TurnState.NEVER;
        };
    }
}
