package dev.tom.bridge.call;

import dev.tom.bridge.call.CallEffect.ForgetQuestion;
import dev.tom.bridge.call.CallEffect.HoldSound;
import dev.tom.bridge.call.CallEffect.HoldWords;
import dev.tom.bridge.call.CallEffect.Interrupt;
import dev.tom.bridge.call.CallEffect.ReleaseWords;
import dev.tom.bridge.call.CallEffect.ReportBargeIn;
import dev.tom.bridge.call.CallEffect.ReportFalseBargeIn;
import dev.tom.bridge.call.CallEffect.ResumeSound;
import dev.tom.bridge.call.CallEffect.StopSound;
import dev.tom.bridge.call.CallEffect.TellTurnStarted;
import dev.tom.bridge.call.turn.Answer;
import dev.tom.bridge.call.turn.TurnState.Answering;
import dev.tom.bridge.call.turn.TurnState.Awaiting;
import dev.tom.bridge.call.turn.TurnState.Hearing;
import dev.tom.bridge.call.turn.TurnState.Held;
import dev.tom.bridge.call.turn.TurnState.Idle;
import dev.tom.bridge.call.turn.TurnState.Replying;

/**
 * The caller makes a sound over an answer, in two steps: the answer pauses at once, and when it is clear what the sound was, it is cut off
 * or goes on. Until then the backend does not hear the caller, so that a cough neither cancels its answer nor is answered.
 */
final class BargeIn {

    /** Sounds that are neither an interruption nor over (typing, a dog) do not pause an answer for longer. */
    static final long UNDECIDED_MILLIS = 1_000;

    private BargeIn() {}

    static Step callerStirred(CallState state, long onsetAt, long now) {
        return state.turn() instanceof Answering answering
                ? hold(state, answering, onsetAt, false, now)
                : Step.to(state);
    }

    static Step callerCalmed(CallState state) {
        return state.turn() instanceof Held held && !held.spoke() ? resumed(state, held) : Step.to(state);
    }

    static Step callerInsisted(CallState state, long onsetAt, long now) {
        return switch (state.turn()) {
            case Hearing(long _, boolean byGate, boolean _) when byGate -> Step.to(state);
            case Idle _, Hearing _, Awaiting _ -> TurnTaking.callerSpoke(state, onsetAt, now);
            case Answering answering -> insisted(state, answering, onsetAt, now);
            case Held held -> confirmed(state, held.withSpoke(), false);
        };
    }

    static Step hold(CallState state, Answering answering, long onsetAt, boolean spoke, long now) {
        Held held = new Held(answering.waiting(), answering.answer(), onsetAt, now, spoke);
        return Step.to(state.with(held), new HoldSound(), new HoldWords());
    }

    /** When a pause ends by itself. */
    static long undecidedUntil(Held held) {
        return held.since() + UNDECIDED_MILLIS;
    }

    /** It is an interruption: the rest of the answer goes, and the backend hears the caller from the onset on. */
    static Step confirmed(CallState state, Held held, boolean byBackend) {
        return givenTheWord(cutOffFor(state, held, held.onsetAt(), held.since()), held, byBackend);
    }

    /** It was none: the answer goes on where it was heard last. */
    static Step resumed(CallState state, Held held) {
        Step resumed = Step.to(
                state.with(new Answering(held.waiting(), held.answer())), new ResumeSound(), new ReleaseWords(true));
        return held.answer().audible() ? resumed.then(new ReportFalseBargeIn()) : resumed;
    }

    /**
     * The answer ended while it was undecided: nothing is left to interrupt, and what the caller says is an ordinary turn.
     *
     * @param stillDue whether the caller has not got an answer yet
     */
    static Step outlived(Step ended, Held held, boolean stillDue) {
        if (held.spoke()) {
            return givenTheWord(ended.then(new ResumeSound()), held, false);
        }
        Step over = stillDue
                ? new Step(ended.state().with(new Awaiting(held.waiting())), ended.effects())
                : TurnTaking.idle(ended);
        return over.then(new ResumeSound(), new ReleaseWords(false));
    }

    /** Ends a running answer because the caller speaks. */
    static Step cutOff(CallState state, Replying replying) {
        Answer answer = replying.answer();
        Step stopped = Step.to(state, new StopSound());
        stopped = answer.generation() == state.route().openGeneration()
                ? stopped.then(new Interrupt(answer.generation(), answer.id(), answer.playedMillis()))
                : stopped;
        if (!answer.heard()) {
            return stopped;
        }
        CallState settled = state.with(
                        state.conversation().cut(answer, replying.waiting().measured()))
                .withQuestionKept(false);
        Step cut = new Step(settled, stopped.effects());
        return state.questionKept() ? cut.then(new ForgetQuestion()) : cut;
    }

    /** The pause lasted too long and ended before this was clear. */
    private static Step insisted(CallState state, Answering answering, long onsetAt, long now) {
        return TurnTaking.heard(cutOffFor(state, answering, onsetAt, now), new Hearing(onsetAt, true, false))
                .then(new TellTurnStarted());
    }

    private static Step cutOffFor(CallState state, Replying replying, long onsetAt, long silentAt) {
        Step cut = TurnTaking.abandoned(cutOff(state, replying), state, onsetAt);
        return replying.answer().audible() ? cut.then(new ReportBargeIn(Math.max(0, silentAt - onsetAt))) : cut;
    }

    private static Step givenTheWord(Step before, Held held, boolean byBackend) {
        Step heard = TurnTaking.heard(before, new Hearing(held.onsetAt(), held.spoke(), byBackend))
                .then(new ReleaseWords(false));
        return held.spoke() ? heard.then(new TellTurnStarted()) : heard;
    }
}
