package dev.tom.bridge.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tom.bridge.cost.journal.JournalOrigin;
import dev.tom.bridge.cost.journal.Journals;
import dev.tom.bridge.cost.tariff.SegmentCost;
import dev.tom.bridge.cost.tariff.Tariff;
import dev.tom.bridge.speech.BackendKind;
import dev.tom.bridge.speech.TokenUsage;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a dead process left behind becomes records, each exactly once. The lines stand here as they stand on the disk. */
class SettlementTest {

    private static final String BEGAN =
            "{\"event\":\"began\",\"pod\":\"bridge-0\",\"window\":\"pilot\",\"model\":\"gpt-realtime-2.1\",\"at\":\"2026-12-01T08:00:00Z\"}\n";
    private static final String OPENED =
            "{\"event\":\"opened\",\"id\":\"a1\",\"call_id\":\"call-a\",\"caller_hash\":\"77\",\"backend\":\"provider\","
                    + "\"start\":\"2026-12-01T08:00:01.5Z\",\"at\":\"2026-12-01T08:00:01.510Z\"}\n";
    private static final String USED =
            "{\"event\":\"used\",\"id\":\"a1\",\"use\":{\"stt_ms\":0,\"llm_ms\":0,\"tts_ms\":0,\"usage\":{\"text_input\":1000,"
                    + "\"audio_input\":3000,\"cached_text\":0,\"cached_audio\":0,\"text_output\":600,\"audio_output\":2400}},"
                    + "\"at\":\"2026-12-01T08:00:20Z\"}\n";
    private static final String ENDED =
            "{\"event\":\"ended\",\"id\":\"a1\",\"use\":{\"stt_ms\":5,\"llm_ms\":6,\"tts_ms\":7,\"usage\":{}},"
                    + "\"end\":\"2026-12-01T08:00:21Z\",\"ended_by\":\"hangup\",\"at\":\"2026-12-01T08:00:21.020Z\"}\n";
    private static final String ALIVE = "{\"event\":\"alive\",\"at\":\"2026-12-01T08:00:22Z\"}\n";
    private static final String RECORDED = "{\"event\":\"recorded\",\"id\":\"a1\",\"at\":\"2026-12-01T08:00:23Z\"}\n";

    private static final String DAY = "costs_20261201.jsonl";

    @TempDir
    Path folder;

    @Test
    void anOpenSegmentEndsAtTheLastSignOfLife() throws IOException {
        left(BEGAN + OPENED + USED + ALIVE);
        restart("another-window");
        JsonObject record = only();
        assertThat(record.getString("id")).isEqualTo("a1");
        assertThat(record.getString("call_id")).isEqualTo("call-a");
        assertThat(record.getString("caller_hash")).isEqualTo("77");
        assertThat(record.getString("start_time")).isEqualTo("2026-12-01T08:00:01.500Z");
        assertThat(record.getString("end_time")).isEqualTo("2026-12-01T08:00:22Z");
        assertThat(record.getString("ended_by")).isEqualTo("crash");
        assertThat(record.getString("window")).isEqualTo("pilot");
        assertThat(record.getString("model")).isEqualTo("gpt-realtime-2.1");
        assertThat(record.getDouble("total_cost_eur")).isEqualTo(0.230480);
        assertThat(journals()).isEmpty();
    }

    @Test
    void aSegmentThatEndedHasItsOwnEnd() throws IOException {
        left(BEGAN + OPENED + USED + ENDED + ALIVE);
        restart("pilot");
        assertThat(only().getString("end_time")).isEqualTo("2026-12-01T08:00:21Z");
        assertThat(only().getString("ended_by")).isEqualTo("hangup");
        assertThat(only().getDouble("stt_duration_s")).isEqualTo(0.005);
    }

    @Test
    void aSegmentWithARecordGetsNoSecondOne() throws IOException {
        left(BEGAN + OPENED + USED + ENDED + RECORDED + ALIVE);
        restart("pilot");
        assertThat(folder.resolve(DAY)).doesNotExist();
        assertThat(journals()).isEmpty();
    }

    /** The process died between the record and the line that says so. */
    @Test
    void aRecordOfWhichTheJournalDoesNotKnowIsFound() throws IOException {
        left(BEGAN + OPENED + USED + ENDED);
        restart("pilot");
        left(BEGAN + OPENED + USED);
        restart("pilot");
        left(BEGAN + OPENED);
        restart("pilot");
        assertThat(lines()).hasSize(1);
    }

    @Test
    void aRecordOfTheNextDayIsFoundToo() throws IOException {
        Files.writeString(folder.resolve("costs_20261202.jsonl"), "{\"call_id\":\"call-a\",\"id\":\"a1\"}\n");
        left(BEGAN + OPENED + USED);
        restart("pilot");
        assertThat(folder.resolve(DAY)).doesNotExist();
    }

