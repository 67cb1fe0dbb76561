package dev.tom.operator.report;

import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The report for people, as text. Pure. */
final class MarkdownReport {

    private final StringBuilder text = new StringBuilder();

    private MarkdownReport() {}

    static String of(Heading heading, Collected collected, WindowReport report, Instant collectedAt) {
        var page = new MarkdownReport();
        page.top(heading, report, collectedAt);
        page.figures(report.totals());
        page.backends(report.totals());
        page.runs(collected);
        return page.text.toString();
    }

    private void top(Heading heading, WindowReport report, Instant collectedAt) {
        Judgement judgement = report.judgement();
        line("# Test window %s/%s", heading.namespace(), heading.window());
        line("");
        line("**%s.** %s", capital(judgement.verdict().text()), judgement.why());
        line("");
        line("| | |");
        line("|---|---|");
        line("| phase | %s |", heading.phase());
        line("| opens | %s |", heading.opensAt());
        line("| ends | %s |", heading.endsAt());
        line("| opened | %s |", orNot(heading.openedAt()));
        line("| proven closed | %s |", orNot(heading.closedAt()));
        line("| figures of | %s |", collectedAt);
    }

    private void figures(Totals totals) {
        line(
                "| calls | %d (%d dropped, %d refused, %d steered, %d shed) |",
                totals.calls(), totals.dropped(), totals.refused(), totals.steered(), totals.shed());
        line("| minutes | %s |", totals.minutes().toPlainString());
        line(
                "| failovers | %d of pods, %d of calls%s |",
                totals.podFailovers(), totals.callFailovers(), reasons(totals.failoverReasons()));
        line(
                "| provider errors | %d%s |",
                totals.errors().values().stream().mapToInt(Integer::intValue).sum(), reasons(totals.errors()));
        line("| answers | %s |", latency(totals.turns()));
        line("| interruptions | %s |", latency(totals.bargeIns()));
        line(
                "| cost | %s EUR in %d records%s |",
                totals.costEur().toPlainString(),
                totals.costRecords(),
                totals.unpricedRecords() == 0
                        ? ""
                        : ", %d of them without a price".formatted(totals.unpricedRecords()));
        line("| cost per minute | %s EUR |", orNone(totals.costPerMinuteEur()));
        line("");
    }

    private void backends(Totals totals) {
        if (totals.backends().isEmpty()) {
            return;
        }
        line(
                "| backend | share % | minutes | answers | p50 ms | p95 ms | EUR | EUR per minute | stt | llm | tts | tokens in (cached) | out |");
        line("|---|---|---|---|---|---|---|---|---|---|---|---|---|");
        totals.backends()
                .forEach((name, backend) -> line(
                        "| %s | %s | %s | %d | %d | %d | %s | %s | %s | %s | %s | %d (%d) | %d |",
                        cell(name),
                        orNone(backend.sharePercent()),
                        backend.minutes().toPlainString(),
                        backend.turns().count(),
                        backend.turns().p50Millis(),
                        backend.turns().p95Millis(),
                        backend.costEur().toPlainString(),
                        orNone(backend.costPerMinuteEur()),
                        backend.costByKind().stt().toPlainString(),
                        backend.costByKind().llm().toPlainString(),
                        backend.costByKind().tts().toPlainString(),
                        backend.tokensIn(),
                        backend.tokensCached(),
                        backend.tokensOut()));
        line("");
    }

    private void runs(Collected collected) {
        line("| bridge | since | told by | calls | failovers | p95 ms | records | EUR |");
        line("|---|---|---|---|---|---|---|---|");
        for (BridgeRun run : collected.runs().values()) {
            row(cell(run.pod()), cell(run.startedAt()), told(run), run.figures());
        }
        if (collected.folded().runs() > 0) {
            row(
                    "%d earlier runs".formatted(collected.folded().runs()),
                    "until " + cell(collected.folded().until()),
                    "",
                    collected.folded().figures());
        }
    }

    private void row(String name, String since, String told, RunFigures figures) {
        Totals totals = Totals.of(figures);
        line(
                "| %s | %s | %s | %d | %d | %d | %d | %s |",
                name,
                since,
                told,
                totals.calls(),
                totals.failovers(),
                totals.turns().p95Millis(),
                totals.costRecords(),
                totals.costEur().toPlainString());
    }

    static String told(BridgeRun run) {
        return switch (run.source()) {
            case STATUS -> "itself";
            case LEDGER -> "its cost records";
        };
    }

    private static String latency(Totals.Latency latency) {
        return "%d, p50 %d ms, p95 %d ms".formatted(latency.count(), latency.p50Millis(), latency.p95Millis());
    }

    static String capital(String words) {
        return words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
    }

    static String orNot(@Nullable String time) {
        return Objects.requireNonNullElse(time, "not");
    }

    static String orNone(java.math.@Nullable BigDecimal amount) {
        return Optional.ofNullable(amount)
                .map(java.math.BigDecimal::toPlainString)
                .orElse("-");
    }

    static String reasons(Map<String, Integer> reasons) {
        return reasons.isEmpty()
                ? ""
                : reasons.entrySet().stream()
                        .map(reason -> cell(reason.getKey()) + " " + reason.getValue())
                        .collect(Collectors.joining(", ", " (", ")"));
    }

    /** What a bridge says cannot end a cell or a line of the table. */
    private static String cell(String said) {
        return said.replace("|", "\\|").replace("<", "&lt;").replaceAll("\\R", " ");
    }

    private void line(String format, Object... values) {
        text.append(values.length == 0 ? format : String.format(Locale.ROOT, format, values))
                .append('\n');
    }
}
