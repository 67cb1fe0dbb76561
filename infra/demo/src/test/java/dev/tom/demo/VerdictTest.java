package dev.tom.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class VerdictTest {

    private static Figures figures(long bargeIn, long bytesLate, int costRecords) {
        return new Figures(
                "c",
                "p",
                3,
                0,
                8,
                List.of(bargeIn),
                900,
                1_200,
                "ja",
                "ja",
                0,
                0,
                0,
                bytesLate,
                800,
                "false",
                true,
                true,
                costRecords,
                6,
                List.of("Open", "Closed"));
    }

    @Test
    void holdsWhenEveryFigureIsWithinItsLimit() {
        assertThat(Verdict.of(figures(80, 0, 6)).held()).isTrue();
    }

    @Test
    void oneBrokenPromiseBreaksIt() {
        assertThat(Verdict.of(figures(120, 0, 6)).held()).isFalse();
        assertThat(Verdict.of(figures(80, 1, 6)).held()).isFalse();
        assertThat(Verdict.of(figures(80, 0, 5)).held()).isFalse();
    }

    @Test
    void whatWasNotMeasuredIsBroken() {
        Figures none = new Figures(
                "c",
                "p",
                3,
                0,
                8,
                List.of(),
                Long.MAX_VALUE,
                1_200,
                "",
                "ja",
                1,
                0,
                0,
                0,
                800,
                "false",
                true,
                true,
                6,
                6,
                List.of());
        Verdict verdict = Verdict.of(none);
        assertThat(verdict.held()).isFalse();
        assertThat(verdict.table()).contains("not measured");
    }
}
