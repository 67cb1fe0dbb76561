package dev.tom.bridge.telephony;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What the far side says about its own queue: wait, and marks. */
class FarSideReportsTest {

    private final FarSidePause pause = new FarSidePause();
    private final AnswerMarks marks = new AnswerMarks();

    @Test
    void aPauseLastsUntilItIsOver() {
        assertThat(pause.lasts(false, 0)).isFalse();
        assertThat(pause.lasts(true, seconds(5))).isTrue();
        assertThat(pause.lasts(true, seconds(24))).isTrue();
        assertThat(pause.lasts(false, seconds(25))).isFalse();
        assertThat(pause.lasts(true, seconds(26))).isTrue();
        assertThat(pause.lasts(true, seconds(45))).isTrue();
    }

    @Test
    void aResumptionThatWasLostEndsThePauseAllTheSame() {
        assertThat(pause.lasts(true, seconds(5))).isTrue();
        assertThat(pause.lasts(true, seconds(25))).isFalse();
        assertThat(pause.lasts(true, seconds(60))).isFalse();
    }

    @Test
    void aMarkTellsHowLateItsAnswerWasPlayed() {
        assertThat(marks.next(seconds(1))).isEqualTo("answer-1");
        assertThat(marks.reported("answer-1", seconds(3))).hasValue(2_000);
        assertThat(marks.reported("answer-1", seconds(4))).isEmpty();
    }

    @Test
    void marksThatAClearDroppedTellNothing() {
        marks.next(seconds(1));
        marks.forget();
        assertThat(marks.reported("answer-1", seconds(3))).isEmpty();
        assertThat(marks.next(seconds(4))).isEqualTo("answer-2");
        assertThat(marks.reported("answer-1", seconds(5))).isEmpty();
        assertThat(marks.reported("answer-2", seconds(5))).hasValue(1_000);
    }

    private static long seconds(int seconds) {
        return TimeUnit.SECONDS.toNanos(seconds);
    }
}
