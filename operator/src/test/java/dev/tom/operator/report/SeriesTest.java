package dev.tom.operator.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tom.operator.report.Series.Point;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SeriesTest {

    @Test
    void whatDoesNotChangeMakesNoPoint() {
        Series series = Series.EMPTY;
        for (int i = 0; i < 1_000; i++) {
            series = series.with(new Point(i * 5L, 0, 0, 2, 0));
        }
        assertThat(series.points()).hasSize(1);
        assertThat(series.stepSeconds()).isEqualTo(15);
    }

    @Test
    void ofOneStepTheBusiestMomentStays() {
        Series series = Series.EMPTY
                .with(new Point(15, 1, 0, 1, 0))
                .with(new Point(20, 4, 0, 1, 0))
                .with(new Point(25, 2, 0, 1, 0))
                .with(new Point(30, 2, 0, 1, 0));
        assertThat(series.points()).containsExactly(new Point(15, 4, 0, 1, 0), new Point(30, 2, 0, 1, 0));
    }

    @Test
    void aDayFitsAndItsPeakStays() {
        var random = new Random(1);
        Series series = Series.EMPTY;
        for (int second = 0; second < 86_400; second += 5) {
            series = series.with(new Point(second, random.nextInt(50), random.nextInt(50), 3, 0));
        }
        series = series.with(new Point(86_400, 500, 0, 3, 0)).with(new Point(90_000, 0, 0, 3, 0));
        assertThat(series.points()).hasSizeBetween(Series.MAX_POINTS / 3, Series.MAX_POINTS);
        assertThat(series.points()).extracting(Point::provider).contains(500);
        assertThat(series.points().getLast().calls()).isZero();
    }

    @Test
    void aQuietTimeStaysQuietWhenStepsGrow() {
        Series series = Series.EMPTY.with(new Point(0, 5, 0, 1, 0)).with(new Point(15, 0, 0, 1, 0));
        for (int i = 0; i < Series.MAX_POINTS; i++) {
            series = series.with(new Point(3_600 + 15L * i, 1 + i % 2, 0, 1, 0));
        }
        assertThat(series.stepSeconds()).isGreaterThan(15);
        assertThat(series.points().get(1).calls()).as("after the first call").isZero();
    }
}
