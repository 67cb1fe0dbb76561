package dev.tom.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class WavTest {

    @Test
    void whatIsWrittenIsRead() {
        Wav stereo = Wav.stereo(8_000, new short[] {1, -2, 3}, new short[] {Short.MIN_VALUE, Short.MAX_VALUE});

        Wav read = Wav.parse(stereo.toBytes());

        assertThat(read.rate()).isEqualTo(8_000);
        assertThat(read.channel(0).samples()).containsExactly(1, -2, 3);
        assertThat(read.channel(1).samples()).containsExactly(Short.MIN_VALUE, Short.MAX_VALUE, (short) 0);
    }

    @Test
    void somethingElseIsRefused() {
        assertThatThrownBy(() -> Wav.parse("RIFF".getBytes(StandardCharsets.US_ASCII)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("ends in the middle");
        assertThatThrownBy(() -> Wav.parse(new byte[100]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("not a WAV file");
    }

    @Test
    void resamplingKeepsATonesPowerAndLength() {
        for (int target : new int[] {8_000, 24_000}) {
            Wav tone = Wav.tone(16_000, 1_000, 500, 10_000).atRate(target);

            assertThat(tone.millis()).isEqualTo(500);
            assertThat(rms(tone.cut(50, 450))).isBetween(7_000.0, 7_140.0);
        }
    }

    @ParameterizedTest
    @EnumSource(Speech.class)
    void everySentenceHasWordsAndVoiceFromTheStart(Speech speech) {
        assertThat(speech.text()).isNotBlank();
        Wav wav = speech.wav(8_000);
        assertThat(Loudness.firstVoiced(wav.samples(), 8_000)).isBetween(80, 8 * 100);
        assertThat(Loudness.lastVoiced(wav.samples(), 8_000)).isGreaterThan(wav.samples().length - 8 * 320);
    }

    @ParameterizedTest
    @EnumSource(WireFormat.class)
    void codingLosesNoMoreThanItMust(WireFormat format) {
        short[] samples = Speech.CALLER_YES.wav(format.rate()).samples();

        short[] back = format.decode(format.encode(samples, 0, samples.length));

        double noise = 0;
        double signal = 0;
        for (int i = 0; i < samples.length; i++) {
            noise += Math.pow(samples[i] - back[i], 2);
            signal += Math.pow(samples[i], 2);
        }
        assertThat(10 * Math.log10(signal / Math.max(noise, 1e-9))).isGreaterThan(35);
    }

    private static double rms(Wav wav) {
        double energy = 0;
        for (short sample : wav.samples()) {
            energy += (double) sample * sample;
        }
        return Math.sqrt(energy / wav.samples().length);
    }
}
