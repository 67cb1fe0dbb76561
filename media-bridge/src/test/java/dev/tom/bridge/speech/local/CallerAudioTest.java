package dev.tom.bridge.speech.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tom.bridge.audio.AudioFormat;
import org.junit.jupiter.api.Test;

class CallerAudioTest {

    private final CallerAudio audio = new CallerAudio(AudioFormat.NARROWBAND);

    private void frames(int from, int count) {
        short[] frame = new short[AudioFormat.NARROWBAND.samplesPerFrame()];
        for (int i = from; i < from + count; i++) {
            java.util.Arrays.fill(frame, (short) i);
            audio.add(frame);
        }
    }

    @Test
    void keepsACopyOfEveryFrame() {
        frames(1, 3);
        assertThat(audio.copy()).hasSize(480).startsWith((short) 1).endsWith((short) 3);
        assertThat(audio.dropped()).isZero();
    }

    @Test
    void keepsTheLastThirtySecondsAndCountsTheRest() {
        frames(0, 50 * (CallerAudio.MAX_SECONDS + 5));
        assertThat(audio.copy())
                .hasSizeLessThanOrEqualTo(CallerAudio.MAX_SECONDS * 8_000)
                .endsWith((short) 1749);
        assertThat(audio.dropped() + audio.copy().length).isEqualTo(35 * 8_000);
    }

    @Test
    void clearsBoth() {
        frames(0, 50 * 31);
        audio.clear();
        assertThat(audio.isEmpty()).isTrue();
        assertThat(audio.dropped()).isZero();
    }
}
