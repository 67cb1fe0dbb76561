package dev.tom.bridge.call;

import dev.tom.bridge.call.CallEffect.CloseGate;
import dev.tom.bridge.call.CallEffect.CompleteAnswer;
import dev.tom.bridge.call.CallEffect.ForgetQuestion;
import dev.tom.bridge.call.CallEffect.HangUp;
import dev.tom.bridge.call.CallEffect.Interrupt;
import dev.tom.bridge.call.CallEffect.KeepQuestion;
import dev.tom.bridge.call.CallEffect.PlayFiller;
import dev.tom.bridge.call.CallEffect.ReportAbandoned;
import dev.tom.bridge.call.CallEffect.ReportTurn;
import dev.tom.bridge.call.CallEffect.StopSound;
import dev.tom.bridge.call.CallEffect.TakeAnswer;
import dev.tom.bridge.call.CallEffect.TellTurnEnded;
import dev.tom.bridge.call.CallEffect.TellTurnStarted;
import dev.tom.bridge.call.turn.Answer;
import dev.tom.bridge.call.turn.TurnState;
import dev.tom.bridge.call.turn.TurnState.Answering;
import dev.tom.bridge.call.turn.TurnState.Awaiting;
import dev.tom.bridge.call.turn.TurnState.Hearing;
import dev.tom.bridge.call.turn.TurnState.Held;
import dev.tom.bridge.call.turn.TurnState.Idle;
import dev.tom.bridge.call.turn.TurnState.Replying;
import dev.tom.bridge.call.turn.Wait;
import dev.tom.bridge.speech.BackendKind;
import dev.tom.bridge.speech.FailureReason;
import java.util.function.UnaryOperator;

/** Who speaks: barge-in, end of turn, answers and their latency, and the watchdog over answers that do not come. */
final class TurnTaking {

    /** A backend reports an onset about so late: its own detection and the way there and back. */
    private static final long BACKEND_HEARING_MILLIS = 400;

    /** Our voice gate knows at most so much after the caller's last voiced sample that the turn has ended. */
    private static final long END_OF_TURN_MILLIS = 400;

    private TurnTaking() {}

    static Step callerSpoke(CallState state, long onsetAt, long now) {
        return switch (state.turn()) {
            case Idle _ ->
                heard(Step.to(state), new Hearing(onsetAt, true, false)).then(new TellTurnStarted());
            case Hearing(long first, boolean byGate, boolean byBackend) ->
                heard(Step.to(state), new Hearing(byGate ? first : onsetAt, true, byBackend))
                        .then(new TellTurnStarted());
            case Awaiting(Wait wait) ->
                abandoned(heard(stopFiller(state, wait), new Hearing(onsetAt, true, false)), state, onsetAt)
                        .then(new TellTurnStarted());
            case Answering answering -> BargeIn.hold(state, answering, onsetAt, true, now);
            case Held held -> Step.to(state.with(held.withSpoke()));
        };
    }

    /** The backend heard the caller, possibly before our gate: only an answer must not go on over it. */
    static Step speechHeard(CallState state, long now) {
        return switch (state.turn()) {
            case Idle _ -> Step.to(state);
            case Hearing(long onsetAt, boolean byGate, boolean _) ->
                Step.to(state.with(new Hearing(onsetAt, byGate, true)));
            case Awaiting(Wait wait) -> Step.to(state.with(new Awaiting(wait.withUnsure(false))));
            case Answering answering ->
                heard(BargeIn.cutOff(state, answering), new Hearing(now - BACKEND_HEARING_MILLIS, false, true));
            case Held held -> BargeIn.confirmed(state, held, true);
        };
    }

    static Step callerPaused(CallState state, long spokenUntil, int voicedMillis, long now, CallSettings settings) {
        if (state.turn() instanceof Held held) {
            return BargeIn.resumed(state, held);
        }
        if (!(state.turn() instanceof Hearing(long _, boolean _, boolean byBackend))) {
            return Step.to(state);
        }
        boolean unsure = voicedMillis < settings.noiseMillis() && !byBackend;
        long fillerAt = state.fillerDue() ? now + settings.fillerAfterMillis() : TurnState.NEVER;
        Wait wait = Wait.asked(spokenUntil, now, unsure, fillerAt);
        return Step.to(state.with(new Awaiting(wait)).withFillerDue(false), new TellTurnEnded());
    }

    static Step callerSaid(CallState state, String text) {
        if (!text.isBlank()) {
            return Step.to(state.with(state.conversation().callerSaid(text.strip())));
        }
        return state.turn() instanceof Awaiting(Wait wait)
                ? Step.to(state.with(new Awaiting(wait.withUnsure(true))))
                : Step.to(state);
    }

