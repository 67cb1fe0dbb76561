package dev.tom.bridge.caller;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tom.bridge.audio.AudioFormat;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class SwitchBufferTest {

    private static final int FRAME = 160;
    private final SwitchBuffer buffer = new SwitchBuffer(AudioFormat.NARROWBAND);

    @Test
    void nothingIsHeardBelow160MillisTheFirstTimeAnd80Later() {
        send(1, 1_264);
        assertThat(ticks(1)).containsExactly(0);
        send(1, 16);
        assertThat(ticks(9)).containsExactly(1, 1, 1, 1, 1, 1, 1, 1, 0);
        send(2, 639);
        assertThat(ticks(1)).containsExactly(0);
        send(2, 1);
        assertThat(ticks(5)).containsExactly(2, 2, 2, 2, 0);
    }

    @Test
    void aTailBelowTheThresholdIsHeardInFrontOfTheNextAnswer() {
        send(1, 1_280);
        send(1, 160);
        assertThat(ticks(9)).containsExactly(1, 1, 1, 1, 1, 1, 1, 1, 0);
        send(2, 640);
        assertThat(ticks(1)).containsExactly(1);
        assertThat(ticks(1)).containsExactly(2);
    }

    @Test
    void aKillSilencesAtTheNextTickAndDropsWhatCameInBetween() {
        send(1, 8_000);
        assertThat(ticks(2)).containsExactly(1, 1);
        buffer.kill();
        send(2, 1_280);
        assertThat(ticks(2)).containsExactly(0, 0);
        send(3, 1_280);
        assertThat(ticks(6)).containsOnly(3);
    }

    @Test
    void marksAreReachedWithTheirAudioAndClearedByAKill() {
        send(1, 1_280);
        buffer.mark("first");
        ticks(7);
        assertThat(buffer.takeMarks()).isEmpty();
        ticks(1);
        assertThat(buffer.takeMarks()).containsExactly(new SwitchBuffer.Mark("first", false));
        send(1, 1_280);
        buffer.mark("second");
        buffer.kill();
        ticks(1);
        assertThat(buffer.takeMarks()).containsExactly(new SwitchBuffer.Mark("second", true));
        buffer.mark("idle");
        ticks(1);
        assertThat(buffer.takeMarks()).containsExactly(new SwitchBuffer.Mark("idle", false));
    }

    @Test
    void marksAreBoundedAndForgotten() {
        send(1, 1_280);
        for (int i = 0; i < 40; i++) {
            buffer.mark("m" + i);
        }
        ticks(9);
        assertThat(buffer.takeMarks()).hasSize(SwitchBuffer.MAX_MARKS);
        send(1, 1_280);
        buffer.mark("x");
        buffer.clearMarks();
        ticks(10);
        assertThat(buffer.takeMarks()).isEmpty();
    }

    @Test
    void whatIsBeyondTheBoundIsDroppedAndCounted() {
        int second = 8_000;
        for (int i = 0; i < SwitchBuffer.BOUND_SECONDS + 1; i++) {
            send(1, second);
        }
        assertThat(buffer.droppedSamples()).isBetween((long) second - 2 * 640, (long) second);
    }

    private void send(int value, int samples) {
        short[] pcm = new short[samples];
        Arrays.fill(pcm, (short) value);
        buffer.arrived(pcm, samples);
    }

    /** The first sample of each of the next ticks. */
    private int[] ticks(int count) {
        int[] heard = new int[count];
        for (int i = 0; i < count; i++) {
            short[] frame = buffer.tick();
            assertThat(frame).hasSize(FRAME);
            heard[i] = frame[0];
        }
        return heard;
    }
}
