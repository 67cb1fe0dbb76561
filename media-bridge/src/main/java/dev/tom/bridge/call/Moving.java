package dev.tom.bridge.call;

import dev.tom.bridge.call.CallEffect.AskForAnswer;
import dev.tom.bridge.call.CallEffect.CloseLink;
import dev.tom.bridge.call.CallEffect.CompleteAnswer;
import dev.tom.bridge.call.CallEffect.DropLink;
import dev.tom.bridge.call.CallEffect.ForgetQuestion;
import dev.tom.bridge.call.CallEffect.KeepQuestion;
import dev.tom.bridge.call.CallEffect.OpenLink;
import dev.tom.bridge.call.CallEffect.ReleaseWords;
import dev.tom.bridge.call.CallEffect.ReplayQuestion;
import dev.tom.bridge.call.CallEffect.ReplayRecent;
import dev.tom.bridge.call.CallEffect.ReportMove;
import dev.tom.bridge.call.CallEffect.ReportRenewal;
import dev.tom.bridge.call.CallEffect.ReportTrouble;
import dev.tom.bridge.call.CallEffect.ResumeSound;
import dev.tom.bridge.call.CallEffect.StopSound;
import dev.tom.bridge.call.CallEffect.UseLink;
import dev.tom.bridge.call.failover.Rescue;
import dev.tom.bridge.call.turn.Answer;
import dev.tom.bridge.call.turn.Conversation;
import dev.tom.bridge.call.turn.TurnState;
import dev.tom.bridge.call.turn.TurnState.Awaiting;
import dev.tom.bridge.call.turn.TurnState.Hearing;
import dev.tom.bridge.call.turn.TurnState.Held;
import dev.tom.bridge.call.turn.TurnState.Idle;
import dev.tom.bridge.call.turn.TurnState.Replying;
import dev.tom.bridge.call.turn.Wait;
import dev.tom.bridge.speech.BackendKind;
import dev.tom.bridge.speech.FailureReason;
import dev.tom.bridge.speech.Utterance;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How a call changes its backend. In this order: silence what the old one left unfinished, close it, open the next with what was really
 * heard, let it hear the caller's unanswered words or ask it to answer.
 */
final class Moving {

    private Moving() {}

    /** What the caller is owed after the move. */
    private sealed interface Owed {
        record Nothing() implements Owed {}

        /** The caller's kept audio. */
        record Words(boolean ended) implements Owed {}

        /** An answer to what stands in the history. */
        record Reply() implements Owed {}
    }

    /**
     * What becomes of the turn.
     *
     * @param state the call's new state, still on the old route
     * @param first what to silence
     * @param told what the next backend is told was said
     * @param owed what the caller is owed
     */
    private record Settled(CallState state, List<CallEffect> first, Conversation told, Owed owed) {
        Settled(CallState state, List<CallEffect> first, Owed owed) {
            this(state, first, state.conversation(), owed);
        }
    }

    static Step move(CallState state, FailureReason reason, long now, CallSettings settings) {
        return switch (state.route()) {
            case Route.Connecting(int _, BackendKind from, long _) -> move(state, from, reason, now, settings);
            case Route.Connected(int _, BackendKind from) -> move(state, from, reason, now, settings);
            case Route.Renewing _ -> move(state, BackendKind.PROVIDER, reason, now, settings);
            case Route.Unopened _, Route.Nobody _, Route.Leaving _, Route.Over _ -> Step.to(state);
        };
    }

    /** The same backend in a new link: closes the open one first. */
    static Step renew(CallState state, RenewalReason reason, long now, CallSettings settings) {
        Settled settled = settle(state, now, settings.fillerAfterMillis());
        List<CallEffect> effects = new ArrayList<>(settled.first());
        effects.addAll(left(state.route(), reason.endedBy()));
        int next = state.sessions().next();
        effects.add(new OpenLink(next, BackendKind.PROVIDER, settled.told().said()));
        effects.add(new ReportRenewal(reason));
        effects.add(owed(settled.owed()).orElseGet(ReplayRecent::new));
        effects.addAll(released(state, settled));
        CallState moved = settled.state()
                .with(new Route.Connecting(next, BackendKind.PROVIDER, now))
                .with(state.sessions().replaced(next));
        return new Step(moved, effects);
    }

