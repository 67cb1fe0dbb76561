package dev.tom.operator.report;

import dev.tom.crds.v1alpha1.TestWindow;
import dev.tom.operator.desired.Fingerprint;
import dev.tom.operator.desired.Names;
import dev.tom.operator.desired.OwnedMetadata;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** The ConfigMap of a report: equal for equal figures, and with a digest by which a foreign hand is noticed. Pure. */
final class ReportPage {

    static final String JSON = "report.json";
    static final String MARKDOWN = "report.md";
    static final String HTML = "report.html";

    private static final String DIGEST = "tom.dev/report";

    private ReportPage() {}

    /** The files. The page with plots is there once there is something to plot. */
    static SortedMap<String, String> data(
            Heading heading, Thresholds thresholds, Collected collected, Instant collectedAt) {
        WindowReport report = WindowReport.of(collected, thresholds);
        var files = new TreeMap<String, String>();
        files.put(JSON, JsonReport.write(heading, collected, report, collectedAt));
        files.put(MARKDOWN, MarkdownReport.of(heading, collected, report, collectedAt));
        if (report.totals().calls() > 0 || heading.closedAt() != null) {
            files.put(HTML, HtmlReport.of(heading, collected, report, collectedAt));
        }
        return files;
    }

    static ConfigMap of(TestWindow window, Map<String, String> data) {
        ConfigMap map = new ConfigMapBuilder()
                .withMetadata(OwnedMetadata.of(
                        window, Names.report(window.getMetadata().getName())))
                .withData(data)
                .build();
        map.getMetadata().setAnnotations(new TreeMap<>(Map.of(DIGEST, digest(data))));
        return map;
    }

    /** What a stored report was collected from; empty when it cannot be told. */
    static Optional<JsonReport.Stored> read(ConfigMap map) {
        return Optional.ofNullable(map.getData().get(JSON)).flatMap(JsonReport::read);
    }

    /** The digest that was stored with the files. */
    static Optional<String> said(ConfigMap map) {
        return Optional.ofNullable(map.getMetadata().getAnnotations()).map(said -> said.get(DIGEST));
    }

    static String digest(Map<String, String> data) {
        var files = new StringBuilder();
        new TreeMap<>(data)
                .forEach((name, text) -> files.append(name)
                        .append('\0')
                        .append(text.length())
                        .append('\0')
                        .append(text));
        return Fingerprint.of(files.toString(), 16);
    }
}
