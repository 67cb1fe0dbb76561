package dev.tom.bridge.observe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tom.bridge.call.egress.EgressReason;
import dev.tom.bridge.cost.tariff.SegmentCost;
import dev.tom.bridge.egress.EgressSnapshot;
import dev.tom.bridge.session.CallSegment;
import dev.tom.bridge.session.DeskSnapshot;
import dev.tom.bridge.session.OpenSegment;
import dev.tom.bridge.session.SegmentUse;
import dev.tom.bridge.speech.BackendKind;
import dev.tom.bridge.speech.FailureReason;
import dev.tom.bridge.speech.SpeechEvent.Engine;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class MetricsTest {

    private static final Instant NOW = Instant.parse("2026-12-01T08:00:00Z");

    private final MeterBook book = new MeterBook();
    private final List<CallSegment> ledger = new ArrayList<>();
    private final BridgeObserver observer = new BridgeObserver(book, ledger::add);

    @Test
    void thePageIsTheCatalogue() throws IOException {
        Path page = Path.of(System.getProperty("tom.root", "..")).resolve("docs/metrics.md");
        if (Boolean.getBoolean("rewrite")) {
            Files.createDirectories(page.getParent());
            Files.writeString(page, MetricsPage.markdown());
        }
        assertThat(MetricsPage.markdown()).isEqualTo(Files.readString(page));
    }

    @Test
    void everyMeterOfTheCatalogueIsScrapedUnderItsNameAndLabelsAndNoOther() {
        BridgeGauges.bind(
                book,
                () -> new DeskSnapshot(2, BackendKind.LOCAL, "", false),
                () -> new EgressSnapshot(true, Optional.of(NOW), EgressReason.OPEN, 3, Optional.empty()));
        BridgeGauges.bindCosts(book, () -> 5);
        observer.podRoute(BackendKind.LOCAL, "errors");
        observer.backpressure("uplink", 4);
        observer.allowance("tokens", 0.07);
        book.histogram(Meters.EVENT_LOOP_LATE);

        String scraped = book.scrape();
        var names = scraped.lines()
                .filter(line -> line.startsWith("tom_"))
                .map(line -> line.replaceFirst("[{ ].*", "").replaceFirst("_(bucket|sum|count|max)$", ""))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(names)
                .containsExactlyInAnyOrderElementsOf(
                        Arrays.stream(Meters.values()).map(Meters::meterName).toList());
        assertThat(scraped.lines())
                .contains(
                        "tom_realtime_backend{backend=\"local\"} 1.0",
                        "tom_realtime_backend{backend=\"provider\"} 0.0",
                        "tom_provider_failover_total{reason=\"errors\"} 1.0",
                        "tom_pipeline_backpressure_total{queue=\"uplink\"} 4.0",
                        "tom_calls_active 2.0",
                        "tom_egress_allowed 1.0",
                        "tom_egress_deadline_timestamp_seconds " + NOW.getEpochSecond() / 1e9 + "E9",
                        "tom_provider_sockets_open 3.0",
                        "tom_cost_records_waiting 5.0",
                        "tom_call_failover_total{reason=\"socket_closed\"} 0.0");
    }

    @Test
    void latencyFallsIntoTheBucketsOfTheDesign() {
        observer.turnAnswered(BackendKind.PROVIDER, 420);
        observer.turnAnswered(BackendKind.PROVIDER, 9_000);

        List<String> buckets = book.scrape()
                .lines()
                .filter(line -> line.startsWith("tom_realtime_e2e_ms_bucket{backend=\"provider\""))
                .map(line -> line.replaceAll(".*le=\"|\"}", ""))
                .toList();
        assertThat(buckets)
                .containsExactly(
                        "100.0 0",
                        "200.0 0",
                        "300.0 0",
                        "400.0 0",
                        "500.0 1",
                        "600.0 1",
                        "700.0 1",
                        "800.0 1",
                        "1000.0 1",
                        "1500.0 1",
                        "2000.0 1",
                        "3000.0 1",
                        "5000.0 1",
                        "+Inf 2");
    }

    @Test
    void whatHappensIsCountedForTheStatusPage() {
        observer.callStarted("a");
        observer.callStarted("b");
        observer.callEnded("a", "completed");
        observer.callEnded("b", "dropped");
        observer.callEnded("", "refused");
        observer.callEnded("", "steered");
        observer.troubled(FailureReason.STALLED);
        for (int millis = 1; millis <= 100; millis++) {
            observer.turnAnswered(BackendKind.LOCAL, millis * 10L);
        }
        observer.bargedIn(48);
        observer.callMoved("a", FailureReason.SOCKET_CLOSED, BackendKind.PROVIDER, BackendKind.LOCAL);
        observer.callMoved("a", FailureReason.SOCKET_CLOSED, BackendKind.LOCAL, BackendKind.PROVIDER);
        observer.podRoute(BackendKind.LOCAL, "errors");
        observer.podRoute(BackendKind.PROVIDER, "probe");
        var segment = new CallSegment(
                OpenSegment.of("a", 1, "", BackendKind.PROVIDER, NOW), SegmentUse.NONE, NOW.plusSeconds(192), "hangup");
        observer.segmentOpened(segment.opened());
        observer.segmentOpened(OpenSegment.of("a", 2, "", BackendKind.LOCAL, NOW));
        observer.segmentEnded(segment);
        CallCounts counts = observer.counts();

        assertThat(counts.total()).isEqualTo(2);
        assertThat(counts.dropped()).isEqualTo(1);
        assertThat(counts.refused()).isEqualTo(1);
        assertThat(counts.steered()).isEqualTo(1);
        assertThat(counts.live()).containsEntry("provider", 0L).containsEntry("local", 1L);
        assertThat(counts.failoversByReason()).isEqualTo(Map.of("socket_closed", 1L, "errors", 1L));
        assertThat(counts.errors()).isEqualTo(Map.of("stalled", 1L));
        assertThat(counts.turns().p50Millis()).isEqualTo(500);
        assertThat(counts.turns().p95Millis()).isEqualTo(950);
        assertThat(counts.turnsByBackend()).hasEntrySatisfying("local", turns -> {
            assertThat(turns.count()).isEqualTo(100);
            assertThat(turns.histogram()).hasSize(100).containsEntry(10, 1L).containsEntry(1_000, 1L);
        });
        assertThat(counts.turnsByBackend()).containsEntry("provider", CallCounts.Latency.NONE);
        assertThat(counts.bargeIns().histogram()).isEqualTo(Map.of(48, 1L));
        assertThat(ledger).containsExactly(segment);
    }

    @Test
    void costsAndEnginesAreCounted() {
        observer.charged(
                BackendKind.PROVIDER,
                new SegmentCost(new BigDecimal("0.01"), new BigDecimal("0.02"), new BigDecimal("0.03"), true, false));
        observer.engineWorked(Engine.TTS, 250);
        observer.limited("messages");
        observer.refused(429);
        observer.refused(401);

        assertThat(book.scrape().lines())
                .contains(
                        "tom_cost_eur_total{backend=\"provider\",kind=\"stt\"} 0.01",
                        "tom_cost_eur_total{backend=\"provider\",kind=\"tts\"} 0.03",
                        "tom_tts_latency_seconds_sum 0.25",
                        "tom_ws_gateway_rate_limit_total 2.0");
    }

    @Test
    void rateLimitsAreShownAsToldLastAndOnlySoManyOfThem() {
        observer.allowance("requests", 0.9);
        observer.allowance("requests", 0.05);
        for (int i = 0; i < 100; i++) {
            observer.allowance("made_up_" + i, 0.5);
        }
        List<String> shown = book.scrape()
                .lines()
                .filter(line -> line.startsWith("tom_provider_rate_limit_remaining_ratio{"))
                .toList();

        assertThat(shown)
                .hasSize(RateLimits.MAX_NAMES)
                .contains("tom_provider_rate_limit_remaining_ratio{name=\"requests\"} 0.05");
    }

    @Test
    void freshProviderSessionsAreCountedByReason() {
        observer.sessionRenewed("a", "age");
        observer.sessionRenewed("b", "session_expired");

        assertThat(book.scrape().lines())
                .contains(
                        "tom_provider_rotations_total{reason=\"age\"} 1.0",
                        "tom_provider_rotations_total{reason=\"session_expired\"} 1.0",
                        "tom_provider_rotations_total{reason=\"limit\"} 0.0");
    }

    @Test
    void aLabelOutsideTheVocabularyIsOther() {
        observer.podRoute(BackendKind.LOCAL, "p95 was 900 ms");
        assertThat(observer.counts().failoversByReason()).containsOnlyKeys("other");
    }

    @Test
    void percentilesAreExact() {
        var tally = new LatencyTally();
        assertThat(tally.figures().p95Millis()).isZero();
        tally.add(40_000);
        assertThat(tally.figures().p50Millis()).isEqualTo(30_000);
        tally.add(-3);
        assertThat(tally.figures().p50Millis()).isZero();
        assertThat(tally.figures().p95Millis()).isEqualTo(30_000);
        assertThat(tally.figures().count()).isEqualTo(2);
    }
}
