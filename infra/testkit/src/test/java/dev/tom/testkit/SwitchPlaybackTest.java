package dev.tom.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** The figures are those measured on a real switch, 8 kHz. */
class SwitchPlaybackTest {

    private final SwitchPlayback playback = new SwitchPlayback(8_000, true);

    @Test
    void lessThanThePreBufferIsNotHeard() {
        playback.binary(voiced(158));
        assertThat(heardMillis(100)).isZero();

        playback.binary(voiced(2));
        assertThat(heardMillis(100)).isEqualTo(160);
    }

    @Test
    void theTailOfAMessageStaysBehind() {
        playback.binary(voiced(240));
        assertThat(heardMillis(100)).isEqualTo(192);
    }

    @Test
    void laterTheThresholdIsSmaller() {
        playback.binary(voiced(500));
        assertThat(heardMillis(100)).isEqualTo(448);
    }

    @Test
    void aKillSilencesAtTheNextTickAndLeavesThePreBuffer() {
        playback.binary(voiced(500));
        playback.kill();

        assertThat(heardMillis(50)).isZero();
        assertThat(playback.leakedSamples()).isEqualTo(52 * 8);
    }

    @Test
    void zerosBeforeTheKillCureTheLeak() {
        playback.binary(voiced(500));
        playback.binary(new byte[2 * 8 * 80]);
        playback.kill();

        assertThat(heardMillis(50)).isZero();
        assertThat(playback.leakedSamples()).isZero();
    }

    @Test
    void audioThatComesTooSoonAfterAKillIsSwallowed() {
        playback.binary(voiced(200));
        playback.kill();
        playback.binary(voiced(400));
        assertThat(heardMillis(50)).isZero();
        assertThat(playback.swallowedSamples()).isGreaterThan(8 * 300);
    }

    @Test
    void anOddByteIsHeldOver() {
        byte[] whole = voiced(200);
        assertThat(playback.binary(Arrays.copyOf(whole, 101))).hasSize(50);
        short[] rest = playback.binary(Arrays.copyOfRange(whole, 101, whole.length));
        assertThat(rest).hasSize(1_550).containsOnly((short) 1_000);
    }

    @Test
    void aMarkIsReportedWhenItsPlaceIsReached() {
        playback.binary(voiced(640));
        playback.mark("here");
        playback.binary(voiced(640));
        assertThat(heardMillis(31)).isEqualTo(620);
        assertThat(playback.takeMarkEvents()).isEmpty();

        heardMillis(2);
        assertThat(playback.takeMarkEvents()).containsExactly(new SwitchPlayback.MarkEvent("here", false));
    }

    @Test
    void aFileIsHeardAfterItsDelayAndEndedByAKill() {
        SwitchPlayback files = new SwitchPlayback(8_000, false);
        short[] words = new short[8 * 400];
        Arrays.fill(words, (short) 1_000);
        files.file(words);

        for (int tick = 1; tick < 6; tick++) {
            assertThat(Loudness.audible(files.tick())).isFalse();
        }
        assertThat(Loudness.audible(files.tick())).isTrue();
        files.kill();
        assertThat(Loudness.audible(files.tick())).isFalse();
    }

    private long heardMillis(int ticks) {
        long samples = 0;
        for (int i = 0; i < ticks; i++) {
            for (short sample : playback.tick()) {
                samples += sample == 0 ? 0 : 1;
            }
        }
        return samples / 8;
    }

    private static byte[] voiced(int millis) {
        byte[] audio = new byte[2 * 8 * millis];
        for (int i = 0; i < audio.length; i += 2) {
            audio[i] = (byte) (1_000 & 0xff);
            audio[i + 1] = 1_000 >> 8;
        }
        return audio;
    }
}
