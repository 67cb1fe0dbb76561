package dev.tom.operator.report;

import dev.tom.crds.v1alpha1.TestWindow;
import dev.tom.operator.window.Decision;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The report for people. */
final class MarkdownReport {

    private MarkdownReport() {}

    static String of(TestWindow window, Decision decision, WindowReport report) {
        Totals totals = report.totals();
        var text = new StringBuilder();
        line(
                text,
                "# Test window %s/%s",
                window.getMetadata().getNamespace(),
                window.getMetadata().getName());
        line(text, "");
        line(text, "%s %s", report.verdict().text() + ":", report.verdict().sentence());
        line(text, "");
        line(text, "| | |");
        line(text, "|---|---|");
        line(text, "| phase | %s |", decision.phase().text());
        line(text, "| opens | %s |", decision.opensAt());
        line(text, "| ends | %s |", decision.endsAt());
        line(text, "| opened | %s |", orNever(decision.openedAt()));
        line(text, "| proven closed | %s |", orNever(decision.closedAt()));
        line(text, "| calls | %d (%d dropped, %d refused) |", totals.calls(), totals.dropped(), totals.refused());
        line(text, "| minutes | %.1f provider, %.1f local |", totals.providerMinutes(), totals.localMinutes());
        line(
                text,
                "| failovers | %d of pods, %d of calls%s |",
                totals.podFailovers(),
                totals.callFailovers(),
                reasons(totals.failoverReasons()));
        line(text, "| answers | %d, worst p95 %.0f ms |", totals.turns(), totals.p95Millis());
        line(text, "| cost | %.4f EUR in %d records |", totals.costEur(), totals.costRecords());
        line(text, "");
        line(text, "| bridge | since | calls | failovers | p50 ms | p95 ms | EUR |");
        line(text, "|---|---|---|---|---|---|---|");
        for (BridgeRun run : report.bridges()) {
            line(
                    text,
                    "| %s | %s | %d | %d | %.0f | %.0f | %.4f |",
                    run.pod(),
                    run.startedAt(),
                    run.calls(),
                    run.podFailovers() + run.callFailovers(),
                    run.p50Millis(),
                    run.p95Millis(),
                    run.costEur());
        }
        return text.toString();
    }

    private static String orNever(Optional<Instant> time) {
        return time.map(Instant::toString).orElse("not");
    }

    private static String reasons(Map<String, Integer> reasons) {
        return reasons.isEmpty()
                ? ""
                : reasons.entrySet().stream()
                        .map(reason -> reason.getKey() + " " + reason.getValue())
                        .collect(Collectors.joining(", ", " (", ")"));
    }

    private static void line(StringBuilder text, String format, Object... values) {
        text.append(String.format(Locale.ROOT, format, values)).append('\n');
    }
}
