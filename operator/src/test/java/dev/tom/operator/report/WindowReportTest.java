package dev.tom.operator.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tom.crds.v1alpha1.TestWindow;
import dev.tom.operator.observe.BridgeStatus;
import dev.tom.operator.window.Decision;
import dev.tom.operator.window.Egress;
import dev.tom.operator.window.EgressMeans;
import dev.tom.operator.window.GatewayWish;
import dev.tom.operator.window.PolicyWish;
import dev.tom.operator.window.WindowHistory;
import dev.tom.operator.window.WindowPhase;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class WindowReportTest {

    private static final Instant END = Instant.parse("2026-12-01T10:00:00Z");
    private static final TestWindow WINDOW = window();
    private static final Decision DECISION = new Decision(
            WindowPhase.OPEN,
            new Egress.Open(END),
            EgressMeans.NETWORK_POLICY,
            PolicyWish.PRESENT,
            new GatewayWish.None(),
            true,
            END.minusSeconds(7200),
            END,
            Optional.of(END.minusSeconds(7199)),
            Optional.empty(),
            OptionalLong.empty(),
            List.of(),
            List.of(),
            false,
            END);

    @Test
    void bridgeThatIsGoneStillCounts() throws Exception {
        WindowReport first =
                of(WindowHistory.NONE, List.of(), status("a", "08:00", 3, 0.01), status("b", "08:00", 2, 0.02));
        ConfigMap stored = first.configMap(WINDOW, DECISION);

        WindowReport second = of(WindowHistory.NONE, List.of(stored), status("b", "08:00", 4, 0.04));

        assertThat(second.totals().calls()).isEqualTo(7);
        assertThat(second.totals().costEur()).isEqualTo(0.05);
    }

    @Test
    void restartedBridgeBeginsANewRun() throws Exception {
        ConfigMap stored =
                of(WindowHistory.NONE, List.of(), status("a", "08:00", 3, 0.01)).configMap(WINDOW, DECISION);

        WindowReport second = of(WindowHistory.NONE, List.of(stored), status("a", "09:00", 1, 0.01));

        assertThat(second.totals().calls()).isEqualTo(4);
        assertThat(second.bridges()).hasSize(2);
    }

    @Test
    void closedReportDoesNotChange() throws Exception {
        ConfigMap stored =
                of(WindowHistory.NONE, List.of(), status("a", "08:00", 3, 0.01)).configMap(WINDOW, DECISION);
        WindowHistory closed = new WindowHistory(
                Optional.of(WindowPhase.CLOSED), Optional.of(END), Optional.empty(), Optional.of(END), Map.of());

        assertThat(of(closed, List.of(stored), status("a", "08:00", 9, 0.01))
                        .totals()
                        .calls())
                .isEqualTo(3);
    }

    @Test
    void equalFiguresMakeEqualConfigMaps() throws Exception {
        ConfigMap stored =
                of(WindowHistory.NONE, List.of(), status("a", "08:00", 3, 0.01)).configMap(WINDOW, DECISION);

        assertThat(of(WindowHistory.NONE, List.of(stored), status("a", "08:00", 3, 0.01))
                        .configMap(WINDOW, DECISION))
                .isEqualTo(stored);
    }

    @Test
    void spoiledReportIsCollectedAnew() throws Exception {
        ConfigMap stored =
                of(WindowHistory.NONE, List.of(), status("a", "08:00", 3, 0.01)).configMap(WINDOW, DECISION);
        stored.setData(Map.of("report.json", "{"));

        assertThat(of(WindowHistory.NONE, List.of(stored), status("a", "08:00", 3, 0.01))
                        .totals()
                        .calls())
                .isEqualTo(3);
    }

    @Test
    void verdictFollowsTheFigures() {
        assertThat(verdict(0, 0, 0)).isEqualTo(Verdict.NO_CALLS);
        assertThat(verdict(5, 0, 0)).isEqualTo(Verdict.CLEAN);
        assertThat(verdict(5, 0, 1)).isEqualTo(Verdict.FAILED_OVER);
        assertThat(verdict(5, 1, 1)).isEqualTo(Verdict.CALLS_DROPPED);
    }

    @Test
    void markdownIsForPeople() throws Exception {
        WindowReport report = of(WindowHistory.NONE, List.of(), status("a", "08:00", 3, 0.0421));
        assertThat(report.configMap(WINDOW, DECISION).getData().get("report.md"))
                .contains("# Test window voice/pilot")
                .contains("Clean: The provider answered every call.")
                .contains("| calls | 3 (0 dropped, 0 refused) |")
                .contains("| proven closed | not |")
                .contains("| a | 2026-12-01T08:00:00Z | 3 | 0 | 420 | 640 | 0.0421 |");
    }

    private static Verdict verdict(int calls, int dropped, int failovers) {
        return Verdict.of(new Totals(calls, dropped, 0, 0, failovers, Map.of(), 0, 0, 0, 0, 0, 0));
    }

    private static WindowReport of(WindowHistory history, List<HasMetadata> objects, BridgeStatus... statuses) {
        return WindowReport.of(WINDOW, history, objects, List.of(statuses));
    }

    private static BridgeStatus status(String pod, String since, int calls, double eur) throws Exception {
        return new ObjectMapper().readValue("""
                        {"window":"pilot","pod":"%s","startedAt":"2026-12-01T%s:00Z","backend":"provider",
                         "lease":{"allowed":true},"providerSockets":0,"calls":{"active":0,"total":%d,"dropped":0,"refused":0},
                         "turns":{"count":4,"p50Millis":420,"p95Millis":640},"cost":{"records":1,"eur":%s}}
                        """.formatted(pod, since, calls, eur), BridgeStatus.class);
    }

    private static TestWindow window() {
        TestWindow window = new TestWindow();
        window.setMetadata(new ObjectMetaBuilder()
                .withName("pilot")
                .withNamespace("voice")
                .withUid("u")
                .build());
        return window;
    }
}