    static Step answerStarted(CallState state, String id, long spokenUntil, long now) {
        int generation = state.route().openGeneration();
        BackendKind backend = state.route().leadsTo(BackendKind.PROVIDER)
                ? BackendKind.PROVIDER
                : state.route().leadsTo(BackendKind.LOCAL) ? BackendKind.LOCAL : BackendKind.ANNOUNCEMENT;
        Answer answer = Answer.begun(generation, backend, id);
        return switch (state.turn()) {
            case Idle _ -> Step.to(state.with(new Answering(Wait.unasked(now), answer)), new TakeAnswer(id));
            case Hearing(long _, boolean byGate, boolean _) -> {
                // Only the provider ends turns by itself; its silence is shorter than our hang-over. A caller who still
                // speaks is a new
                // onset of the closed gate and cuts the answer within two frames.
                if (backend != BackendKind.PROVIDER) {
                    yield Step.to(state, new Interrupt(generation, id, 0));
                }
                Wait wait = byGate ? Wait.asked(spokenUntil, now, false, TurnState.NEVER) : Wait.unasked(now);
                yield Step.to(state.with(new Answering(wait, answer)), new CloseGate(), new TakeAnswer(id));
            }
            case Awaiting(Wait wait) -> Step.to(state.with(new Answering(wait, answer)), new TakeAnswer(id));
            case Replying replying -> {
                Answer before = replying.answer();
                if (!before.arrived()) {
                    yield Step.to(
                            state.with(replying.with(replying.waiting(), answer)),
                            new CompleteAnswer(before.id()),
                            new TakeAnswer(id));
                }
                // A second answer follows the first in the queue; the first counts as heard.
                CallState settled = state.with(state.conversation()
                                .answered(before, replying.waiting().measured()))
                        .with(replying.with(Wait.unasked(now), answer));
                yield before.complete()
                        ? Step.to(settled, new TakeAnswer(id))
                        : Step.to(settled, new CompleteAnswer(before.id()), new TakeAnswer(id));
            }
        };
    }

    static Step answerArrived(CallState state, String id) {
        return state.turn() instanceof Replying replying
                        && replying.answer().id().equals(id)
                ? Step.to(state.with(replying.with(
                        replying.waiting().withoutFiller(), replying.answer().withArrived())))
                : Step.to(state);
    }

    static Step answerDone(CallState state, String id) {
        if (!(state.turn() instanceof Replying replying)
                || !replying.answer().id().equals(id)) {
            return Step.to(state);
        }
        CompleteAnswer complete = new CompleteAnswer(id);
        Wait wait = replying.waiting();
        if (replying.answer().arrived()) {
            return Step.to(state.with(replying.with(wait, replying.answer().withComplete())), complete);
        }
        // An answer without a sound is none: the caller still waits, and the watchdog still counts.
        if (replying instanceof Held held) {
            return BargeIn.outlived(Step.to(state, complete), held, wait.measured());
        }
        return wait.measured() ? Step.to(state.with(new Awaiting(wait)), complete) : idle(Step.to(state, complete));
    }

    static Step answerHeard(CallState state, String id, long at) {
        if (!(state.turn() instanceof Replying replying)
                || !replying.answer().id().equals(id)
                || replying.answer().audible()) {
            return Step.to(state);
        }
        Wait wait = replying.waiting();
        Answer answer = replying.answer();
        CallState next = state.with(replying.with(wait, answer.withAudible()));
        return wait.measured()
                ? Step.to(next, new ReportTurn(answer.backend(), Math.max(0, at - wait.spokenUntil())))
                : Step.to(next);
    }

    static Step answerPlayed(CallState state, String id) {
        if (!(state.turn() instanceof Replying replying)
                || !replying.answer().id().equals(id)) {
            return Step.to(state);
        }
        Step settled = idle(Step.to(state.with(state.conversation()
                .answered(replying.answer(), replying.waiting().measured()))));
        return replying instanceof Held held ? BargeIn.outlived(settled, held, false) : settled;
    }

    static Step withAnswer(CallState state, String id, UnaryOperator<Answer> change) {
        return state.turn() instanceof Replying replying
                        && replying.answer().id().equals(id)
                ? Step.to(state.with(replying.with(replying.waiting(), change.apply(replying.answer()))))
                : Step.to(state);
    }

