package dev.tom.bridge.call;

import dev.tom.bridge.call.turn.Answer;
import dev.tom.bridge.call.turn.Conversation;
import dev.tom.bridge.call.turn.TurnState;
import dev.tom.bridge.call.turn.Wait;
import dev.tom.bridge.speech.BackendKind;
import dev.tom.bridge.speech.FailureReason;
import java.util.ArrayList;
import java.util.List;

/** States and events of every kind. */
final class CallSamples {

    private CallSamples() {}

    /** Every kind of event, those of links from this generation. */
    static List<CallEvent> events(int generation, long now) {
        List<CallEvent> events = new ArrayList<>(List.of(
                new CallEvent.Begun(BackendKind.PROVIDER),
                new CallEvent.CallerStirred(now - 20),
                new CallEvent.CallerCalmed(),
                new CallEvent.CallerSpoke(now - 40),
                new CallEvent.CallerInsisted(now - 300),
                new CallEvent.CallerPaused(now - 300, 900),
                new CallEvent.CallerPaused(now - 300, 80),
                new CallEvent.CallerAudioEnded(),
                new CallEvent.HungUp(),
                new CallEvent.EgressClosed(),
                new CallEvent.PodStops(),
                new CallEvent.TimePassed(),
                new CallEvent.LinkReady(generation),
                new CallEvent.LinkReady(generation + 1),
                new CallEvent.LinkFailed(generation + 1, FailureReason.RATE_LIMITED),
                new CallEvent.LinkFailed(generation, FailureReason.SESSION_EXPIRED),
                new CallEvent.LinkLasts(generation, 5_000, 60_000),
                new CallEvent.LinkFailed(generation, FailureReason.SOCKET_CLOSED),
                new CallEvent.LinkFailed(generation, FailureReason.SATURATED),
                new CallEvent.LinkTroubled(generation, FailureReason.RATE_LIMITED),
                new CallEvent.SpeechHeard(generation),
                new CallEvent.CallerSaid(generation, "ja"),
                new CallEvent.CallerSaid(generation, "")));
        for (String id : List.of("a", "b", Parting.NOTICE)) {
            events.addAll(List.of(
                    new CallEvent.AnswerStarted(generation, id, now - 200),
                    new CallEvent.AnswerArrived(generation, id),
                    new CallEvent.AnswerText(generation, id, "guten Tag"),
                    new CallEvent.AnswerDone(generation, id),
                    new CallEvent.AnswerHeard(id, now),
                    new CallEvent.AnswerProgress(id, 300, 900),
                    new CallEvent.AnswerRanDry(id),
                    new CallEvent.AnswerPlayed(id)));
        }
        return events;
    }

    /** Every kind of route with every kind of turn. */
    static List<CallState> states() {
        Answer begun = Answer.begun(2, BackendKind.PROVIDER, "a");
        Wait asked = Wait.asked(1_000, 1_300, false, 1_600);
        List<TurnState> turns = List.of(
                new TurnState.Idle(),
                new TurnState.Hearing(900, true, false),
                new TurnState.Hearing(900, false, true),
                new TurnState.Awaiting(asked),
                new TurnState.Awaiting(asked.withUnsure(true)),
                new TurnState.Awaiting(asked.withFillerPlaying()),
                new TurnState.Answering(asked, begun),
                new TurnState.Answering(
                        Wait.unasked(1_000), begun.withText("guten Tag").withArrived()),
                new TurnState.Answering(asked, begun.withArrived().withAudible().withProgress(400, 900)),
                new TurnState.Answering(asked, begun.withArrived().withAudible().withDryAt(2_000)),
                new TurnState.Answering(asked, begun.withArrived().withAudible().withComplete()),
                new TurnState.Held(asked, begun, 2_000, 2_020, false),
                new TurnState.Held(asked.withFillerPlaying(), begun, 2_000, 2_020, true),
                new TurnState.Held(
                        asked, begun.withArrived().withAudible().withProgress(400, 900), 2_000, 2_020, false),
                new TurnState.Held(asked, begun.withArrived().withAudible().withProgress(400, 900), 2_000, 2_040, true),
                new TurnState.Held(asked, begun.withArrived().withAudible().withDryAt(1_900), 2_000, 2_040, true),
                new TurnState.Held(asked, begun.withArrived().withAudible().withComplete(), 2_000, 2_040, true));
        List<Route> routes = List.of(
                new Route.Unopened(),
                new Route.Connecting(2, BackendKind.PROVIDER, 100),
                new Route.Connecting(2, BackendKind.ANNOUNCEMENT, 100),
                new Route.Connected(2, BackendKind.PROVIDER),
                new Route.Renewing(2, 3, 900, List.of()),
                new Route.Connected(2, BackendKind.LOCAL),
                new Route.Connected(2, BackendKind.ANNOUNCEMENT),
                new Route.Leaving(2, Route.Leaving.How.TOLD, 4_000),
                new Route.Leaving(2, Route.Leaving.How.TRANSFERRED, 4_000),
                new Route.Leaving(2, Route.Leaving.How.ENDED, TurnState.NEVER),
                new Route.Leaving(0, Route.Leaving.How.CUT, TurnState.NEVER),
                new Route.Nobody(),
                new Route.Over());
        List<CallState> states = new ArrayList<>();
        for (Route route : routes) {
            for (TurnState turn : turns) {
                Sessions opened = Sessions.NONE.replaced(route instanceof Route.Renewing ? 3 : 2);
                states.add(new CallState(route, turn, Conversation.EMPTY, false, false, opened, TurnState.NEVER));
                states.add(new CallState(
                        route, turn, new Conversation(List.of(), "hallo", false), true, true, opened, 9_000));
                states.add(new CallState(
                        route,
                        turn,
                        Conversation.EMPTY,
                        true,
                        false,
                        opened.withLimits(1_000, 1_500, 2_000),
                        TurnState.NEVER));
            }
        }
        return states;
    }
}
