package dev.tom.bridge.observe;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LatencyTallyTest {

    private final LatencyTally tally = new LatencyTally();

    @ParameterizedTest
    @CsvSource({
        "0,0",
        "1,2",
        "2,2",
        "199,200",
        "200,200",
        "201,210",
        "500,500",
        "501,510",
        "800,800",
        "1000,1000",
        "1001,1050",
        "2951,3000",
        "3001,3250",
        "10001,11000",
        "30000,30000",
        "99999,30000",
        "-5,0"
    })
    void aLatencyCountsInTheStepThatEndsAtItOrAboveIt(long millis, int step) {
        tally.add(millis);
        assertThat(tally.figures().histogram()).isEqualTo(Map.of(step, 1L));
    }

    @Test
    void percentilesAreExactAndTheHistogramIsNotFarOff() {
        for (int millis = 300; millis < 1_300; millis++) {
            tally.add(millis);
        }
        LatencyTally.Figures figures = tally.figures();
        assertThat(figures.count()).isEqualTo(1_000);
        assertThat(figures.p50Millis()).isEqualTo(799);
        assertThat(figures.p95Millis()).isEqualTo(1_249);
        assertThat(figures.histogram().values().stream()
                        .mapToLong(Long::longValue)
                        .sum())
                .isEqualTo(1_000);
    }
}
