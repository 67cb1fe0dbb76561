package dev.tom.bridge.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tom.bridge.speech.TokenUsage;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
            ledger.record(Segments.provider(new TokenUsage(1_000, 3_000, 0, 0, 600, 2_400)));
        }
        assertThat(Files.readString(folder.resolve("costs_20261201.jsonl")))
                .isEqualTo(
                        "{\"call_id\":\"call-1\",\"backend\":\"provider\",\"start_time\":\"2026-12-01T08:00:00.123Z\","
                                + "\"end_time\":\"2026-12-01T08:05:00Z\",\"stt_duration_s\":0.000,\"llm_duration_s\":0.000,"
                                + "\"tts_duration_s\":0.000,\"stt_cost_eur\":0.082560,\"llm_cost_eur\":0.015824,"
                                + "\"tts_cost_eur\":0.132096,\"total_cost_eur\":0.230480,\"window\":\"pilot\","
                                + "\"caller_hash\":\"0123456789abcdef\",\"ended_by\":\"hangup\",\"model\":\"gpt-realtime-2.1\","
                                + "\"usage\":{\"text_input\":1000,\"audio_input\":3000,\"cached_text\":0,\"cached_audio\":0,"
                                + "\"text_output\":600,\"audio_output\":2400,\"transcription_model\":\"\",\"transcription_input\":0,"
                                + "\"transcription_output\":0,\"transcription_s\":0.000},\"tariff\":\"default-2026-11\","
                                + "\"eur_per_usd\":0.86,\"priced\":true,\"adjusted\":false}\n");
    }

    @Test
    void theDayOfTheEndNamesTheFile() throws IOException {
        try (var ledger = ledger(folder).start()) {
            ledger.record(Segments.local("a", "2026-12-01T23:59:59.999Z"));
            ledger.record(Segments.local("b", "2026-12-02T00:00:00Z"));
        }
        assertThat(callIds("costs_20261201.jsonl")).containsExactly("a");
        assertThat(callIds("costs_20261202.jsonl")).containsExactly("b");
    }

    @Test
    void moreThanTheQueueHoldsIsWrittenAllTheSame() throws IOException, InterruptedException {
        Path blocked = Files.createFile(folder.resolve("costs"));
        var waiting = new AtomicInteger();
        var ledger = new CostLedger(
                        new CostSettings(blocked, Optional.empty()), Tariff.builtIn(), "", "m", counting(waiting))
                .start();
        int records = 2 * CostLedger.QUEUE + 5_000;
        var done = new CountDownLatch(1);
        Thread.ofVirtual().start(() -> {
            IntStream.range(0, records).forEach(i -> ledger.record(Segments.local("c" + i, DAY)));
            done.countDown();
        });
        done.await();
        assertThat(waiting.get()).isGreaterThanOrEqualTo(records - 2 * CostLedger.QUEUE);
        assertThat(ledger.totals().records()).isEqualTo(records);

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
            ledger.record(Segments.local("early", DAY));
            ledger.record(Segments.local("late", DAY));
            Files.delete(blocked);
            await().until(() -> Files.exists(blocked.resolve("costs_20261201.jsonl")));
        }
        assertThat(Files.readAllLines(blocked.resolve("costs_20261201.jsonl"))).hasSize(2);
    }

    @Test
    void aHalfLineOfAnEarlierProcessSpoilsNoRecord() throws IOException {
        Path file = Files.writeString(folder.resolve("costs_20261201.jsonl"), "{\"call_id\":\"half");
        try (var ledger = ledger(folder).start()) {
            ledger.record(Segments.local("a", DAY));
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
        return new CostLedger(
                new CostSettings(directory, Optional.empty()),
                Tariff.builtIn(),
                "pilot",
                "gpt-realtime-2.1",
                CostObserver.NONE);
    }

    private static CostObserver counting(AtomicInteger waiting) {
        return new CostObserver() {
            @Override
            public void charged(dev.tom.bridge.speech.BackendKind backend, SegmentCost cost) {
                // not of interest
            }

            @Override
            public void waiting(int records) {
                waiting.addAndGet(records);
            }
        };
    }
}
