package dev.tom.operator.status;

import dev.tom.crds.v1alpha1.BridgesSummary;
import dev.tom.crds.v1alpha1.Phase;
import dev.tom.crds.v1alpha1.ReportSummary;
import dev.tom.crds.v1alpha1.TestWindow;
import dev.tom.crds.v1alpha1.TestWindowStatus;
import dev.tom.crds.v1alpha1.WindowTimes;
import dev.tom.operator.desired.Labels;
import dev.tom.operator.desired.Names;
import dev.tom.operator.observe.BridgeStatus;
import dev.tom.operator.observe.World;
import dev.tom.operator.report.Totals;
import dev.tom.operator.report.WindowReport;
import dev.tom.operator.window.Decision;
import dev.tom.operator.window.Fact;
import dev.tom.operator.window.WindowPhase;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ConditionBuilder;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The status that a decision and a report amount to. Pure. */
final class StatusDocument {

    private StatusDocument() {}

    static TestWindowStatus of(
            World world, Decision decision, List<Fact> facts, Optional<WindowReport> report, Instant now) {
        TestWindow window = world.window();
        Long generation = window.getMetadata().getGeneration();
        return new TestWindowStatus(
                generation,
                phase(decision.phase()),
                conditions(window.getStatus(), facts, generation, now),
                new WindowTimes(
                        decision.opensAt(),
                        decision.endsAt(),
                        decision.openedAt().orElse(null),
                        decision.closedAt().orElse(null),
                        orNull(decision.closedLateMillis())),
                bridges(world),
                report(window, report));
    }

    /**
     * The one merge rule: the time of transition moves with the condition's status only, so that an unchanged world makes an unchanged document.
     */
    private static List<Condition> conditions(
            @Nullable TestWindowStatus before, List<Fact> facts, @Nullable Long generation, Instant now) {
        Map<String, Condition> known = before == null
                ? Map.of()
                : before.conditions().stream()
                        .collect(Collectors.toMap(Condition::getType, Function.identity(), (one, other) -> one));
        return facts.stream()
                .map(fact -> new ConditionBuilder()
                        .withType(fact.type().text())
                        .withStatus(fact.truth().text())
                        .withReason(fact.reason().text())
                        .withMessage(fact.message())
                        .withObservedGeneration(generation)
                        .withLastTransitionTime(Optional.ofNullable(
                                        known.get(fact.type().text()))
                                .filter(condition -> condition
                                        .getStatus()
                                        .equals(fact.truth().text()))
                                .map(Condition::getLastTransitionTime)
                                .orElse(now.truncatedTo(ChronoUnit.SECONDS).toString()))
                        .build())
                .toList();
    }

    private static BridgesSummary bridges(World world) {
        List<BridgeStatus> statuses = world.statuses();
        List<String> backends =
                statuses.stream().map(BridgeStatus::backend).distinct().toList();
        return new BridgesSummary(
                world.bridgePods().size(),
                Labels.selector(world.window()).entrySet().stream()
                        .map(label -> label.getKey() + "=" + label.getValue())
                        .collect(Collectors.joining(",")),
                world.observed().readyBridges(),
                statuses.stream().mapToInt(status -> status.calls().active()).sum(),
                statuses.stream().mapToInt(BridgeStatus::providerSockets).sum(),
                switch (backends.size()) {
                    case 0 -> null;
                    case 1 -> backends.getFirst();
                    default -> "mixed";
                });
    }

    /** What cannot be told anew stays as it was told. */
    private static @Nullable ReportSummary report(TestWindow window, Optional<WindowReport> report) {
        TestWindowStatus before = window.getStatus();
        return report.map(told -> summary(window, told)).orElse(before == null ? null : before.report());
    }

    private static ReportSummary summary(TestWindow window, WindowReport report) {
        Totals totals = report.totals();
        return new ReportSummary(
                totals.calls(),
                totals.minutes().doubleValue(),
                totals.failovers(),
                totals.turns().p95Millis(),
                totals.costEur().toPlainString(),
                report.judgement().verdict().word(),
                report.judgement().why(),
                Names.report(window.getMetadata().getName()));
    }

    private static @Nullable Long orNull(OptionalLong value) {
        return value.isPresent() ? value.getAsLong() : null;
    }

    private static Phase phase(WindowPhase phase) {
        return switch (phase) {
            case PENDING -> Phase.PENDING;
            case PREFLIGHT -> Phase.PREFLIGHT;
            case OPEN -> Phase.OPEN;
            case CLOSING -> Phase.CLOSING;
            case CLOSED -> Phase.CLOSED;
            case FAILED -> Phase.FAILED;
        };
    }
}
