package dev.tom.bridge.cost.tariff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tom.bridge.cost.Segments;
import dev.tom.bridge.speech.TokenUsage;
import dev.tom.bridge.speech.TranscriptionUsage;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TariffTest {

    private static final Instant NOW = Instant.parse("2026-12-01T08:00:00Z");

    private static final String EXAMPLE = """
            {"id":"t","eurPerUsd":0.5,
             "usdPerMillionTokens":{"m":{"textInput":4,"textCached":0.4,"textOutput":24,
                                         "audioInput":32,"audioCached":0.4,"audioOutput":64}},
             "localEurPerHour":{"stt":3.6,"llm":7.2,"tts":0}}
            """;

    private final TariffVersion tariff =
            TariffFile.parse(EXAMPLE, "example").at(NOW).orElseThrow();

    /** Five minutes: 3000 tokens heard, 2400 spoken, the conversation read again from the cache. */
    @Test
    void aCallCostsWhatItsTokensCost() {
        SegmentCost cost =
                tariff.cost(Segments.provider(new TokenUsage(5_000, 23_000, 4_000, 20_000, 600, 2_400)), "m");

        // audio in 3,000 x 32 + cached 20,000 x 0.4; text in 1,000 x 4 + cached 4,000 x 0.4 + out 600 x 24; audio out
        // 2,400 x 64
        assertThat(cost.stt()).isEqualByComparingTo("0.052");
        assertThat(cost.llm()).isEqualByComparingTo("0.010");
        assertThat(cost.tts()).isEqualByComparingTo("0.0768");
        assertThat(cost.total()).isEqualTo(new BigDecimal("0.138800"));
        assertThat(cost.priced()).isTrue();
        assertThat(cost.adjusted()).isFalse();
    }

    @Test
    void aMinuteOfSpeechCostsWhatThePriceListSays() {
        TariffVersion builtIn = Tariff.builtIn().at(NOW).orElseThrow();
        BigDecimal in = builtIn.cost(Segments.provider(new TokenUsage(0, 600, 0, 0, 0, 0)), "gpt-realtime-2.1")
                .total();
        BigDecimal out = builtIn.cost(Segments.provider(new TokenUsage(0, 0, 0, 0, 0, 1_200)), "gpt-realtime-2.1")
                .total();
        assertThat(in).isEqualByComparingTo(new BigDecimal("0.0192").multiply(builtIn.eurPerUsd()));
        assertThat(out).isEqualByComparingTo(new BigDecimal("0.0768").multiply(builtIn.eurPerUsd()));
        assertThat(builtIn.rateDate()).contains(LocalDate.of(2026, 11, 22));
    }

    @Test
    void moreCachedThanReadIsChargedInFullAndFlagged() {
        SegmentCost cost = tariff.cost(Segments.provider(new TokenUsage(1_000, 0, 5_000, 1, 0, 0)), "m");
        assertThat(cost.llm()).isEqualByComparingTo("0.0002");
        assertThat(cost.stt()).isZero();
        assertThat(cost.adjusted()).isTrue();
    }

    @Test
    void aDivisionOfCachedTokensThatIsOursIsFlagged() {
        TokenUsage usage = new TokenUsage(1_000, 0, 500, 0, 0, 0).assumingCached();
        assertThat(tariff.cost(Segments.provider(usage), "m").adjusted()).isTrue();
        assertThat(tariff.cost(Segments.provider(usage.plus(usage)), "m").adjusted())
                .isTrue();
    }

    @Test
    void aModelWithoutAPriceIsNotCalledFree() {
        assertThat(tariff.cost(Segments.provider(TokenUsage.NONE), "other").priced())
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "gpt-4o-mini-transcribe, 1000000, 0, 0, 1.25",
        "gpt-4o-transcribe, 0, 1000000, 0, 10",
        "gpt-4o-mini-transcribe-2025-12-15, 0, 1000, 0, 0.005",
        "gpt-realtime-whisper, 7, 7, 90000, 0.0255"
    })
    void writingDownTheCallersWordsIsChargedByTokensOrByTime(
            String model, long input, long output, long millis, BigDecimal usd) {
        TariffVersion builtIn = Tariff.builtIn().at(NOW).orElseThrow();
        SegmentCost cost = builtIn.cost(
                Segments.provider(TokenUsage.of(new TranscriptionUsage(model, input, output, millis))),
                "gpt-realtime-2.1");

        assertThat(cost.stt()).isEqualByComparingTo(usd.multiply(builtIn.eurPerUsd()));
        assertThat(cost.total()).isEqualTo(cost.stt());
        assertThat(cost.priced()).isTrue();
    }

    @Test
    void aTranscriptionWithoutAPriceIsNotCalledFree() {
        TokenUsage usage =
                new TokenUsage(0, 1_000, 0, 0, 0, 0).plus(TokenUsage.of(new TranscriptionUsage("x", 9, 1, 0)));
        SegmentCost cost = tariff.cost(Segments.provider(usage), "m");

        assertThat(cost.stt()).isPositive();
        assertThat(cost.priced()).isFalse();
    }

    @Test
    void aDatedModelHasThePriceOfItsFamilyAndNoOther() {
        assertThat(tariff.prices("m-2026-07-01")).isPresent();
        assertThat(tariff.prices("m-mini")).isEmpty();
    }

    @Test
    void localEnginesCostTheirBusyHours() {
        SegmentCost cost = tariff.cost(Segments.local("c", "2026-12-01T08:00:00Z"), "m");
        assertThat(cost.stt()).isEqualByComparingTo("0.0015");
        assertThat(cost.llm()).isEqualByComparingTo("0.0045");
        assertThat(cost.tts()).isZero();
    }

    @Test
    void halfAMillionthIsRoundedUpAndTheTotalIsTheSumOfTheParts() {
        var cost =
                new SegmentCost(new BigDecimal("0.0000005"), new BigDecimal("0.0000005"), BigDecimal.ZERO, true, false);
        assertThat(cost.total()).isEqualTo(new BigDecimal("0.000002"));
    }

    @Test
    void aMissingTariffIsOneSentence() {
        assertThatThrownBy(() -> Tariff.read(Path.of("none.json")))
                .hasMessage("COST_TARIFF=none.json cannot be read: check the path");
    }
}
