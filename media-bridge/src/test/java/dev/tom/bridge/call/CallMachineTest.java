package dev.tom.bridge.call;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tom.bridge.call.turn.Answer;
import dev.tom.bridge.call.turn.Conversation;
import dev.tom.bridge.call.turn.TurnState;
import dev.tom.bridge.call.turn.Wait;
import dev.tom.bridge.speech.BackendKind;
import dev.tom.bridge.speech.FailureReason;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What holds for every call, whatever happens in whatever order. */
class CallMachineTest {

    private static final CallSettings SETTINGS = CallSettings.DEFAULT;

    @Test
    void everyEventHasAnAnswerInEveryState() {
        Set<Class<?>> events = new HashSet<>();
        for (CallState state : states()) {
            for (CallEvent event : events(state.route().openGeneration(), 5_000)) {
                events.add(event.getClass());
                Step step = CallMachine.step(state, event, 5_000, SETTINGS);
                assertThat(step.state()).as("%s in %s", event, state).isNotNull();
                if (state.route() instanceof Route.Over) {
                    assertThat(step).isEqualTo(new Step(state, List.of()));
                }
            }
        }
        assertThat(events).isEqualTo(Transcript.subtypes(CallEvent.class).collect(Collectors.toSet()));
    }

    @Test
    void whatAnOldLinkSaysChangesNothing() {
        for (CallState state : states()) {
            for (CallEvent event : events(state.route().openGeneration() - 1, 5_000)) {
                if (event instanceof CallEvent.OfLink && !(state.route() instanceof Route.Unopened)) {
                    assertThat(CallMachine.step(state, event, 5_000, SETTINGS)).isEqualTo(new Step(state, List.of()));
                }
            }
        }
    }

    @Test
    void aDeadlineThatPassedIsActedUpon() {
        for (CallState state : states()) {
            long deadline = CallMachine.deadline(state, SETTINGS);
            if (deadline == TurnState.NEVER || state.route() instanceof Route.Over) {
                continue;
            }
            CallState next = state;
            for (int i = 0; i < 3; i++) {
                next = CallMachine.step(next, new CallEvent.TimePassed(), deadline, SETTINGS)
                        .state();
            }
            assertThat(CallMachine.deadline(next, SETTINGS)).as("%s", state).isNotEqualTo(deadline);
        }
    }

    @Test
    void inAnyCallEveryLinkIsOpenedOnceAndClosedOnceAndNeverTwoAreOpen() {
        for (int seed = 0; seed < 2_000; seed++) {
            Random random = new Random(seed);
            Walk walk = new Walk("seed " + seed);
            walk.step(new CallEvent.Begun(BackendKind.values()[random.nextInt(3)]), 0);
            long now = 0;
            for (int i = 0; i < 60; i++) {
                now += random.nextInt(600);
                List<CallEvent> possible = events(walk.state.route().openGeneration(), now);
                walk.step(possible.get(random.nextInt(possible.size())), now);
            }
            walk.step(new CallEvent.HungUp(), now);
            assertThat(walk.open).as(walk.name).isZero();
        }
    }

    /** One call; checks the order of its effects. */
    private static final class Walk {
        final String name;
        CallState state = CallState.NEW;
        int open;
        int lastOpened;
        boolean kept;

        Walk(String name) {
            this.name = name;
        }

        void step(CallEvent event, long now) {
            Step step = CallMachine.step(state, event, now, SETTINGS);
            state = step.state();
            for (CallEffect effect : step.effects()) {
                switch (effect) {
                    case CallEffect.OpenLink(int generation, BackendKind _, var _) -> {
                        assertThat(open).as(name).isZero();
                        assertThat(generation).as(name).isEqualTo(lastOpened + 1);
                        open = generation;
                        lastOpened = generation;
                    }
                    case CallEffect.CloseLink(int generation, String _) -> {
                        assertThat(generation).as(name).isEqualTo(open);
                        open = 0;
                    }
                    case CallEffect.Interrupt(int generation, String _, long _) ->
                        assertThat(generation).as(name).isEqualTo(open);
                    case CallEffect.ReplayQuestion _ ->
                        assertThat(open != 0 && kept).as(name).isTrue();
                    case CallEffect.AskForAnswer _ -> assertThat(open).as(name).isNotZero();
                    case CallEffect.KeepQuestion _ -> kept = true;
                    case CallEffect.ForgetQuestion _ -> kept = false;
                    case CallEffect.ReportTurn(BackendKind _, long latency) ->
                        assertThat(latency).as(name).isNotNegative();
                    case CallEffect.TellTurnStarted _,
                            CallEffect.TellTurnEnded _,
                            CallEffect.TakeAnswer _,
                            CallEffect.CompleteAnswer _,
                            CallEffect.StopSound _,
                            CallEffect.PlayFiller _,
                            CallEffect.CloseGate _,
                            CallEffect.HangUp _,
                            CallEffect.ReportMove _,
                            CallEffect.ReportBargeIn _,
                            CallEffect.ReportTrouble _ -> {}
                }
            }
            assertThat(state.questionKept()).as(name).isEqualTo(kept);
            assertThat(state.route().openGeneration()).as(name).isEqualTo(open);
        }
    }

    private static List<CallEvent> events(int generation, long now) {
        List<CallEvent> events = new ArrayList<>(List.of(
                new CallEvent.Begun(BackendKind.PROVIDER),
                new CallEvent.CallerSpoke(now - 40),
                new CallEvent.CallerPaused(now - 300, 900),
                new CallEvent.CallerPaused(now - 300, 80),
                new CallEvent.CallerAudioEnded(),
                new CallEvent.HungUp(),
                new CallEvent.EgressClosed(),
                new CallEvent.TimePassed(),
                new CallEvent.LinkReady(generation),
                new CallEvent.LinkFailed(generation, FailureReason.SOCKET_CLOSED),
                new CallEvent.LinkTroubled(generation, FailureReason.RATE_LIMITED),
                new CallEvent.SpeechHeard(generation),
                new CallEvent.CallerSaid(generation, "ja"),
                new CallEvent.CallerSaid(generation, "")));
        for (String id : List.of("a", "b")) {
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
    private static List<CallState> states() {
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
                new TurnState.Answering(asked, begun.withArrived().withAudible().withComplete()));
        List<Route> routes = List.of(
                new Route.Unopened(),
                new Route.Connecting(2, BackendKind.PROVIDER, 100),
                new Route.Connected(2, BackendKind.PROVIDER),
                new Route.Connected(2, BackendKind.LOCAL),
                new Route.Connected(2, BackendKind.ANNOUNCEMENT),
                new Route.Nobody(),
                new Route.Over());
        List<CallState> states = new ArrayList<>();
        for (Route route : routes) {
            for (TurnState turn : turns) {
                states.add(new CallState(route, turn, Conversation.EMPTY, false, false, TurnState.NEVER));
                states.add(new CallState(route, turn, new Conversation(List.of(), "hallo", false), true, true, 9_000));
            }
        }
        return states;
    }
}
