package dev.tom.operator.report;

import dev.tom.crds.v1alpha1.TestWindow;
import dev.tom.operator.observe.BackendAccount;
import dev.tom.operator.observe.BridgeStatus;
import dev.tom.operator.observe.CanaryStatus;
import dev.tom.operator.observe.PreflightStatus;
import dev.tom.operator.observe.RunAccount;
import dev.tom.operator.observe.World;
import dev.tom.operator.window.BridgeReading;
import dev.tom.operator.window.Decision;
import dev.tom.operator.window.EgressChoice;
import dev.tom.operator.window.GatewayReading;
import dev.tom.operator.window.Observed;
import dev.tom.operator.window.Preflight;
import dev.tom.operator.window.WindowHistory;
import dev.tom.operator.window.WindowMachine;
import dev.tom.operator.window.WindowPhase;
import dev.tom.operator.window.WindowPlan;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A window from 08:00 to 10:00, its bridges, and what they say. */
final class Bridges {

    static final Instant START = Instant.parse("2026-12-01T08:00:00Z");

    private Bridges() {}

    static TestWindow window() {
        return new KubernetesSerialization().unmarshal("""
                apiVersion: tom.dev/v1alpha1
                kind: TestWindow
                metadata: {name: pilot, namespace: voice, uid: u, creationTimestamp: "2026-12-01T07:55:00Z"}
                spec:
                  window: {start: "2026-12-01T08:00:00Z", durationSeconds: 7200}
                  provider: {url: wss://api.openai.com/v1/realtime, model: m, apiKeySecretRef: {name: s, key: k}}
                """, TestWindow.class);
    }

    /** A bridge whose run began at a time of 2026-12-01, with so much recorded and so many slow and quick answers. */
    static BridgeStatus status(String pod, String since, int calls, RunAccount own, RunAccount... dead) {
        return new BridgeStatus(
                "pilot",
                pod,
                "2026-12-01T" + since + "Z",
                "provider",
                "as configured",
                new BridgeStatus.Lease(true),
                1,
                new BridgeStatus.Calls(2, calls, 1, 2, 3, 0, Map.of("provider", 1, "local", 1)),
                new BridgeStatus.Failovers(0, 1, Map.of("stalled", 1)),
                new BridgeStatus.Errors(Map.of("stalled", 1)),
                new BridgeStatus.Turns(Map.of(
                        "provider", new BridgeStatus.Latency(Map.of(420, 18L, 640, 2L)),
                        "local", new BridgeStatus.Latency(Map.of(700, 3L)),
                        "announcement", new BridgeStatus.Latency(Map.of()))),
                new BridgeStatus.Latency(Map.of(48, 4L)),
                new BridgeStatus.Ledger(own, List.of(dead), 0),
                PreflightStatus.NOTHING,
                CanaryStatus.NONE);
    }

    /** So many records with the provider, a minute and 0.042100 EUR each, and one with the local pipeline. */
    static RunAccount account(String pod, String since, int records, String lastEnd) {
        BigDecimal many = BigDecimal.valueOf(records);
        return new RunAccount(
                pod + "@2026-12-01T" + since + "Z",
                records,
                "2026-12-01T" + lastEnd + "Z",
                new TreeMap<>(Map.of(
                        "provider",
                        new BackendAccount(
                                records,
                                records * 60_000L,
                                0,
                                new BigDecimal("0.020000").multiply(many),
                                new BigDecimal("0.002100").multiply(many),
                                new BigDecimal("0.020000").multiply(many),
                                700L * records,
                                500L * records,
                                300L * records),
                        "local",
                        new BackendAccount(
                                1,
                                12_345,
                                0,
                                new BigDecimal("0.000100"),
                                new BigDecimal("0.000020"),
                                new BigDecimal("0.000003"),
                                0,
                                0,
                                0))));
    }

    static Look look(Instant now, BridgeStatus... statuses) {
        return new Look(now, false, List.of(), List.of(statuses));
    }

    /** One look at the world: what the operator would hand over. */
    record Look(Instant now, boolean over, List<? extends HasMetadata> stored, List<BridgeStatus> statuses) {

        Look stored(HasMetadata... objects) {
            return new Look(now, over, List.of(objects), statuses);
        }

        /** The status remembers the proof. */
        Look closed() {
            return new Look(now, true, stored, statuses);
        }

        World world() {
            Optional<Instant> opened = Optional.of(START);
            WindowHistory history = new WindowHistory(
                    Optional.of(over ? WindowPhase.CLOSED : WindowPhase.OPEN),
                    Optional.of(START.plusSeconds(7200)),
                    opened,
                    over ? Optional.of(START.plusSeconds(7201)) : Optional.empty(),
                    Map.of());
            Observed observed = new Observed(
                    WindowPlan.of(START, Duration.ofHours(2), true, false, false),
                    history,
                    Optional.empty(),
                    Preflight.NOT_LOOKED,
                    Optional.empty(),
                    EgressChoice.NONE,
                    !over,
                    GatewayReading.ABSENT,
                    statuses.stream()
                            .<BridgeReading>map(status ->
                                    new BridgeReading.Answered(status.pod(), 0, !over, "provider", "as configured"))
                            .toList(),
                    statuses.size());
            return new World(window(), observed, statuses, List.of(), List.copyOf(stored));
        }

        Decision decision() {
            return WindowMachine.decide(world().observed(), now);
        }

        ReportBook.Page in(ReportBook book) {
            return book.page(world(), decision(), now);
        }
    }
}