    /** The same backend in a link that is ready: nothing is silenced, because nothing is left unfinished. */
    static Step changeOver(CallState state, Route.Renewing route, RenewalReason reason, long now) {
        Settled settled = settle(state, now, TurnState.NEVER);
        CallState changed = settled.state()
                .with(new Route.Connected(route.next(), BackendKind.PROVIDER))
                .with(state.sessions().replaced(state.sessions().opened()));
        return Step.to(
                changed,
                new CloseLink(route.generation(), reason.endedBy()),
                new UseLink(route.next()),
                new ReportRenewal(reason),
                owed(settled.owed()).orElseGet(ReplayRecent::new));
    }

    /** What a link that took over now would be told was said. */
    static List<Utterance> told(CallState state, long now) {
        return settle(state, now, TurnState.NEVER).told().said();
    }

    private static Step move(CallState state, BackendKind from, FailureReason reason, long now, CallSettings settings) {
        var target = Rescue.next(from, reason, settings.fallback(), settings.localAvailable());
        boolean slow = target.filter(kind -> kind == BackendKind.LOCAL).isPresent();
        Settled settled = settle(state, now, slow ? settings.fillerAfterMillis() : TurnState.NEVER);
        List<CallEffect> effects = new ArrayList<>(settled.first());
        String endedBy = reason == FailureReason.EGRESS_CLOSED ? "window_end" : reason.label();
        effects.addAll(left(state.route(), endedBy));
        if (from == BackendKind.PROVIDER && reason.countsAgainstProvider()) {
            effects.add(new ReportTrouble(reason));
        }
        if (target.isEmpty()) {
            effects.addAll(released(state, settled));
            return new Step(settled.state().with(new Route.Nobody()), effects);
        }
        BackendKind to = target.get();
        int next = state.sessions().next();
        if (noRoom(state, reason, to, settings)) {
            effects.add(new ReportMove(reason, from, BackendKind.ANNOUNCEMENT));
            effects.addAll(released(state, settled));
            return Parting.begin(settled.state(), next, effects, now, settings);
        }
        effects.add(new OpenLink(next, to, settled.told().said()));
        effects.add(new ReportMove(reason, from, to));
        owed(settled.owed()).ifPresent(effects::add);
        effects.addAll(released(state, settled));
        // The first turn of a pipeline that just took over may take its time, also when nobody waited at that moment.
        CallState after =
                slow && settled.owed() instanceof Owed.Nothing ? settled.state().withFillerDue(true) : settled.state();
        CallState moved = after.with(new Route.Connecting(next, to, now))
                .with(state.sessions().replaced(next));
        return new Step(moved, effects);
    }

    /** Closes what is open. */
    static List<CallEffect> left(Route route, String endedBy) {
        CloseLink close = new CloseLink(route.openGeneration(), endedBy);
        return route instanceof Route.Renewing renewing
                ? List.of(new DropLink(renewing.next()), close)
                : List.of(close);
    }

    private static Optional<CallEffect> owed(Owed owed) {
        return switch (owed) {
            case Owed.Nothing _ -> Optional.empty();
            case Owed.Words(boolean ended) -> Optional.of(new ReplayQuestion(ended));
            case Owed.Reply _ -> Optional.of(new AskForAnswer());
        };
    }

    /**
     * Whether the local pipeline has no room for this call: it said so itself, or it is saturated and the caller waits for an answer. A
     * caller who is silent or still speaks may find room by the time that it is needed.
     */
    private static boolean noRoom(CallState state, FailureReason reason, BackendKind to, CallSettings settings) {
        if (reason == FailureReason.SATURATED) {
            return true;
        }
        boolean waits = switch (state.turn()) {
            case Idle _, Hearing _ -> false;
            case Awaiting _ -> true;
            case Replying replying ->
                !(replying.answer().complete() && replying.answer().arrived());
        };
        return waits && to == BackendKind.LOCAL && settings.overflow().localSaturated();
    }

