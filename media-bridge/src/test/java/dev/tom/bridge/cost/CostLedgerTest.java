package dev.tom.bridge.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tom.bridge.cost.journal.JournalOrigin;
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
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CostLedgerTest {

    private static final String DAY = "2026-12-01T08:00:00Z";

    @TempDir
    Path folder;

    @Test
    void aRecordHasTheNamesOfTheRunbookAndOurs() throws IOException {
        try (var ledger = ledger(folder).start()) {
            ledger.segmentEnded(Segments.provider(new TokenUsage(1_000, 3_000, 0, 0, 600, 2_400)));
        }
        assertThat(Files.readString(folder.resolve("costs_20261201.jsonl")))
                .isEqualTo(
                        "{\"call_id\":\"call-1\",\"backend\":\"provider\",\"start_time\":\"2026-12-01T08:00:00.123Z\","
                                + "\"end_time\":\"2026-12-01T08:05:00Z\",\"stt_duration_s\":0.000,\"llm_duration_s\":0.000,"
                                + "\"tts_duration_s\":0.000,\"stt_cost_eur\":0.082560,\"llm_cost_eur\":0.015824,"
                                + "\"tts_cost_eur\":0.132096,\"total_cost_eur\":0.230480,"
                                + "\"id\":\"c8e745be18b8dd36bf394f5e17717c8c\",\"window\":\"pilot\","
                                + "\"run\":\"pod-1@2026-12-01T07:00:00Z\",\"segment\":1,"
                                + "\"caller_hash\":\"0123456789abcdef\",\"ended_by\":\"hangup\",\"model\":\"gpt-realtime-2.1\","
                                + "\"usage\":{\"text_input\":1000,\"audio_input\":3000,\"cached_text\":0,\"cached_audio\":0,"
                                + "\"text_output\":600,\"audio_output\":2400,\"transcription_model\":\"\",\"transcription_input\":0,"
                                + "\"transcription_output\":0,\"transcription_s\":0.000},\"tariff\":\"default-2026-11\","
                                + "\"eur_per_usd\":0.86,\"eur_rate_date\":\"2026-11-22\",\"priced\":true,\"adjusted\":false}\n");
    }

    @Test
    void theDayOfTheEndNamesTheFile() throws IOException {
        try (var ledger = ledger(folder).start()) {
            ledger.segmentEnded(Segments.local("a", "2026-12-01T23:59:59.999Z"));
            ledger.segmentEnded(Segments.local("b", "2026-12-02T00:00:00Z"));
        }
        assertThat(callIds("costs_20261201.jsonl")).containsExactly("a");
        assertThat(callIds("costs_20261202.jsonl")).containsExactly("b");
    }

    @Test
    void moreThanTheQueueHoldsIsWrittenAllTheSame() throws IOException, InterruptedException {
        Path blocked = Files.createFile(folder.resolve("costs"));
        var waiting = new AtomicInteger();
        var ledger = ledger(blocked, counting(waiting)).start();
        int records = 2 * RecordWriter.QUEUE + 5_000;
        var done = new CountDownLatch(1);
        Thread.ofVirtual().start(() -> {
            IntStream.range(0, records).forEach(i -> ledger.segmentEnded(Segments.local("c" + i, DAY)));
            done.countDown();
        });
        done.await();
        assertThat(waiting.get()).isGreaterThanOrEqualTo(records - 2 * RecordWriter.QUEUE);
        assertThat(ledger.account().records()).isEqualTo(records);

        Files.delete(blocked);
        ledger.close();
        assertThat(Files.readAllLines(blocked.resolve("costs_20261201.jsonl")).stream()
                        .map(line -> new JsonObject(line).getString("call_id"))
                        .distinct())
                .hasSize(records);
    }

    @Test
    void whatCannotBeWrittenNowIsWrittenLater() throws IOException {
        Path blocked = Files.createFile(folder.resolve("costs"));
        try (var ledger = ledger(blocked).start()) {
            ledger.segmentEnded(Segments.local("early", DAY));
            ledger.segmentEnded(Segments.local("late", DAY));
            Files.delete(blocked);
            await().until(() -> Files.exists(blocked.resolve("costs_20261201.jsonl")));
        }
        assertThat(Files.readAllLines(blocked.resolve("costs_20261201.jsonl"))).hasSize(2);
    }

    @Test
    void aHalfLineOfAnEarlierProcessSpoilsNoRecord() throws IOException {
        Path file = Files.writeString(folder.resolve("costs_20261201.jsonl"), "{\"call_id\":\"half");
        try (var ledger = ledger(folder).start()) {
            ledger.segmentEnded(Segments.local("a", DAY));
        }
        assertThat(Files.readAllLines(file)).hasSize(2).first().isEqualTo("{\"call_id\":\"half");
        assertThat(new JsonObject(Files.readAllLines(file).getLast()).getString("call_id"))
                .isEqualTo("a");
    }

    private List<String> callIds(String file) throws IOException {
        return Files.readAllLines(folder.resolve(file)).stream()
                .map(line -> new JsonObject(line).getString("call_id"))
                .toList();
    }

    private static CostLedger ledger(Path directory) {
        return ledger(directory, CostObserver.NONE);
    }

    private static CostLedger ledger(Path directory, CostObserver observer) {
        return new CostLedger(
                new CostSettings(directory, Optional.empty(), FsyncPolicy.RECORD),
                Tariff.builtIn(),
                new JournalOrigin("pod-1", "pilot", "gpt-realtime-2.1", "pod-1@2026-12-01T07:00:00Z"),
                observer,
                InstantSource.system());
    }

    private static CostObserver counting(AtomicInteger waiting) {
        return new CostObserver() {
            @Override
            public void charged(BackendKind backend, SegmentCost cost) {
                // not of interest
            }

            @Override
            public void waiting(int records) {
                waiting.addAndGet(records);
            }
        };
    }
}
