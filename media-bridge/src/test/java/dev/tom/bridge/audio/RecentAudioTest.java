package dev.tom.bridge.audio;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecentAudioTest {

    private final RecentAudio recent = new RecentAudio(AudioFormat.NARROWBAND);
    private int next;

    @Test
    void aQuestionComesBackWithItsPreRoll() {
        add(100);
        recent.questionBegan(40);
        add(50);
        assertThat(replayed()).isEqualTo(range(100 - 2 - 15, 150));
    }

    @Test
    void nothingIsHeldWithoutAQuestion() {
        add(100);
        assertThat(recent.holdsQuestion()).isFalse();
        assertThat(replayed()).isEmpty();
        recent.questionBegan(20);
        add(10);
        recent.forgetQuestion();
        assertThat(replayed()).isEmpty();
        assertThat(recent.questionSamples()).isZero();
    }

    @Test
    void anOpenQuestionGoesOnWhenTheCallerSpeaksAgain() {
        add(50);
        recent.questionBegan(0);
        add(100);
        recent.questionBegan(0);
        add(10);
        assertThat(replayed()).isEqualTo(range(35, 160));
        assertThat(recent.questionSamples()).isEqualTo(125 * 160);
    }

    @Test
    void aQuestionThatBecameSureLateHasItsPreRoll() {
        add(200);
        recent.questionBegan(1_000);
        assertThat(replayed()).isEqualTo(range(200 - 50 - 15, 200));
    }

    @Test
    void theFirstWordOfACallHasLessPreRoll() {
        add(4);
        recent.questionBegan(60);
        assertThat(replayed()).isEqualTo(range(0, 4));
    }

    @Test
    void theBoundKeepsTheNewestFifteenSecondsAndCountsTheRest() {
        add(20);
        recent.questionBegan(0);
        add(1_000);
        assertThat(replayed()).isEqualTo(range(1_020 - 750, 1_020));
        assertThat(recent.lostSamples()).isEqualTo((1_020 - 750 - 5) * 160L);
    }

    @Test
    void questionsAfterALongOneComeBackWhole() {
        recent.questionBegan(0);
        add(900);
        recent.forgetQuestion();
        add(1);
        recent.questionBegan(20);
        add(200);
        assertThat(replayed()).isEqualTo(range(901 - 1 - 15, 1_101));
    }

    private void add(int frames) {
        short[] frame = new short[160];
        for (int i = 0; i < frames; i++) {
            java.util.Arrays.fill(frame, (short) next++);
            recent.add(frame);
        }
    }

    private List<Integer> replayed() {
        List<Integer> out = new ArrayList<>();
        recent.replayQuestion(frame -> {
            assertThat(frame[159]).isEqualTo(frame[0]);
            out.add((int) frame[0]);
        });
        return out;
    }

    private static List<Integer> range(int from, int to) {
        return java.util.stream.IntStream.range(from, to).boxed().toList();
    }
}
