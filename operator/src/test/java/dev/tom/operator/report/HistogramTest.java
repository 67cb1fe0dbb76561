package dev.tom.operator.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class HistogramTest {

    @Test
    void aPercentileOverBridgesIsOneOfAllTurns() {
        Histogram slow = Histogram.of(Map.of(900, 1L));
        Histogram quick = Histogram.of(Map.of(300, 60L, 400, 39L));
        assertThat(quick.plus(slow).percentile(50)).isEqualTo(300);
        assertThat(quick.plus(slow).percentile(95)).as("not the worst bridge's").isEqualTo(400);
        assertThat(quick.plus(slow).percentile(100)).isEqualTo(900);
    }

    @Test
    void withoutTurnsThereIsNone() {
        assertThat(Histogram.EMPTY.percentile(95)).isZero();
    }
}
