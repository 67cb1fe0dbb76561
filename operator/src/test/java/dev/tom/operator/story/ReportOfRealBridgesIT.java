package dev.tom.operator.story;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tom.crds.v1alpha1.Phase;
import dev.tom.kube.ClusterExtension;
import dev.tom.kube.TestCluster;
import dev.tom.testkit.ForkCaller;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two real bridges carry calls and share a directory of cost records; one is killed in mid-call and never comes back. The report equals the
 * cost records, to the last digit.
 */
@ExtendWith(ClusterExtension.class)
class ReportOfRealBridgesIT {

    private static final ObjectMapper JSON =
            new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

    private final Story story;

    @TempDir
    Path folder;

    ReportOfRealBridgesIT(TestCluster cluster) {
        story = new Story(cluster);
    }

    @BeforeEach
    void start() {
        story.world.hasNoRoom();
        story.operator.starts();
        story.user.hasAnApiKey();
    }

    @AfterEach
    void end() {
        story.close();
    }

    @Test
    void theReportIsTheSumOfTheCostRecordsAlthoughABridgeWasKilled() throws Exception {
        try (BridgeProcesses bridges = story.realBridges(folder)) {
            story.user.declares("pilot", "{durationSeconds: 3600}", "bridge: {replicas: 2}");
            story.user.awaits("pilot", Phase.OPEN);
            List<String> pods = bridges.run(2);
            String dying = pods.getFirst();
            String living = pods.getLast();
            story.user.awaitsCondition("pilot", "ProviderHealthy=True InUse");

            bridges.calls(dying, "a-1").hangUp().get(5, TimeUnit.SECONDS);
            ForkCaller survivor = bridges.calls(living, "b-1");
            bridges.calls(living, "b-2").hangUp().get(5, TimeUnit.SECONDS);
            bridges.calls(dying, "a-2");
            bridges.calls(dying, "a-3");
            String run = dying + "@" + bridges.status(dying).path("startedAt").asText();
            bridges.dies(dying);
            survivor.hangUp().get(5, TimeUnit.SECONDS);

            await("the survivor tells of " + run)
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> bridges.status(living)
                            .path("ledger")
                            .path("dead")
                            .findValuesAsText("run")
                            .contains(run));
            story.user.patches("pilot", "{\"stop\":true}");
            await().until(() -> "false".equals(story.user.config("pilot-bridge").get("ALLOW_EGRESS")));
            bridges.readTheirConfiguration();
            story.user.awaits("pilot", Phase.CLOSED);
            story.user.awaitsCondition("pilot", "ReportWritten=True Written");

            check(bridges, run);
        }
    }

    private void check(BridgeProcesses bridges, String deadRun) throws IOException {
        JsonNode report = JSON.readTree(story.user.config("pilot-report").get("report.json"));
        JsonNode totals = report.path("totals");
        JsonNode costs = bridges.costsByBackend().path("total");
        List<JsonNode> records = records(bridges.costs());
        say("report: %s EUR, %s calls, %s records, %s ms, provider p95 %s ms"
                .formatted(
                        totals.path("costEur").asText(),
                        totals.path("calls"),
                        totals.path("costRecords"),
                        totals.path("millis"),
                        totals.path("backends").path("provider").path("turns").path("p95Millis")));
        say("records: %s EUR, %d calls, %d records, %d ms"
                .formatted(
                        sum(records, "total_cost_eur"),
                        records.stream()
                                .map(record -> record.path("call_id"))
                                .distinct()
                                .count(),
                        records.size(),
                        records.stream()
                                .mapToLong(ReportOfRealBridgesIT::millis)
                                .sum()));
        say("tom costs: %s EUR, %s calls, %s records, %s minutes"
                .formatted(
                        costs.path("total_cost_eur").asText(),
                        costs.path("calls"),
                        costs.path("records"),
                        costs.path("minutes")));

        assertThat(new BigDecimal(totals.path("costEur").asText()))
                .isPositive()
                .isEqualByComparingTo(sum(records, "total_cost_eur"))
                .isEqualByComparingTo(
                        new BigDecimal(costs.path("total_cost_eur").asText()));
        for (String kind : List.of("stt", "llm", "tts")) {
            assertThat(new BigDecimal(totals.path("costByKind").path(kind).asText()))
                    .as(kind)
                    .isEqualByComparingTo(sum(records, kind + "_cost_eur"));
        }
        assertThat(totals.path("calls").asInt()).as("calls that were made").isEqualTo(5);
        assertThat(costs.path("calls").asInt()).isEqualTo(5);
        assertThat(totals.path("costRecords").asInt()).isEqualTo(records.size());
        assertThat(totals.path("millis").asLong())
                .isEqualTo(records.stream()
                        .mapToLong(ReportOfRealBridgesIT::millis)
                        .sum());
        assertThat(records.stream()
                        .filter(record -> "crash".equals(record.path("ended_by").asText())))
                .as("segments that the killed bridge left open")
                .hasSize(2);
        assertThat(report.path("runs"))
                .filteredOn(told -> (told.path("pod").asText() + "@"
                                + told.path("startedAt").asText())
                        .equals(deadRun))
                .singleElement()
                .satisfies(told -> assertThat(told.path("source").asText()).isEqualTo("LEDGER"));
        var summary = Objects.requireNonNull(story.user.status("pilot").report());
        assertThat(summary.costEur()).isEqualTo(totals.path("costEur").asText());
        assertThat(summary.calls()).isEqualTo(5);
    }

    private static List<JsonNode> records(Path directory) throws IOException {
        var records = new ArrayList<JsonNode>();
        try (var files = Files.list(directory)) {
            for (Path file :
                    files.filter(file -> file.toString().endsWith(".jsonl")).toList()) {
                for (String line : Files.readAllLines(file)) {
                    records.add(record(line));
                }
            }
        }
        return records;
    }

    private static JsonNode record(String line) {
        try {
            return JSON.readTree(line);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static BigDecimal sum(List<JsonNode> records, String field) {
        return records.stream()
                .map(record -> record.path(field).decimalValue())
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private static long millis(JsonNode record) {
        return Duration.between(
                        Instant.parse(record.path("start_time").asText()),
                        Instant.parse(record.path("end_time").asText()))
                .toMillis();
    }

    @SuppressWarnings("SystemOut") // the figures belong into the log of the run
    private static void say(String sentence) {
        System.out.println(sentence);
    }
}