    @Test
    void aTornRecordIsNoneAndIsWrittenAgain() throws IOException {
        Files.writeString(folder.resolve(DAY), "{\"call_id\":\"call-a\",\"id\":\"a1\",\"win");
        left(BEGAN + OPENED + USED + ENDED);
        restart("pilot");
        assertThat(lines()).hasSize(2);
        assertThat(new JsonObject(lines().getLast()).getString("id")).isEqualTo("a1");
    }

    @Test
    void aTornLastLineOfTheJournalIsIgnored() throws IOException {
        left(BEGAN + OPENED + USED + ENDED.substring(0, 60));
        restart("pilot");
        assertThat(only().getString("end_time")).isEqualTo("2026-12-01T08:00:20Z");
        assertThat(only().getJsonObject("usage").getInteger("audio_output")).isEqualTo(2_400);
    }

    @Test
    void severalJournalsAreSettledAndUnfinishedOnesGo() throws IOException {
        left(BEGAN + OPENED + ALIVE);
        Files.writeString(
                folder.resolve("open_bridge-1_20261201T080000000_00000001.journal"),
                BEGAN + OPENED.replace("a1", "b1").replace("call-a", "call-b"));
        Files.writeString(folder.resolve("open_bridge-1_20261201T080000000_00000002.journal.new"), BEGAN + OPENED);
        Files.writeString(folder.resolve("open_bridge-1_20261201T080000000_00000003.journal"), "");
        restart("pilot");
        assertThat(lines()).hasSize(2);
        assertThat(journals()).isEmpty();
    }

    @Test
    void aJournalStaysUntilItsRecordsAreWritten() throws IOException {
        Path blocked = Files.createDirectory(folder.resolve(DAY));
        left(BEGAN + OPENED);
        restart("pilot");
        assertThat(journals()).hasSize(1);
        Files.delete(blocked);
        restart("pilot");
        assertThat(only().getString("ended_by")).isEqualTo("crash");
    }

    @Test
    void whatThisWindowOwedCountsForThisWindow() throws IOException {
        left(BEGAN + OPENED + USED);
        assertThat(restart("pilot")).isEqualTo(1);
        left(BEGAN + OPENED.replace("a1", "c1"));
        assertThat(restart("another")).isZero();
    }

    @Test
    void theLedgersOwnJournalOfALiveSegmentIsWhatASettlementReads() throws IOException {
        var ended = Segments.provider(new TokenUsage(10, 20, 0, 0, 30, 40));
        Path other = Files.createDirectory(folder.resolve("other"));
        try (var ledger = ledger("pilot", new AtomicInteger()).start()) {
            ledger.segmentOpened(ended.opened());
            ledger.segmentProgress(ended.opened(), ended.use());
            await().until(() -> journals().size() == 1
                    && journals().getFirst().toString().endsWith(".journal")
                    && Files.readString(journals().getFirst()).contains("\"used\""));
            Files.copy(
                    journals().getFirst(), other.resolve(journals().getFirst().getFileName()));
            ledger.segmentEnded(ended);
        }
        assertThat(only().getString("ended_by")).isEqualTo("hangup");
        assertThat(journals()).isEmpty();

        folder = other;
        restart("pilot");
        JsonObject crashed =
                new JsonObject(Files.readAllLines(records(other).getFirst()).getFirst());
        assertThat(crashed.getString("id")).isEqualTo(ended.id());
        assertThat(crashed.getString("ended_by")).isEqualTo("crash");
        assertThat(crashed.getJsonObject("usage").getInteger("audio_output")).isEqualTo(40);
    }

    private void left(String lines) throws IOException {
        Files.writeString(folder.resolve("open_bridge-0_20261201T080000000_0000000a.journal"), lines);
    }

    /** A process that starts, settles and ends; how many records it counted. */
    private int restart(String window) {
        var counted = new AtomicInteger();
        ledger(window, counted).start().close();
        return counted.get();
    }

    private CostLedger ledger(String window, AtomicInteger counted) {
        var observer = new CostObserver() {
            @Override
            public void charged(BackendKind backend, SegmentCost cost) {
                counted.incrementAndGet();
            }

            @Override
            public void waiting(int records) {
                // not of interest
            }
        };
        return new CostLedger(
                new CostSettings(folder, Optional.empty(), FsyncPolicy.SECOND),
                Tariff.builtIn(),
                new JournalOrigin("bridge-0", window, "another-model", "bridge-0@2026-12-01T09:00:00Z"),
                observer,
                InstantSource.system());
    }

    private JsonObject only() throws IOException {
        assertThat(lines()).hasSize(1);
        return new JsonObject(lines().getFirst());
    }

    private List<String> lines() throws IOException {
        return Files.readAllLines(folder.resolve(DAY));
    }

    private List<Path> journals() throws IOException {
        return Journals.in(folder);
    }

    private static List<Path> records(Path directory) throws IOException {
        try (var files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith(".jsonl")).toList();
        }
    }
}
