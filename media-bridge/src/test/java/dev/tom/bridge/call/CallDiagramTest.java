package dev.tom.bridge.call;

import dev.tom.bridge.speech.BackendKind;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The diagrams of a call in docs/states are those of the machine. */
class CallDiagramTest {

    @Test
    void turnsAndRoutesAreDrawnAsTheyAre() {
        StateDiagram turn = new StateDiagram("Who speaks in a call", false);
        StateDiagram route = new StateDiagram("Which backend a call talks to", true);
        for (CallState state : CallSamples.states()) {
            List<CallEvent> events =
                    new ArrayList<>(CallSamples.events(state.route().openGeneration(), 20_000));
            events.add(new CallEvent.Begun(BackendKind.LOCAL));
            for (CallEvent event : events) {
                for (boolean saturated : new boolean[] {false, true}) {
                    CallSettings settings = CallSettings.DEFAULT.with(new CallSettings.Overflow(saturated, ""));
                    CallState next =
                            CallMachine.step(state, event, 20_000, settings).state();
                    route.saw(state.route(), event, next.route());
                    if (state.route() instanceof Route.Connected && next.route() instanceof Route.Connected) {
                        turn.saw(state.turn(), event, next.turn());
                    }
                }
            }
        }
        turn.check("turn.mmd");
        route.check("route.mmd");
    }
}
