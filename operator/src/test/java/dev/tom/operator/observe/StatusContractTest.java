package dev.tom.operator.observe;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tom.bridge.call.egress.EgressReason;
import dev.tom.bridge.cost.account.BackendSums;
import dev.tom.bridge.cost.account.LedgerStatus;
import dev.tom.bridge.cost.account.Tokens;
import dev.tom.bridge.cost.journal.JournalOrigin;
import dev.tom.bridge.egress.EgressSnapshot;
import dev.tom.bridge.observe.CallCounts;
import dev.tom.bridge.preflight.CanaryResult;
import dev.tom.bridge.preflight.Finding;
import dev.tom.bridge.preflight.PreflightSnapshot;
import dev.tom.bridge.session.DeskSnapshot;
import dev.tom.bridge.speech.BackendKind;
import dev.tom.operator.window.BridgeReading;
import dev.tom.operator.window.CanaryOutcome;
import dev.tom.operator.window.Truth;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What a bridge really says is what is read here. */
class StatusContractTest {

    private static final Instant NOW = Instant.parse("2026-12-01T08:00:00Z");

    @Test
    void everyFigureArrives() throws Exception {
        var turns = new CallCounts.Latency(12, 420, 640, new TreeMap<>(Map.of(420, 11L, 640, 1L)));
        var counts = new CallCounts(
                5,
                1,
                4,
                3,
                1,
                Map.of("provider", 2L),
                6,
                7,
                Map.of("socket_closed", 13L),
                Map.of("stalled", 2L),
                turns,
                Map.of("provider", turns),
                new CallCounts.Latency(8, 40, 48, new TreeMap<>(Map.of(48, 8L))));
        var sums = new BackendSums(
                9,
                192_004,
                1,
                new BigDecimal("0.03"),
                new BigDecimal("0.002"),
                new BigDecimal("0.0101"),
                new Tokens(7, 5, 3));
        var own = new dev.tom.bridge.cost.account.RunAccount(
                "pilot-bridge-a@2026-12-01T07:59:00Z", 4, NOW, new TreeMap<>(Map.of("provider", sums)));
        var dead = new dev.tom.bridge.cost.account.RunAccount(
                "pilot-bridge-b@2026-12-01T07:58:00.500Z", 2, NOW, new TreeMap<>(Map.of("local", sums)));
        String said = new dev.tom.bridge.observe.BridgeStatus(
                        "pilot",
                        "pilot-bridge-a",
                        NOW.minusSeconds(60),
                        NOW,
                        "0123456789abcdef",
                        new DeskSnapshot(2, BackendKind.PROVIDER, "as configured", false),
                        new EgressSnapshot(
                                true, Optional.of(NOW.plusSeconds(60)), EgressReason.OPEN, 3, Optional.empty()),
                        counts,
                        new LedgerStatus(own, List.of(dead), 4),
                        new PreflightSnapshot(
                                new Finding("warm", Optional.of(true), ""),
                                new Finding("loading", Optional.empty(), "The speech worker is loading its models."),
                                new Finding("no_room", Optional.of(false), "Make room."),
                                new Finding("reached", Optional.of(true), ""),
                                Optional.of(NOW),
                                Optional.of(new CanaryResult(NOW, CanaryResult.Outcome.TIMEOUT, NOW))),
                        false)
                .toJson()
                .encode();

        BridgeStatus heard = new ObjectMapper().readValue(said, BridgeStatus.class);

        var account = new BackendAccount(
                9,
                192_004,
                1,
                new BigDecimal("0.030000"),
                new BigDecimal("0.002000"),
                new BigDecimal("0.010100"),
                7,
                5,
                3);
        assertThat(heard)
                .isEqualTo(new BridgeStatus(
                        "pilot",
                        "pilot-bridge-a",
                        "2026-12-01T07:59:00Z",
                        "provider",
                        "as configured",
                        new BridgeStatus.Lease(true),
                        3,
                        new BridgeStatus.Calls(2, 5, 1, 4, 3, 1, Map.of("provider", 2)),
                        new BridgeStatus.Failovers(6, 7, Map.of("socket_closed", 13)),
                        new BridgeStatus.Errors(Map.of("stalled", 2)),
                        new BridgeStatus.Turns(Map.of("provider", new BridgeStatus.Latency(Map.of(420, 11L, 640, 1L)))),
                        new BridgeStatus.Latency(Map.of(48, 8L)),
                        new BridgeStatus.Ledger(
                                new RunAccount(
                                        "pilot-bridge-a@2026-12-01T07:59:00Z",
                                        4,
                                        "2026-12-01T08:00:00Z",
                                        Map.of("provider", account)),
                                List.of(new RunAccount(
                                        "pilot-bridge-b@2026-12-01T07:58:00.500Z",
                                        2,
                                        "2026-12-01T08:00:00Z",
                                        Map.of("local", account))),
                                4),
                        new PreflightStatus(
                                new PreflightStatus.Part(true, ""),
                                new PreflightStatus.Part(null, "The speech worker is loading its models."),
                                new PreflightStatus.Part(false, "Make room."),
                                new PreflightStatus.Part(true, "")),
                        new CanaryStatus("2026-12-01T08:00:00Z", "timeout")));
        assertThat(heard.run())
                .as("the ledger's name of this run")
                .isEqualTo(heard.ledger().own().run());
    }

    @Test
    void everyOutcomeOfACanaryIsKnownHere() {
        for (CanaryResult.Outcome outcome : CanaryResult.Outcome.values()) {
            assertThat(new CanaryStatus(NOW.toString(), outcome.label()).tried())
                    .hasValue(new BridgeReading.Tried(NOW, CanaryOutcome.valueOf(outcome.name())));
        }
    }

    @Test
    void anOlderBridgeIsAskedAllTheSame() throws Exception {
        BridgeStatus old = new ObjectMapper()
                .readValue("{\"lease\":{\"allowed\":false},\"providerSockets\":0}", BridgeStatus.class);

        assertThat(old.preflight().said().costLog().truth()).isEqualTo(Truth.UNKNOWN);
        assertThat(old.canary().tried()).isEmpty();
    }

    @Test
    void theRunOfARecordIsTheRunOfTheStatus() {
        Instant started = Instant.parse("2026-12-01T08:00:00.123456Z");
        assertThat(JournalOrigin.of("pilot-bridge-a", "pilot", "m", started).run())
                .isEqualTo("pilot-bridge-a@2026-12-01T08:00:00.123Z");
    }
}
