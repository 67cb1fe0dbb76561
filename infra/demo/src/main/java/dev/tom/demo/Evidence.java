package dev.tom.demo;

import dev.tom.crds.v1alpha1.TestWindow;
import dev.tom.testkit.Await;
import dev.tom.testkit.Speech;
import dev.tom.testkit.WordError;
import io.fabric8.kubernetes.api.model.ConfigMap;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

/** Gathers, after the end, what the API server, the provider and the files say. */
record Evidence(
        ControlPlane controlPlane,
        PodProcesses bridge,
        ProviderSide provider,
        WindowWatch watch,
        String window,
        Instant end) {

    private static final Duration RECORDS_WITHIN = Duration.ofSeconds(5);
    /** Each of the three calls was on the provider and then on the local pipeline. */
    private static final int COST_RECORDS_EXPECTED = 6;

    Figures gather(Calls calls, DemoSettings settings) {
        Await.holdsWithin(RECORDS_WITHIN, () -> costRecords() >= COST_RECORDS_EXPECTED);
        Speech expected = Calls.DURING_SWITCH;
        String transcript = calls.transcriptDuringSwitch();
        return new Figures(
                controlPlane.description(),
                provider.description(),
                calls.count(),
                calls.dropped(),
                calls.answersHeard(),
                calls.bargeInMillis(),
                calls.failoverGapMillis(),
                calls.stallDetectMillis(),
                transcript,
                expected.text(),
                WordError.rate(expected.text(), transcript),
                provider.openSockets(),
                provider.lastClosedAt().map(this::late).orElse(Long.MAX_VALUE),
                provider.bytesAfter(end),
                watch.policyDeletedAt().map(this::late).orElse(Long.MAX_VALUE),
                configMap(window + "-bridge")
                        .map(map -> map.getData().getOrDefault("ALLOW_EGRESS", "absent"))
                        .orElse("no ConfigMap"),
                verified(),
                calls.answeredAfterEnd(),
                costRecords(),
                COST_RECORDS_EXPECTED,
                watch.phases().stream().map(WindowWatch.Phase::name).toList());
    }

    /** The operator's end report, as Markdown. */
    Optional<String> report() {
        Await.holdsWithin(RECORDS_WITHIN, () -> configMap(window + "-report").isPresent());
        return configMap(window + "-report").map(map -> map.getData().getOrDefault("report.md", ""));
    }

    private Optional<ConfigMap> configMap(String name) {
        return Optional.ofNullable(controlPlane
                .client()
                .configMaps()
                .inNamespace(ControlPlane.NAMESPACE)
                .withName(name)
                .get());
    }

    private boolean verified() {
        TestWindow current = controlPlane.window(window);
        return current.getStatus().conditions().stream()
                .anyMatch(condition -> condition.getType().equals("EgressClosed")
                        && condition.getStatus().equals("True"));
    }

    private long late(Instant moment) {
        return Math.max(0, Duration.between(end, moment).toMillis());
    }

    private int costRecords() {
        Path log = bridge.costLog();
        if (!Files.isDirectory(log)) {
            return 0;
        }
        try (Stream<Path> files = Files.list(log)) {
            int records = 0;
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".jsonl")).toList()) {
                records += Files.readAllLines(file).size();
            }
            return records;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the cost log " + log, e);
        }
    }
}
