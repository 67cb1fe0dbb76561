package dev.tom.operator.report;

import static dev.tom.operator.report.Svg.escape;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The report for people, with plots: one page that loads nothing, runs nothing, and opens from a file. All that came from elsewhere is
 * escaped. Pure.
 */
final class HtmlReport {

    private static final String HEAD = """
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
            <title>%s</title>
            <style>
            :root { color-scheme: light dark; --provider: #1769aa; --local: #c77700; --line: #8884; }
            body { font: 15px/1.45 system-ui, sans-serif; margin: 2rem auto; max-width: 62rem; padding: 0 1rem; }
            h2 { margin: 2rem 0 .5rem; font-size: 1.1rem; }
            table { border-collapse: collapse; } td, th { padding: .2rem .8rem .2rem 0; text-align: left; border-bottom: 1px solid var(--line); }
            .wide { overflow-x: auto; }
            .verdict { border-left: .4rem solid var(--provider); padding: .4rem .8rem; font-size: 1.1rem; }
            .FallbackOnly { border-color: #b3261e; } .TooFewCalls { border-color: #888; }
            svg { width: 100%%; max-width: 45rem; font: 11px system-ui, sans-serif; } svg text { fill: currentColor; }
            .provider { fill: var(--provider); } .local { fill: var(--local); } .axis { stroke: var(--line); }
            .band { fill: transparent; } .band:hover { fill: #8883; }
            .target { stroke: #2e7d32; stroke-dasharray: 4 3; } .trigger { stroke: #b3261e; stroke-dasharray: 4 3; }
            .key { display: inline-block; width: .8em; height: .8em; margin: 0 .3em 0 1em; }
            .key.provider { background: var(--provider); } .key.local { background: var(--local); }
            </style>
            </head>
            <body>
            """;

    private final StringBuilder page = new StringBuilder();

    private HtmlReport() {}

    static String of(Heading heading, Collected collected, WindowReport report, Instant collectedAt) {
        var html = new HtmlReport();
        html.top(heading, report, collectedAt);
        html.figures(heading, report.totals());
        html.sideBySide(report.totals());
        html.plots(heading, collected, report, collectedAt);
        html.runs(collected);
        html.page.append("</body>\n</html>\n");
        return html.page.toString();
    }

    private void top(Heading heading, WindowReport report, Instant collectedAt) {
        String title = "Test window " + heading.namespace() + "/" + heading.window();
        Judgement judgement = report.judgement();
        page.append(HEAD.formatted(escape(title)));
        page.append("<h1>%s</h1>\n".formatted(escape(title)));
        page.append("<p class=\"verdict %s\"><strong>%s.</strong> %s</p>\n"
                .formatted(
                        escape(judgement.verdict().word()),
                        escape(MarkdownReport.capital(judgement.verdict().text())),
                        escape(judgement.why())));
        page.append("<p>Figures of %s; every time is UTC.</p>\n".formatted(escape(collectedAt.toString())));
    }

    private void figures(Heading heading, Totals totals) {
        page.append("<table>\n");
        row("phase", heading.phase());
        row("planned", heading.opensAt() + " to " + heading.endsAt());
        row("opened", MarkdownReport.orNot(heading.openedAt()));
        row("proven closed", MarkdownReport.orNot(heading.closedAt()));
        row(
                "calls",
                "%d: %d dropped (%d of them shed); beside them %d refused, %d steered"
                        .formatted(
                                totals.calls(), totals.dropped(), totals.shed(), totals.refused(), totals.steered()));
        row("minutes", totals.minutes().toPlainString());
        row(
                "failovers",
                "%d of pods, %d of calls%s"
                        .formatted(totals.podFailovers(), totals.callFailovers(), reasons(totals.failoverReasons())));
        row(
                "provider errors",
                totals.errors().values().stream().mapToInt(Integer::intValue).sum() + reasons(totals.errors()));
        row("answers", latency(totals.turns()));
        row("interruptions", latency(totals.bargeIns()));
        row("cost", totals.costEur().toPlainString() + " EUR in " + totals.costRecords() + " records");
        row("records without a price", String.valueOf(totals.unpricedRecords()));
        row("cost per minute", MarkdownReport.orNone(totals.costPerMinuteEur()) + " EUR");
        page.append("</table>\n");
    }