    private static Settled settle(CallState state, long now, long fillerAfter) {
        return switch (state.turn()) {
            case Idle _ -> new Settled(state, List.of(), new Owed.Nothing());
            case Hearing _ ->
                new Settled(
                        forgettingWords(state).withFillerDue(fillerAfter != TurnState.NEVER),
                        List.of(),
                        new Owed.Words(false));
            case Awaiting(Wait wait) -> unanswered(state, wait, List.of(), now, fillerAfter);
            case Replying replying -> {
                Answer answer = replying.answer();
                Wait wait = replying.waiting();
                if (answer.complete() && answer.arrived()) {
                    // It is all here: it goes on playing, counts as heard for the next backend, and that only waits.
                    Conversation told = state.conversation().answered(answer, false);
                    yield new Settled(state, List.of(), told, new Owed.Nothing());
                }
                if (replying instanceof Held held && held.spoke() && !answer.heard()) {
                    yield goingOn(state, held, fillerAfter);
                }
                yield answer.heard()
                        ? cut(state, answer, now, fillerAfter)
                        : unanswered(state, wait, silenced(answer), now, fillerAfter);
            }
        };
    }

    /** With the answer goes the question whether the caller interrupts it; if he does, his voice goes on and is heard. */
    private static List<CallEffect> released(CallState before, Settled settled) {
        return before.turn() instanceof Held && !(settled.state().turn() instanceof Held)
                ? List.of(new ResumeSound(), new ReleaseWords(true))
                : List.of();
    }

    /** The caller has heard nothing yet: the next backend hears the question again. */
    private static Settled unanswered(CallState state, Wait wait, List<CallEffect> first, long now, long fillerAfter) {
        long fillerAt =
                fillerAfter == TurnState.NEVER ? TurnState.NEVER : Math.max(now, wait.spokenUntil() + fillerAfter);
        CallState waiting = state.with(new Awaiting(wait.moved(now, fillerAt)));
        if (state.questionKept()) {
            return new Settled(forgettingWords(waiting), first, new Owed.Words(true));
        }
        Conversation asked = state.conversation().askedInHistory();
        return asked.said().isEmpty()
                ? new Settled(state.with(new Idle()), first, new Owed.Nothing())
                : new Settled(waiting.with(asked), first, new Owed.Reply());
    }

    /** The caller has heard nothing yet and makes a sound: it belongs to the question, whatever it is. */
    private static Settled goingOn(CallState state, Held held, long fillerAfter) {
        CallState hearing = forgettingWords(state)
                .with(new Hearing(held.onsetAt(), true, false))
                .withQuestionKept(true)
                .withFillerDue(fillerAfter != TurnState.NEVER);
        List<CallEffect> first = new ArrayList<>(silenced(held.answer()));
        first.add(new KeepQuestion(held.onsetAt()));
        return new Settled(hearing, first, new Owed.Words(false));
    }

    /** The caller heard a part: it stays in the history, and the next backend answers again. */
    private static Settled cut(CallState state, Answer answer, long now, long fillerAfter) {
        boolean knowsQuestion = !state.conversation().question().isEmpty();
        Conversation heard = state.conversation().cut(answer, false);
        Wait wait = new Wait(now, now, false, false, TurnState.NEVER, false)
                .moved(now, fillerAfter == TurnState.NEVER ? TurnState.NEVER : now + fillerAfter);
        CallState waiting = state.with(heard).with(new Awaiting(wait));
        if (state.questionKept() && !knowsQuestion) {
            return new Settled(waiting, List.of(new StopSound()), new Owed.Words(true));
        }
        List<CallEffect> first =
                state.questionKept() ? List.of(new StopSound(), new ForgetQuestion()) : List.of(new StopSound());
        return new Settled(waiting.withQuestionKept(false), first, new Owed.Reply());
    }

    private static List<CallEffect> silenced(Answer answer) {
        return List.of(answer.arrived() ? new StopSound() : new CompleteAnswer(answer.id()));
    }

    /** The words are recognized anew from the replay; keeping both would say them twice. */
    private static CallState forgettingWords(CallState state) {
        return state.with(state.conversation().withoutQuestion());
    }
}
