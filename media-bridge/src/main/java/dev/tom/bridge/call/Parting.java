package dev.tom.bridge.call;

import dev.tom.bridge.call.CallEffect.DropLink;
import dev.tom.bridge.call.CallEffect.EndCall;
import dev.tom.bridge.call.CallEffect.ForgetQuestion;
import dev.tom.bridge.call.CallEffect.GoAway;
import dev.tom.bridge.call.CallEffect.OpenLink;
import dev.tom.bridge.call.CallEffect.PlayNotice;
import dev.tom.bridge.call.CallEffect.ReleaseWords;
import dev.tom.bridge.call.CallEffect.ResumeSound;
import dev.tom.bridge.call.CallEffect.TransferTo;
import dev.tom.bridge.call.Route.Leaving;
import dev.tom.bridge.call.Route.Leaving.How;
import dev.tom.bridge.call.turn.TurnState;
import dev.tom.bridge.speech.BackendKind;
import java.util.ArrayList;
import java.util.List;

/**
 * How the bridge ends a call that it has no room for: the caller is told, to the end of the sentence and whatever he says meanwhile, then
 * transferred, or the call ends. The stretch stands in the account as an announcement.
 */
public final class Parting {

    /** Answer id of the sentence. */
    public static final String NOTICE = "notice";

    /** Twice the longest of the sentences, with what may still play before it: after that it is taken as heard. */
    static final long NOTICE_MILLIS = 15_000;
    /** A switch transfers at once, or its dialplan does not know how. */
    static final long TRANSFER_MILLIS = 5_000;

    private Parting() {}

    /** Begins, behind these effects. */
    static Step begin(CallState state, int generation, List<CallEffect> first, long now, CallSettings settings) {
        List<CallEffect> effects = new ArrayList<>(first);
        if (state.questionKept()) {
            effects.add(new ForgetQuestion());
        }
        if (state.turn() instanceof TurnState.Held) {
            effects.add(new ResumeSound());
            effects.add(new ReleaseWords(false));
        }
        effects.add(new OpenLink(
                generation, BackendKind.ANNOUNCEMENT, state.conversation().said()));
        effects.add(new PlayNotice(!settings.overflow().extension().isEmpty()));
        return new Step(
                state.with(new Leaving(generation, How.TOLD, now + NOTICE_MILLIS))
                        .with(new TurnState.Idle())
                        .with(state.sessions().replaced(generation))
                        .withQuestionKept(false),
                effects);
    }

    /** The pod ends. */
    static Step cut(CallState state) {
        Step gone = Step.to(
                state.with(new Leaving(state.route().openGeneration(), How.CUT, TurnState.NEVER)),
                new GoAway("this pod is shutting down"));
        return state.route() instanceof Route.Renewing renewing ? gone.then(new DropLink(renewing.next())) : gone;
    }

    static Step step(CallState state, Leaving leaving, CallEvent event, long now, CallSettings settings) {
        return switch (event) {
            case CallEvent.HungUp _ -> CallMachine.hungUp(state, leaving.how().endedBy());
            case CallEvent.PodStops _ -> cut(state);
            case CallEvent.AnswerPlayed(String id) ->
                id.equals(NOTICE) && leaving.how() == How.TOLD ? told(state, leaving, now, settings) : Step.to(state);
            case CallEvent.TimePassed _ ->
                leaving.until() <= now ? late(state, leaving, now, settings) : Step.to(state);
            case CallEvent.Begun _,
                    CallEvent.CallerStirred _,
                    CallEvent.CallerCalmed _,
                    CallEvent.CallerInsisted _,
                    CallEvent.CallerSpoke _,
                    CallEvent.CallerPaused _,
                    CallEvent.CallerAudioEnded _,
                    CallEvent.EgressClosed _,
                    CallEvent.OfLink _,
                    CallEvent.AnswerHeard _,
                    CallEvent.AnswerProgress _,
                    CallEvent.AnswerRanDry _ -> Step.to(state);
        };
    }

    private static Step told(CallState state, Leaving leaving, long now, CallSettings settings) {
        String extension = settings.overflow().extension();
        return extension.isEmpty()
                ? ended(state, leaving, "all lines are busy")
                : Step.to(
                        state.with(new Leaving(leaving.generation(), How.TRANSFERRED, now + TRANSFER_MILLIS)),
                        new TransferTo(extension));
    }

    private static Step late(CallState state, Leaving leaving, long now, CallSettings settings) {
        return switch (leaving.how()) {
            case TOLD -> told(state, leaving, now, settings);
            case TRANSFERRED -> ended(state, leaving, "all lines are busy, and nobody took the transfer");
            case ENDED, CUT -> Step.to(state);
        };
    }

    private static Step ended(CallState state, Leaving leaving, String reason) {
        return Step.to(state.with(new Leaving(leaving.generation(), How.ENDED, TurnState.NEVER)), new EndCall(reason));
    }
}
