package dev.tom.bridge.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PcmTest {

    @Test
    void samplesAreLittleEndian() {
        assertThat(Pcm.samples(new byte[] {0x34, 0x12, (byte) 0xFF, (byte) 0xFF}))
                .containsExactly((short) 0x1234, (short) -1);
        short[] samples = {0, 1, -1, Short.MAX_VALUE, Short.MIN_VALUE};
        assertThat(Pcm.samples(Pcm.bytes(samples))).isEqualTo(samples);
    }

    @Test
    void shortAudioIsPaddedWithSilence() {
        float[] scaled = Pcm.scaled(new short[] {Short.MIN_VALUE, 16_384}, 4);
        assertThat(scaled).containsExactly(-1f, 0.5f, 0f, 0f);
    }

    @Test
    void lineNoiseIsSilenceAndAShortWordIsNot() {
        Random random = new Random(1);
        short[] noise = new short[16_000];
        for (int i = 0; i < noise.length; i++) {
            noise[i] = (short) (random.nextGaussian() * 20);
        }
        assertThat(Pcm.silent(noise, 16_000)).isTrue();
        for (int i = 8_000; i < 9_600; i++) {
            noise[i] = (short) (800 * Math.sin(i * 0.1));
        }
        assertThat(Pcm.silent(noise, 16_000)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"22050,8000", "22050,16000", "8000,16000", "16000,16000", "24000,8000"})
    void aToneKeepsItsHeightAndLoudnessAtAnotherRate(int from, int to) {
        short[] out = new RateChange(from, to).apply(tone(from, 1_000));
        short[] expected = tone(to, 1_000);
        assertThat(out.length).isBetween(expected.length - 1, expected.length);
        double error = 0;
        for (int i = to / 10; i < to * 9 / 10; i++) {
            error = Math.max(error, Math.abs(out[i] - expected[i]));
        }
        assertThat(error).as("largest difference in the middle").isLessThan(60);
    }

    @Test
    void whatTheNarrowBandCannotCarryIsGone() {
        short[] out = new RateChange(22_050, 8_000).apply(tone(22_050, 6_000));
        double energy = 0;
        for (int i = 800; i < 7_200; i++) {
            energy += (double) out[i] * out[i];
        }
        assertThat(Math.sqrt(energy / 6_400)).isLessThan(30);
    }

    private static short[] tone(int rate, int hertz) {
        short[] tone = new short[rate];
        for (int i = 0; i < rate; i++) {
            tone[i] = (short) Math.round(10_000 * Math.sin(2 * Math.PI * hertz * i / rate));
        }
        return tone;
    }
}
