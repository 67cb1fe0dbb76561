package dev.tom.bridge.call;

import org.junit.jupiter.api.Test;

/** The diagrams of a call in docs/states are those of the machine. */
class CallDiagramTest {

    @Test
    void turnsAndRoutesAreDrawnAsTheyAre() {
        StateDiagram turn = new StateDiagram("Who speaks in a call", false);
        StateDiagram route = new StateDiagram("Which backend a call talks to", true);
        for (CallState state : CallSamples.states()) {
            for (CallEvent event : CallSamples.events(state.route().openGeneration(), 20_000)) {
                CallState next = CallMachine.step(state, event, 20_000, CallSettings.DEFAULT)
                        .state();
                route.saw(state.route(), event, next.route());
                if (state.route() instanceof Route.Connected && next.route() instanceof Route.Connected) {
                    turn.saw(state.turn(), event, next.turn());
                }
            }
        }
        turn.check("turn.mmd");
        route.check("route.mmd");
    }
}