    private static String latency(Totals.Latency latency) {
        return "%d, p50 %d ms, p95 %d ms".formatted(latency.count(), latency.p50Millis(), latency.p95Millis());
    }

    private static String reasons(Map<String, Integer> reasons) {
        return reasons.entrySet().stream()
                .map(reason -> reason.getKey() + " " + reason.getValue())
                .collect(Collectors.joining(", ", reasons.isEmpty() ? "" : " (", reasons.isEmpty() ? "" : ")"));
    }

    /** Escapes both. */
    private void row(String name, String value) {
        page.append("<tr><th>%s</th><td>%s</td></tr>\n".formatted(escape(name), escape(value)));
    }

    private void sideBySide(Totals totals) {
        if (totals.backends().isEmpty()) {
            return;
        }
        page.append("<h2>By backend</h2>\n<div class=\"wide\"><table>\n");
        cells(
                "th",
                List.of(
                        "",
                        "share %",
                        "minutes",
                        "answers",
                        "p50 ms",
                        "p95 ms",
                        "EUR",
                        "EUR per minute",
                        "tokens in",
                        "cached",
                        "out"));
        totals.backends()
                .forEach((name, backend) -> cells(
                        "td",
                        List.of(
                                name,
                                MarkdownReport.orNone(backend.sharePercent()),
                                backend.minutes().toPlainString(),
                                String.valueOf(backend.turns().count()),
                                String.valueOf(backend.turns().p50Millis()),
                                String.valueOf(backend.turns().p95Millis()),
                                backend.costEur().toPlainString(),
                                MarkdownReport.orNone(backend.costPerMinuteEur()),
                                String.valueOf(backend.tokensIn()),
                                String.valueOf(backend.tokensCached()),
                                String.valueOf(backend.tokensOut()))));
        page.append("</table></div>\n");
    }

    private void cells(String kind, List<String> values) {
        page.append("<tr>");
        values.forEach(value -> page.append("<%s>%s</%s>".formatted(kind, escape(value), kind)));
        page.append("</tr>\n");
    }

    private void plots(Heading heading, Collected collected, WindowReport report, Instant collectedAt) {
        Instant end = Instant.parse(heading.closedAt() == null ? collectedAt.toString() : heading.closedAt());
        page.append("<p><span class=\"key provider\"></span>provider<span class=\"key local\"></span>local</p>\n");
        page.append("<h2>Calls</h2>\n").append(CallsPlot.of(collected.series(), end));
        page.append("<h2>Wait for an answer</h2>\n")
                .append(LatencyPlot.of(new TreeMap<>(report.figures().turns()), report.thresholds()));
        page.append("<p>Lines: target %d ms, trigger %d ms.</p>\n"
                .formatted(
                        report.thresholds().targetMillis(), report.thresholds().triggerMillis()));
        page.append("<h2>Cost by kind</h2>\n").append(CostPlot.of(report.totals()));
    }

    private void runs(Collected collected) {
        page.append("<h2>Bridges</h2>\n<div class=\"wide\"><table>\n");
        cells("th", List.of("bridge", "since", "told by", "calls", "failovers", "p95 ms", "records", "EUR"));
        collected
                .runs()
                .values()
                .forEach(run -> run(run.pod(), run.startedAt(), MarkdownReport.told(run), run.figures()));
        if (collected.folded().runs() > 0) {
            run(
                    collected.folded().runs() + " earlier runs",
                    "until " + collected.folded().until(),
                    "",
                    collected.folded().figures());
        }
        page.append("</table></div>\n");
    }

    private void run(String name, String since, String told, RunFigures figures) {
        Totals totals = Totals.of(figures);
        cells(
                "td",
                List.of(
                        name,
                        since,
                        told,
                        String.valueOf(totals.calls()),
                        String.valueOf(totals.failovers()),
                        String.valueOf(totals.turns().p95Millis()),
                        String.valueOf(totals.costRecords()),
                        totals.costEur().toPlainString()));
    }
}
