package dev.tom.bridge.cost.account;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the files say about runs that are over. The lines stand here as they stand on the disk. */
class DeadRunsTest {

    private static final String DAY = "costs_20261201.jsonl";

    @TempDir
    Path folder;

    private DeadRuns runs;

    @BeforeEach
    void start() {
        runs = new DeadRuns(folder, "costs_20261130.jsonl", "pilot", "own@1");
    }

    @Test
    void recordsAreSummedByRunAndBackend() throws IOException {
        has(
                DAY,
                record("a", "dead@1", "pilot", 1),
                record("b", "dead@1", "pilot", 2),
                record("c", "other@1", "pilot", 1));
        look();
        assertThat(runs.told()).extracting(RunAccount::run).containsExactly("dead@1", "other@1");
        RunAccount dead = runs.told().getFirst();
        assertThat(dead.calls()).isEqualTo(1);
        assertThat(dead.lastEnd()).isEqualTo(Instant.parse("2026-12-01T08:05:00.001Z"));
        assertThat(dead.millis("provider")).isEqualTo(2 * 300_001);
        assertThat(dead.eur()).isEqualByComparingTo(new BigDecimal("0.460960"));
        assertThat(dead.backends())
                .hasEntrySatisfying(
                        "provider", sums -> assertThat(sums.tokens()).isEqualTo(new Tokens(8_000, 20, 6_000)));
    }

    @Test
    void theOwnRunOtherWindowsAndRecordsOfNobodyAreLeftOut() throws IOException {
        has(
                DAY,
                record("a", "own@1", "pilot", 1),
                record("b", "dead@1", "another", 1),
                record("c", "dead@1", "pilot", 1).replace("\"run\":\"dead@1\",", ""),
                record("d", "", "pilot", 1));
        look();
        assertThat(runs.told()).isEmpty();
    }

    @Test
    void aRunThatLivesOrOwesIsNotTold() throws IOException {
        has(DAY, record("a", "dead@1", "pilot", 1));
        look("dead@1");
        assertThat(runs.told()).isEmpty();
        look();
        assertThat(runs.told()).hasSize(1);
    }

    @Test
    void filesAreReadOnlyAsFarAsTheyGrewAndNewDaysAreFound() throws IOException {
        has(DAY, record("a", "dead@1", "pilot", 1));
        look();
        has(DAY, record("b", "dead@1", "pilot", 2));
        has("costs_20261202.jsonl", record("c", "dead@1", "pilot", 3));
        look();
        look();
        assertThat(runs.told().getFirst().records()).isEqualTo(3);
    }

    @Test
    void daysBeforeTheFirstAreNotRead() throws IOException {
        has("costs_20261129.jsonl", record("a", "dead@1", "pilot", 1));
        look();
        assertThat(runs.told()).isEmpty();
    }

    @Test
    void aRecordThatIsThereTwiceCountsOnce() throws IOException {
        has(DAY, record("a", "dead@1", "pilot", 1), record("a", "dead@1", "pilot", 1));
        look();
        assertThat(runs.told().getFirst().records()).isEqualTo(1);
    }

    @Test
    void aTornLineWaitsForItsRest() throws IOException {
        String line = record("a", "dead@1", "pilot", 1);
        Files.writeString(folder.resolve(DAY), "not json\n{\"torn\n" + line.substring(0, 200));
        look();
        assertThat(runs.told()).isEmpty();
        append(DAY, line.substring(200) + "\n");
        look();
        assertThat(runs.told().getFirst().records()).isEqualTo(1);
    }

    @Test
    void aFileThatWasCutIsReadAnew() throws IOException {
        has(DAY, record("a", "dead@1", "pilot", 1), record("b", "dead@1", "pilot", 2));
        look();
        Files.writeString(folder.resolve(DAY), record("a", "dead@1", "pilot", 1) + "\n");
        look();
        assertThat(runs.told().getFirst().records()).isEqualTo(1);
    }

    @Test
    void moreThanASliceIsReadInSlices() throws IOException {
        var text = new StringBuilder();
        for (int i = 0; text.length() < 2.5 * GrowingFile.SLICE; i++) {
            text.append(record("id" + i, "dead@1", "pilot", 1)).append('\n');
        }
        Files.writeString(folder.resolve(DAY), text);
        runs.begin(Set.of());
        assertThat(runs.readOn()).isTrue();
        assertThat(runs.told()).as("nothing before the end").isEmpty();
        while (runs.readOn()) {
            // the next slice
        }
        assertThat(runs.told().getFirst().records())
                .isEqualTo(text.chars().filter(c -> c == '\n').count());
    }

    @Test
    void aLineLongerThanASliceIsPassedOver() throws IOException {
        Files.writeString(folder.resolve(DAY), "x".repeat(2 * GrowingFile.SLICE + 10) + "\n");
        has(DAY, record("a", "dead@1", "pilot", 1));
        look();
        assertThat(runs.told()).hasSize(1);
    }

    @Test
    void onlySoManyAreTold() throws IOException {
        for (int i = 0; i < DeadRuns.MAX_TOLD + 3; i++) {
            has(DAY, record("id" + i, "dead@" + i, "pilot", 1));
        }
        look();
        assertThat(runs.told()).hasSize(DeadRuns.MAX_TOLD);
        assertThat(runs.omitted()).isEqualTo(3);
    }

    @Test
    void aDirectoryThatIsNotThereHoldsNothing() throws IOException {
        runs = new DeadRuns(folder.resolve("none"), DAY, "pilot", "own@1");
        look();
        assertThat(runs.told()).isEmpty();
    }

    private void look(String... unsettled) throws IOException {
        runs.begin(Set.of(unsettled));
        while (runs.readOn()) {
            // the next slice
        }
    }

    private void has(String day, String... lines) throws IOException {
        append(day, String.join("\n", lines) + "\n");
    }

    private void append(String day, String text) throws IOException {
        Files.writeString(folder.resolve(day), text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    private static String record(String id, String run, String window, int segment) {
        return "{\"call_id\":\"call-1\",\"backend\":\"provider\",\"start_time\":\"2026-12-01T08:00:00Z\","
                + "\"end_time\":\"2026-12-01T08:05:00.001Z\",\"stt_duration_s\":0.000,\"llm_duration_s\":0.000,"
                + "\"tts_duration_s\":0.000,\"stt_cost_eur\":0.082560,\"llm_cost_eur\":0.015824,\"tts_cost_eur\":0.132096,"
                + "\"total_cost_eur\":0.230480,\"id\":\"" + id + "\",\"window\":\"" + window + "\",\"run\":\"" + run
                + "\",\"segment\":" + segment
                + ",\"usage\":{\"text_input\":1000,\"audio_input\":3000,\"cached_text\":10,"
                + "\"cached_audio\":0,\"text_output\":600,\"audio_output\":2400},\"priced\":true}";
    }
}
