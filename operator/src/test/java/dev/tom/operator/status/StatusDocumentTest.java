package dev.tom.operator.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tom.crds.v1alpha1.TestWindow;
import dev.tom.crds.v1alpha1.TestWindowStatus;
import dev.tom.operator.observe.World;
import dev.tom.operator.report.ReportBook;
import dev.tom.operator.report.WindowReport;
import dev.tom.operator.window.Decision;
import dev.tom.operator.window.EgressChoice;
import dev.tom.operator.window.FactType;
import dev.tom.operator.window.GatewayReading;
import dev.tom.operator.window.Observed;
import dev.tom.operator.window.Preflight;
import dev.tom.operator.window.WindowHistory;
import dev.tom.operator.window.WindowMachine;
import dev.tom.operator.window.WindowPlan;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class StatusDocumentTest {

    private static final Instant START = Instant.parse("2026-12-01T08:00:00Z");

    @Test
    void unchangedWorldMakesAnUnchangedStatus() {
        TestWindowStatus first = status(null, START, 0);
        assertThat(status(first, START.plusSeconds(5), 0)).isEqualTo(first);
    }

    @Test
    void timeOfTransitionMovesWithTheStatusOfTheConditionOnly() {
        TestWindowStatus first = status(null, START, 0);
        TestWindowStatus second = status(first, START.plusSeconds(5), 1);

        assertThat(condition(second, "Ready").getStatus()).isEqualTo("True");
        assertThat(condition(second, "Ready").getLastTransitionTime()).isEqualTo("2026-12-01T08:00:05Z");
        assertThat(condition(second, "EgressOpen").getLastTransitionTime()).isEqualTo("2026-12-01T08:00:00Z");
    }

    @Test
    void everyConditionAnswersTheGenerationThatWasRead() {
        assertThat(status(null, START, 0).conditions())
                .hasSize(FactType.values().length - 2)
                .allSatisfy(condition ->
                        assertThat(condition.getObservedGeneration()).isEqualTo(4L));
    }

    private static Condition condition(TestWindowStatus status, String type) {
        return status.conditions().stream()
                .filter(condition -> condition.getType().equals(type))
                .findFirst()
                .orElseThrow();
    }

    private static TestWindowStatus status(@Nullable TestWindowStatus before, Instant now, int readyBridges) {
        TestWindow window = new KubernetesSerialization().unmarshal("""
                apiVersion: tom.dev/v1alpha1
                kind: TestWindow
                metadata: {name: pilot, namespace: voice, generation: 4}
                spec: {window: {durationSeconds: 600}}
                """, TestWindow.class);
        window.setStatus(before);
        // The machine remembers the opening, as the status would.
        WindowHistory history = new WindowHistory(
                Optional.empty(), Optional.empty(), Optional.of(START), Optional.empty(), java.util.Map.of());
        Observed observed = new Observed(
                WindowPlan.of(START, Duration.ofMinutes(10), true, false, false),
                history,
                Optional.empty(),
                Preflight.NOT_LOOKED,
                Optional.empty(),
                EgressChoice.NONE,
                true,
                GatewayReading.ABSENT,
                List.of(),
                readyBridges);
        World world = new World(window, observed, List.of(), List.of(), List.of());
        Decision decision = WindowMachine.decide(observed, now);
        Optional<WindowReport> report =
                new ReportBook().page(world, decision, now).told();
        return StatusDocument.of(world, decision, decision.facts(), report, now);
    }
}