    static Step timePassed(CallState state, long now, CallSettings settings) {
        return switch (state.turn()) {
            case Idle _, Hearing _ -> Step.to(state);
            case Awaiting(Wait wait) -> waited(state, wait, now, settings);
            case Answering answering
            when !answering.answer().arrived() -> waited(state, answering.waiting(), now, settings);
            case Answering answering ->
                overdueAt(state, answering, settings) <= now
                        ? Moving.move(state, FailureReason.STALLED, now, settings)
                        : Step.to(state);
            case Held held
            when overdueAt(state, held, settings) <= now -> Moving.move(state, FailureReason.STALLED, now, settings);
            case Held held -> BargeIn.undecidedUntil(held) <= now ? BargeIn.resumed(state, held) : Step.to(state);
        };
    }

    /** When the first audio of the answer is overdue. */
    static long answerDue(CallState state, Wait wait, CallSettings settings) {
        if (state.route().leadsTo(BackendKind.PROVIDER)) {
            if (state.route() instanceof Route.Connecting(int generation, var _, long _) && generation > 1) {
                return TurnState
                        .NEVER; // a fresh session has not heard the question yet; connecting has a limit of its own
            }
            // A fresh session has as long as any other from the moment in which the end of the turn is known.
            return Math.max(
                    wait.spokenUntil() + settings.stallMillis(),
                    wait.since() + settings.stallMillis() - END_OF_TURN_MILLIS);
        }
        return state.route().leadsTo(BackendKind.LOCAL) ? wait.since() + settings.localStallMillis() : TurnState.NEVER;
    }

    /** When an answer that does not begin, or ran dry, is given up. */
    static long overdueAt(CallState state, Replying replying, CallSettings settings) {
        Answer answer = replying.answer();
        if (!answer.arrived()) {
            return answerDue(state, replying.waiting(), settings);
        }
        boolean byOpenLink = answer.generation() == state.route().openGeneration();
        return byOpenLink && answer.dryAt() != TurnState.NEVER
                ? answer.dryAt() + settings.dryMillis()
                : TurnState.NEVER;
    }

    /** No sound of the caller will come any more, so none interrupts. */
    static Step callerLeft(CallState state) {
        return state.turn() instanceof Held held ? BargeIn.resumed(state, held) : leaveWhenIdle(state);
    }

    /** Closes a leg whose caller audio has ended as soon as nothing is left to say. */
    static Step leaveWhenIdle(CallState state) {
        return state.turn() instanceof Idle && state.leaveBy() != TurnState.NEVER
                ? Step.to(state.withLeaveBy(TurnState.NEVER), new HangUp("caller audio ended"))
                : Step.to(state);
    }

    /** The turn is over: nothing is due and the question need not be kept. */
    static Step idle(Step step) {
        CallState state = step.state();
        Step done = state.questionKept() ? step.then(new ForgetQuestion()) : step;
        Step left = leaveWhenIdle(state.with(new Idle()).withQuestionKept(false));
        return new Step(left.state(), done.effects()).then(left.effects().toArray(CallEffect[]::new));
    }

    /**
     * Tells when the caller of the state before waited for the provider until now and waits no longer: how long it would have taken
     * nobody knows, but a wait that was too long already must not vanish from the p95.
     */
    static Step abandoned(Step step, CallState before, long at) {
        Wait wait = switch (before.turn()) {
            case Idle _, Hearing _ -> Wait.unasked(at);
            case Awaiting(Wait waiting) -> waiting;
            case Replying replying -> replying.answer().audible() ? Wait.unasked(at) : replying.waiting();
        };
        boolean due = wait.measured() && !wait.unsure() && at > wait.spokenUntil();
        return due && before.route().leadsTo(BackendKind.PROVIDER)
                ? step.then(new ReportAbandoned(at - wait.spokenUntil()))
                : step;
    }

    private static Step waited(CallState state, Wait wait, long now, CallSettings settings) {
        if (answerDue(state, wait, settings) <= now) {
            return wait.unsure()
                    ? idle(Step.to(state.with(state.conversation().withoutQuestion())))
                    : Moving.move(state, FailureReason.STALLED, now, settings);
        }
        if (wait.fillerAt() > now) {
            return Step.to(state);
        }
        TurnState bridged = switch (state.turn()) {
            case Answering(Wait _, Answer answer) -> new Answering(wait.withFillerPlaying(), answer);
            case Idle _, Hearing _, Awaiting _, Held _ -> new Awaiting(wait.withFillerPlaying());
        };
        return Step.to(state.with(bridged), new PlayFiller());
    }

    private static Step stopFiller(CallState state, Wait wait) {
        return wait.fillerPlaying() ? Step.to(state, new StopSound()) : Step.to(state);
    }

    /** The caller has the word; his audio is kept from the onset on. */
    static Step heard(Step before, Hearing hearing) {
        CallState state = before.state().with(hearing).withQuestionKept(true);
        return new Step(state, before.effects()).then(new KeepQuestion(hearing.onsetAt()));
    }
}
