package dev.tom.bridge.call;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tom.bridge.call.turn.TurnState;
import dev.tom.bridge.speech.BackendKind;
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
        for (CallState state : CallSamples.states()) {
            for (CallEvent event : CallSamples.events(state.route().openGeneration(), 5_000)) {
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
        for (CallState state : CallSamples.states()) {
            for (CallEvent event : CallSamples.events(state.route().openGeneration() - 2, 5_000)) {
                if (event instanceof CallEvent.OfLink && state.route().openGeneration() > 0) {
                    assertThat(CallMachine.step(state, event, 5_000, SETTINGS)).isEqualTo(new Step(state, List.of()));
                }
            }
        }
    }

    @Test
    void aDeadlineThatPassedIsActedUpon() {
        for (CallState state : CallSamples.states()) {
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
            var overflow = new CallSettings.Overflow(seed % 2 == 1, seed % 4 == 3 ? "4099" : "");
            Walk walk = new Walk("seed " + seed, SETTINGS.with(overflow));
            walk.step(new CallEvent.Begun(BackendKind.values()[random.nextInt(3)]), 0);
            long now = 0;
            for (int i = 0; i < 60; i++) {
                now += random.nextInt(600);
                List<CallEvent> possible = CallSamples.events(walk.state.route().openGeneration(), now);
                walk.step(possible.get(random.nextInt(possible.size())), now);
            }
            walk.step(new CallEvent.HungUp(), now);
            assertThat(walk.open).as(walk.name).isZero();
            assertThat(walk.prepared).as(walk.name).isZero();
        }
    }

    /** One call; checks the order of its effects. */
    private static final class Walk {
        final String name;
        final CallSettings settings;
        CallState state = CallState.NEW;
        int open;
        int prepared;
        int lastOpened;
        boolean kept;
        boolean soundHeld;
        boolean wordsHeld;

        Walk(String name, CallSettings settings) {
            this.name = name;
            this.settings = settings;
        }

        void step(CallEvent event, long now) {
            Step step = CallMachine.step(state, event, now, settings);
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
                    case CallEffect.PrepareLink(int generation, BackendKind _, var _) -> {
                        assertThat(open).as(name).isNotZero();
                        assertThat(prepared).as(name).isZero();
                        assertThat(generation).as(name).isEqualTo(lastOpened + 1);
                        prepared = generation;
                        lastOpened = generation;
                    }
                    case CallEffect.UseLink(int generation) -> {
                        assertThat(open).as(name).isZero();
                        assertThat(generation).as(name).isEqualTo(prepared);
                        open = generation;
                        prepared = 0;
                    }
                    case CallEffect.DropLink(int generation) -> {
                        assertThat(generation).as(name).isEqualTo(prepared);
                        prepared = 0;
                    }
                    case CallEffect.ReplayRecent _ -> assertThat(open).as(name).isNotZero();
                    case CallEffect.Interrupt(int generation, String _, long _) ->
                        assertThat(generation).as(name).isEqualTo(open);
                    case CallEffect.ReplayQuestion _ ->
                        assertThat(open != 0 && kept).as(name).isTrue();
                    case CallEffect.AskForAnswer _ -> assertThat(open).as(name).isNotZero();
                    case CallEffect.KeepQuestion _ -> kept = true;
                    case CallEffect.ForgetQuestion _ -> kept = false;
                    case CallEffect.ReportTurn(BackendKind _, long latency) ->
                        assertThat(latency).as(name).isNotNegative();
                    case CallEffect.ReportBargeIn(long latency) ->
                        assertThat(latency).as(name).isNotNegative();
                    case CallEffect.HoldSound _ -> {
                        assertThat(soundHeld).as(name).isFalse();
                        soundHeld = true;
                    }
                    case CallEffect.ResumeSound _, CallEffect.StopSound _ -> soundHeld = false;
                    case CallEffect.HoldWords _ -> {
                        assertThat(wordsHeld).as(name).isFalse();
                        wordsHeld = true;
                    }
                    case CallEffect.ReleaseWords _ -> {
                        assertThat(wordsHeld).as(name).isTrue();
                        wordsHeld = false;
                    }
                    case CallEffect.TellTurnStarted _,
                            CallEffect.TellTurnEnded _,
                            CallEffect.TakeAnswer _,
                            CallEffect.CompleteAnswer _,
                            CallEffect.PlayFiller _,
                            CallEffect.CloseGate _,
                            CallEffect.HangUp _,
                            CallEffect.PlayNotice _,
                            CallEffect.TransferTo _,
                            CallEffect.EndCall _,
                            CallEffect.GoAway _,
                            CallEffect.ReportAbandoned _,
                            CallEffect.ReportMove _,
                            CallEffect.ReportRenewal _,
                            CallEffect.ReportFalseBargeIn _,
                            CallEffect.ReportTrouble _ -> {}
                }
            }
            assertThat(state.questionKept()).as(name).isEqualTo(kept);
            if (!(state.route() instanceof Route.Over)) {
                boolean held = state.turn() instanceof TurnState.Held;
                assertThat(soundHeld).as(name).isEqualTo(held);
                assertThat(wordsHeld).as(name).isEqualTo(held);
            }
            assertThat(state.route().openGeneration()).as(name).isEqualTo(open);
        }
    }
}
