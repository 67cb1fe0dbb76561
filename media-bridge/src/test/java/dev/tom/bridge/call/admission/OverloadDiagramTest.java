package dev.tom.bridge.call.admission;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tom.bridge.call.StateDiagram;
import dev.tom.bridge.call.admission.AdmissionRules.Arrival;
import dev.tom.bridge.call.admission.AdmissionRules.Decision;
import dev.tom.bridge.call.admission.AdmissionRules.Situation;
import dev.tom.bridge.call.admission.OverloadState.LocalWork;
import dev.tom.bridge.call.admission.OverloadState.Loops;
import dev.tom.bridge.speech.BackendKind;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Every pair of state and event of the ladder answers; its diagram and the one of admission are drawn from the code. */
class OverloadDiagramTest {

    private static final long NOW = 100_000;
    private static final OverloadSettings STEERING =
            new OverloadSettings(120, 2_500, "", "ws://bridges:8080", "ws://bridges:8080");

    @Test
    void theLadderIsDrawnAsItIs() {
        StateDiagram diagram = new StateDiagram("How loaded the pod is", false);
        List<OverloadLadder.Event> events = List.of(
                new OverloadLadder.Event.Measured(0, 0, 0),
                new OverloadLadder.Event.Measured(500, 0, 0),
                new OverloadLadder.Event.Measured(0, 1, 0),
                new OverloadLadder.Event.Measured(0, 0, 9_000),
                new OverloadLadder.Event.DrainBegan());
        for (OverloadState state : states()) {
            for (OverloadLadder.Event event : events) {
                OverloadLadder.Step step = OverloadLadder.step(state, event, NOW, OverloadSettings.DEFAULT);
                assertThat(step.state().draining()).isEqualTo(state.draining() || event.equals(events.getLast()));
                if (step.state().rung() != state.rung()) {
                    diagram.arrow(
                            state.rung().name(),
                            event.getClass().getSimpleName(),
                            step.state().rung().name());
                }
            }
        }
        diagram.check("overload.mmd");
    }

    @Test
    void admissionIsDrawnAsItIs() {
        StateDiagram diagram = new StateDiagram("What becomes of a new call", false);
        for (OverloadState state : states()) {
            for (int active : List.of(3, 10)) {
                for (OverloadSettings settings : List.of(OverloadSettings.DEFAULT, STEERING)) {
                    for (int way = 0; way < 16; way++) {
                        var situation = new Situation(
                                active,
                                10,
                                state,
                                (way & 1) == 0 ? BackendKind.PROVIDER : BackendKind.LOCAL,
                                (way & 2) == 0,
                                (way & 4) == 0,
                                (way & 8) == 0);
                        draw(diagram, situation, AdmissionRules.decide(situation, new Arrival(true, 0), settings));
                    }
                }
            }
        }
        diagram.check("admission.mmd");
    }

    private static void draw(StateDiagram diagram, Situation situation, Decision decision) {
        String from = situation.overload().rung().name();
        String full = situation.activeCalls() >= situation.maxCalls() ? "MAX_CALLS are live" : "";
        switch (decision) {
            case Decision.Take(BackendKind backend, String _) ->
                diagram.arrow(
                        from,
                        backend == BackendKind.LOCAL && situation.overload().localSaturated()
                                ? "hears that all lines are busy"
                                : "room",
                        backend.label());
            case Decision.Refuse(int status, int _, String _) ->
                diagram.arrow(from, full.isEmpty() ? "no redirect" : full + ", no redirect", "refused_" + status);
            case Decision.Steer _ ->
                diagram.arrow(from, full.isEmpty() ? "redirect" : full + ", redirect", "another_pod_302");
        }
    }

    private static List<OverloadState> states() {
        List<OverloadState> states = new ArrayList<>();
        for (Loops loops : List.of(
                new Loops.OnTime(OverloadState.NEVER),
                new Loops.OnTime(NOW - 10_000),
                new Loops.Late(OverloadState.NEVER),
                new Loops.Late(NOW - 20_000))) {
            for (LocalWork local : List.of(
                    new LocalWork.KeepsUp(), new LocalWork.Saturated(NOW - 1_000), new LocalWork.Saturated(0))) {
                states.add(new OverloadState(loops, local, false));
                states.add(new OverloadState(loops, local, true));
            }
        }
        return states;
    }
}
