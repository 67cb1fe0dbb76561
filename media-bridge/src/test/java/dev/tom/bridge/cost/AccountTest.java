package dev.tom.bridge.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tom.bridge.cost.account.AccountLine;
import dev.tom.bridge.cost.account.RunAccount;
import dev.tom.bridge.cost.journal.JournalOrigin;
import dev.tom.bridge.cost.tariff.Tariff;
import dev.tom.bridge.session.CallSegment;
import dev.tom.bridge.speech.TokenUsage;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a bridge says of its own run and of dead ones is what the files hold, and no record is in two accounts. */
class AccountTest {

    private static final Instant NOW = Instant.parse("2026-12-01T08:10:00.123456Z");
    private static final JournalOrigin ORIGIN = JournalOrigin.of("pod-1", "pilot", "gpt-realtime-2.1", NOW);

    @TempDir
    Path folder;

    static Stream<CallSegment> segments() {
        return Stream.of(
                Segments.provider(new TokenUsage(1_000, 3_000, 10, 20, 600, 2_400)),
                Segments.provider(new TokenUsage(1, 0, 0, 0, 0, 1)),
                Segments.local("a", "2026-12-01T08:00:00.999999Z"));
    }

    @ParameterizedTest
    @MethodSource("segments")
    void aLineReadsAsTheEntryThatWasCounted(CallSegment segment) {
        CostRecord written = CostRecord.of(segment, ORIGIN, Tariff.builtIn());
        var read = AccountLine.parse(written.line()).orElseThrow();
        RunAccount counted = RunAccount.empty(ORIGIN.run()).plus(written.entry());
        RunAccount found = RunAccount.empty(ORIGIN.run()).plus(read);

        assertThat(found.eur()).isEqualByComparingTo(counted.eur());
        assertThat(found.calls()).isEqualTo(counted.calls());
        assertThat(found.lastEnd()).isEqualTo(counted.lastEnd());
        assertThat(read.sums().millis()).isEqualTo(written.entry().sums().millis());
        assertThat(read.sums().tokens()).isEqualTo(written.entry().sums().tokens());
        assertThat(read.run()).isEqualTo("pod-1@2026-12-01T08:10:00.123Z");
    }

    @Test
    void whatIsSettledForADeadRunIsTheDeadRuns() throws IOException {
        Files.writeString(folder.resolve("open_pod-0_20261201T080000000_0000000a.journal"), """
                {"event":"began","pod":"pod-0","window":"pilot","model":"gpt-realtime-2.1","run":"pod-0@2026-12-01T08:00:00Z","at":"2026-12-01T08:00:00Z"}
                {"event":"opened","id":"a1","call_id":"call-a","segment":1,"caller_hash":"77","backend":"provider","start":"2026-12-01T08:00:01.500Z","at":"2026-12-01T08:00:01.510Z"}
                {"event":"used","id":"a1","use":{"usage":{"text_input":1000,"audio_input":3000,"text_output":600,"audio_output":2400}},"at":"2026-12-01T08:00:20Z"}
                """);
        try (var ledger = ledger().start()) {
            ledger.segmentEnded(Segments.provider(new TokenUsage(1_000, 3_000, 0, 0, 600, 2_400)));
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> !ledger.status().dead().isEmpty());

            assertThat(ledger.account().records()).isEqualTo(1);
            assertThat(ledger.account().eur()).isEqualByComparingTo(new BigDecimal("0.230480"));
            assertThat(ledger.status().dead()).singleElement().satisfies(dead -> {
                assertThat(dead.run()).isEqualTo("pod-0@2026-12-01T08:00:00Z");
                assertThat(dead.calls()).isEqualTo(1);
                assertThat(dead.records()).isEqualTo(1);
                assertThat(dead.eur()).isEqualByComparingTo(new BigDecimal("0.230480"));
                assertThat(dead.millis("provider")).isEqualTo(18_500);
                assertThat(dead.lastEnd()).isEqualTo(Instant.parse("2026-12-01T08:00:20Z"));
            });
        }
    }

    private CostLedger ledger() {
        return new CostLedger(
                new CostSettings(folder, Optional.empty(), FsyncPolicy.SECOND),
                Tariff.builtIn(),
                ORIGIN,
                CostObserver.NONE,
                InstantSource.fixed(NOW));
    }
}
