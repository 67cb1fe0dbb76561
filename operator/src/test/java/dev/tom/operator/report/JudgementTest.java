package dev.tom.operator.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JudgementTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            19 | 400 | 800  | 0 | too few calls to say | The provider answered 19 turns; 20 are needed for a judgement.
            20 | 500 | 800  | 0 | provider first | The provider's p95 of 500 ms meets the target of 500 ms; the local pipeline's is 700 ms.
            20 | 510 | 800  | 0 | provider first | The provider's p95 of 510 ms is within the acceptable 800 ms, above the target of 500 ms; the local pipeline's is 700 ms.
            20 | 810 | 1000 | 0 | fallback only | The provider's p95 of 810 ms is above the acceptable 800 ms; the local pipeline's is 700 ms.
            20 | 700 | 600  | 0 | fallback only | The provider's p95 of 700 ms is above the trigger of 600 ms (spec.fallback.triggerMs); the local pipeline's is 700 ms.
            20 | 500 | 800  | 1 | provider first | The provider's p95 of 500 ms meets the target of 500 ms; the local pipeline's is 700 ms.
            20 | 500 | 800  | 2 | fallback only | The provider failed too often: 2 times a pod or a call had to leave it in 20 calls, more than 5 %.
            """)
    void theSentenceNamesWhatDecided(long turns, int p95, int trigger, int stalled, String verdict, String why) {
        Judgement judgement = Judgement.of(
                totals(turns, p95, Map.of("stalled", stalled, "egress_closed", 7)),
                new Thresholds(trigger, 500, 800, 20, 5));

        assertThat(judgement.verdict().text()).isEqualTo(verdict);
        assertThat(judgement.why()).isEqualTo(why);
    }

    @Test
    void wordsAreForPrograms() {
        assertThat(Verdict.values())
                .extracting(Verdict::word)
                .containsExactly("ProviderFirst", "FallbackOnly", "TooFewCalls");
    }

    private static Totals totals(long turns, int p95, Map<String, Integer> reasons) {
        return Totals.of(new RunFigures(
                20,
                0,
                0,
                0,
                0,
                0,
                0,
                new TreeMap<>(reasons),
                new TreeMap<>(),
                new TreeMap<>(
                        Map.of("provider", Histogram.of(Map.of(p95, turns)), "local", Histogram.of(Map.of(700, 5L)))),
                Histogram.EMPTY,
                new TreeMap<>()));
    }
}
