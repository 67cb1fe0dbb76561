package dev.tom.operator.observe;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tom.bridge.call.egress.EgressReason;
import dev.tom.bridge.cost.CostLedger;
import dev.tom.bridge.egress.EgressSnapshot;
import dev.tom.bridge.observe.CallCounts;
import dev.tom.bridge.session.DeskSnapshot;
import dev.tom.bridge.speech.BackendKind;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a bridge really says is what is read here. */
class StatusContractTest {

    private static final Instant NOW = Instant.parse("2026-12-01T08:00:00Z");

    @Test
    void everyFigureArrives() throws Exception {
        String said = new dev.tom.bridge.observe.BridgeStatus(
                        "pilot",
                        "pilot-bridge-a",
                        NOW.minusSeconds(60),
                        NOW,
                        "0123456789abcdef",
                        new DeskSnapshot(2, BackendKind.PROVIDER, "as configured", false),
                        new EgressSnapshot(
                                true, Optional.of(NOW.plusSeconds(60)), EgressReason.OPEN, 3, Optional.empty()),
                        new CallCounts(5, 1, 4, 6, 7, Map.of("socket_closed", 13L), 12, 420, 640, 8, 48, 3.2, 1.1),
                        new CostLedger.Totals(9, new BigDecimal("0.0421")),
                        false)
                .toJson()
                .encode();

        assertThat(new ObjectMapper().readValue(said, BridgeStatus.class))
                .isEqualTo(new BridgeStatus(
                        "pilot",
                        "pilot-bridge-a",
                        "2026-12-01T07:59:00Z",
                        "provider",
                        "as configured",
                        new BridgeStatus.Lease(true),
                        3,
                        new BridgeStatus.Calls(2, 5, 1, 4),
                        new BridgeStatus.Failovers(6, 7, Map.of("socket_closed", 13)),
                        new BridgeStatus.Turns(12, 420, 640),
                        new BridgeStatus.Minutes(3.2, 1.1),
                        new BridgeStatus.Cost(9, 0.0421)));
    }
}
