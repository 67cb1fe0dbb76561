package dev.tom.bench.side;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tom.bench.wire.Mark;
import org.junit.jupiter.api.Test;

/** The measure itself: what it must not overlook. Times are made up. */
class HeardAnswerTest {

    private static final int FRAMES = 50;
    private static final long START = 1_000_000_000_000L;

    private final Heard heard = new Heard();
    private final HeardAnswer answer = new HeardAnswer(1, FRAMES, true);

    private boolean take(int seq, long atMillis) {
        Mark mark = new Mark();
        mark.answer = 1;
        mark.seq = seq;
        return answer.take(mark, START + atMillis * 1_000_000, heard);
    }

    /** Eight frames at once, then one each 20 ms. */
    private static long steady(int seq) {
        return Math.max(0, seq - 7) * 20L;
    }

    @Test
    void a_steady_answer_is_whole_without_gaps_and_on_its_pace() {
        for (int seq = 0; seq < FRAMES; seq++) {
            assertThat(take(seq, steady(seq))).isEqualTo(seq == FRAMES - 1);
        }
        answer.finish(heard);

        assertThat(heard.answers).isEqualTo(1);
        assertThat(heard.lost).isZero();
        assertThat(heard.gaps).isZero();
        assertThat(heard.paced.toJson().getDouble("max")).isZero();
        assertThat(heard.leastLeadMillis).isEqualTo(140);
    }

    @Test
    void a_missing_frame_is_lost_and_a_second_copy_does_not_make_up_for_it() {
        for (int seq = 0; seq < FRAMES; seq++) {
            take(seq == 20 ? 19 : seq, steady(seq));
        }
        answer.finish(heard);

        assertThat(heard.lost).isEqualTo(1);
    }

    @Test
    void a_late_frame_is_behind_its_pace_and_one_after_its_time_is_a_gap() {
        for (int seq = 0; seq < FRAMES; seq++) {
            take(seq, seq == 20 ? steady(seq) + 141 : seq == 30 ? steady(seq) + 30 : steady(seq));
        }
        answer.finish(heard);

        assertThat(heard.gaps).isEqualTo(1);
        assertThat(heard.paced.toJson().getDouble("max")).isBetween(140.0, 142.0);
        assertThat(heard.leastLeadMillis).isEqualTo(-1);
    }

    @Test
    void a_killed_answer_and_one_that_was_heard_in_part_count_for_nothing() {
        take(0, 0);
        answer.kill();
        answer.finish(heard);
        new HeardAnswer(2, FRAMES, false).finish(heard);

        assertThat(heard.answers).isZero();
        assertThat(heard.lost).isZero();
    }
}
