package dev.tom.operator.report;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.tom.crds.v1alpha1.TestWindow;
import dev.tom.operator.desired.Names;
import dev.tom.operator.desired.OwnedMetadata;
import dev.tom.operator.observe.BridgeStatus;
import dev.tom.operator.window.Decision;
import dev.tom.operator.window.WindowHistory;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The report of one window. It is collected while the window runs, in its ConfigMap: a bridge that is gone at the end still counts, and a
 * restarted operator goes on where the last one was. Once the window is closed it does not change any more.
 */
public record WindowReport(List<BridgeRun> bridges, Totals totals, Verdict verdict) {

    private static final ObjectMapper JSON =
            new ObjectMapper().configure(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS, true);
    private static final String FILE = "report.json";

    public WindowReport {
        bridges = List.copyOf(bridges);
    }

    /** What the ConfigMap held last, brought up to date by what the bridges say now. */
    public static WindowReport of(
            TestWindow window, WindowHistory history, List<HasMetadata> objects, List<BridgeStatus> statuses) {
        var runs = new TreeMap<String, BridgeRun>();
        stored(window, objects).forEach(run -> runs.put(run.key(), run));
        if (history.closedAt().isEmpty()) {
            statuses.stream().map(BridgeRun::of).forEach(run -> runs.put(run.key(), run));
        }
        Totals totals = Totals.of(runs.values());
        return new WindowReport(new ArrayList<>(runs.values()), totals, Verdict.of(totals));
    }

    private static List<BridgeRun> stored(TestWindow window, List<HasMetadata> objects) {
        String name = Names.report(window.getMetadata().getName());
        return objects.stream()
                .filter(ConfigMap.class::isInstance)
                .map(ConfigMap.class::cast)
                .filter(map -> map.getMetadata().getName().equals(name) && map.getData() != null)
                .map(map -> map.getData().get(FILE))
                .filter(Objects::nonNull)
                .findFirst()
                .map(WindowReport::read)
                .orElse(List.of());
    }

    /** A report that a foreign hand spoiled counts as none: what the bridges say now is still right. */
    private static List<BridgeRun> read(String text) {
        try {
            Document document = JSON.readValue(text, Document.class);
            return document.bridges() == null ? List.of() : document.bridges();
        } catch (JsonProcessingException e) {
            return List.of();
        }
    }

    /** The ConfigMap with {@code report.json} and {@code report.md}; equal for equal figures. */
    public ConfigMap configMap(TestWindow window, Decision decision) {
        Document document = new Document(
                window.getMetadata().getName(),
                Objects.toString(window.getMetadata().getNamespace(), ""),
                decision.phase().text(),
                decision.opensAt().toString(),
                decision.endsAt().toString(),
                text(decision.openedAt()),
                text(decision.closedAt()),
                verdict.text(),
                totals,
                bridges);
        return new ConfigMapBuilder()
                .withMetadata(OwnedMetadata.of(
                        window, Names.report(window.getMetadata().getName())))
                .addToData(FILE, write(document))
                .addToData("report.md", MarkdownReport.of(window, decision, this))
                .build();
    }

    private static @Nullable String text(Optional<Instant> time) {
        return time.map(Instant::toString).orElse(null);
    }

    private static String write(Document document) {
        try {
            return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(document) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("records of plain values can always be written", e);
        }
    }

    /** report.json. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    private record Document(
            String window,
            String namespace,
            String phase,
            String opensAt,
            String endsAt,
            @Nullable String openedAt,
            @Nullable String closedAt,
            String verdict,
            Totals totals,
            @Nullable List<BridgeRun> bridges) {}
}
