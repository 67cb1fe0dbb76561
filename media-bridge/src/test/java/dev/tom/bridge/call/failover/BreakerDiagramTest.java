package dev.tom.bridge.call.failover;

import dev.tom.bridge.call.StateDiagram;
import dev.tom.bridge.call.failover.BreakerState.OnLocal;
import dev.tom.bridge.call.failover.BreakerState.OnProvider;
import dev.tom.bridge.call.failover.BreakerState.Probing;
import dev.tom.bridge.speech.FailureReason;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Every pair of state and event of the breaker answers, and its diagram in docs/states is the machine's. */
class BreakerDiagramTest {

    @Test
    void theBreakerIsDrawnAsItIs() {
        TurnWindow slow = TurnWindow.EMPTY;
        for (int i = 0; i < 20; i++) {
            slow = slow.with(1_990_000, true);
        }
        List<BreakerState> states = List.of(
                OnProvider.FRESH,
                OnProvider.FRESH.with(List.of(1_999_000L, 1_999_500L)),
                OnProvider.FRESH.with(slow).withSlowSince(1_000_000),
                new OnLocal(1_000_000, "error_burst", 0),
                new OnLocal(3_000_000, "latency_p95", 0),
                new Probing(1_999_000, 0),
                new Probing(1_000_000, 1));
        List<PodBreaker.Event> events = List.of(
                new PodBreaker.Event.Trouble(FailureReason.SOCKET_CLOSED),
                new PodBreaker.Event.TurnAnswered(3_000),
                new PodBreaker.Event.TurnAbandoned(3_000),
                new PodBreaker.Event.TimePassed(true),
                new PodBreaker.Event.TimePassed(false),
                new PodBreaker.Event.ProbeSucceeded(),
                new PodBreaker.Event.ProbeFailed(FailureReason.TIMEOUT));
        StateDiagram diagram = new StateDiagram("Whether new calls may go to the provider", false);
        for (BreakerState state : states) {
            for (PodBreaker.Event event : events) {
                diagram.saw(
                        state,
                        event,
                        PodBreaker.step(state, event, 2_000_000, FallbackSettings.DEFAULT)
                                .state());
            }
        }
        diagram.check("breaker.mmd");
    }
}
