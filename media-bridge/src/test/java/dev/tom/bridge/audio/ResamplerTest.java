package dev.tom.bridge.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResamplerTest {

    @ParameterizedTest
    @CsvSource({"8000,16000", "16000,8000", "16000,24000", "24000,16000", "8000,24000", "24000,8000"})
    void thePassBandIsFlatAndKeepsItsFrequency(int from, int to) {
        double nyquist = Math.min(from, to) / 2.0;
        for (double part : new double[] {0.05, 0.2, 0.5, 0.75, 0.84}) {
            double hertz = part * nyquist;
            short[] out = resampled(from, to, Signals.tone(from, hertz, 12_000, 500), 20);
            double got = Signals.amplitude(out, to, hertz, to / 10, out.length - to / 10);
            assertThat(Signals.decibel(got / 12_000)).as("%.0f Hz", hertz).isBetween(-0.1, 0.1);
        }
    }

    @ParameterizedTest
    @CsvSource({"16000,8000", "24000,16000", "24000,8000"})
    void whatTheNarrowerRateCannotCarryDoesNotComeBackAsAlias(int from, int to) {
        for (double part : new double[] {1.04, 1.2, 1.5, 1.9}) {
            double hertz = Math.min(part * to / 2.0, from / 2.0 - 100);
            short[] out = resampled(from, to, Signals.tone(from, hertz, 12_000, 500), 20);
            double alias = Math.abs(hertz - Math.round(hertz / to) * (double) to);
            double got = Signals.amplitude(out, to, alias, to / 10, out.length - to / 10);
            assertThat(Signals.decibel(got / 12_000)).as("%.0f Hz", hertz).isLessThan(-60);
        }
    }

    @ParameterizedTest
    @CsvSource({"8000,16000", "16000,24000", "8000,24000"})
    void aWiderRateHasNoImages(int from, int to) {
        double hertz = 0.8 * from / 2;
        short[] out = resampled(from, to, Signals.tone(from, hertz, 12_000, 500), 20);
        double image = Signals.amplitude(out, to, from - hertz, to / 10, out.length - to / 10);
        assertThat(Signals.decibel(image / 12_000)).isLessThan(-60);
    }

    @ParameterizedTest
    @CsvSource({"8000,16000", "16000,8000", "16000,24000", "24000,16000", "8000,24000", "24000,8000"})
    void bordersOfFramesLeaveNoTrace(int from, int to) {
        short[] in = Signals.noise(from, -20, 400, 1);
        Resampler whole = new Resampler(from, to);
        short[] expected = new short[whole.maxOutput(in.length)];
        int length = whole.resample(in, in.length, expected);

        Resampler split = new Resampler(from, to);
        Random random = new Random(2);
        short[] got = new short[expected.length + 64];
        int at = 0;
        for (int i = 0; i < in.length; ) {
            int part = Math.min(in.length - i, random.nextInt(400));
            short[] out = new short[split.maxOutput(part)];
            int written = split.resample(Arrays.copyOfRange(in, i, i + part), part, out);
            System.arraycopy(out, 0, got, at, written);
            at += written;
            i += part;
        }
        assertThat(at).isEqualTo(length);
        assertThat(Arrays.copyOf(got, at)).isEqualTo(Arrays.copyOf(expected, length));
    }

    @Test
    void aFrameBecomesAFrame() {
        Resampler up = new Resampler(8_000, 24_000);
        short[] out = new short[up.maxOutput(160)];
        for (int i = 0; i < 10; i++) {
            assertThat(up.resample(new short[160], 160, out)).isEqualTo(480);
        }
        assertThat(up.delayMillis()).isEqualTo(3.0);
        assertThat(new Resampler(24_000, 8_000).delayMillis()).isEqualTo(3.0);
    }

    @Test
    void resetForgetsThePast() {
        Resampler resampler = new Resampler(16_000, 8_000);
        short[] out = new short[resampler.maxOutput(320)];
        resampler.resample(Signals.noise(16_000, -10, 20, 3), 320, out);
        resampler.reset();
        resampler.resample(new short[320], 320, out);
        assertThat(out).containsOnly((short) 0);
    }

    @Test
    void fullScaleDoesNotWrapAround() {
        short[] square = new short[8_000];
        for (int i = 0; i < square.length; i++) {
            square[i] = (short) (i / 40 % 2 == 0 ? 32_767 : -32_768);
        }
        short[] out = resampled(8_000, 16_000, square, 20);
        for (int i = 200; i < out.length; i++) {
            assertThat(Math.abs(out[i] - out[i - 1])).isLessThan(60_000);
        }
    }

    @Test
    void oddRatesAreRefused() {
        assertThatThrownBy(() -> new Resampler(44_100, 8_000))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("44100");
    }

    private static short[] resampled(int from, int to, short[] in, int frameMillis) {
        Resampler resampler = new Resampler(from, to);
        int frame = from * frameMillis / 1_000;
        short[] out = new short[(int) ((long) in.length * to / from) + 64];
        short[] part = new short[resampler.maxOutput(frame)];
        int at = 0;
        for (int i = 0; i + frame <= in.length; i += frame) {
            int written = resampler.resample(Arrays.copyOfRange(in, i, i + frame), frame, part);
            System.arraycopy(part, 0, out, at, written);
            at += written;
        }
        return Arrays.copyOf(out, at);
    }
}
