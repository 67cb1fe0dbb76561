package dev.tom.bridge.caller;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.tom.bridge.audio.AudioFormat;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class QuestionTest {

    @Test
    void theBundledQuestionIsSpeechFromItsBeginningToItsEnd() throws RecordingException {
        for (AudioFormat format : AudioFormat.values()) {
            Question question = Question.of(Optional.empty(), format);
            assertThat(question.words().millis()).isBetween(1_000L, 2_100L);
            assertThat(question.firstVoicedMillis()).isBetween(0L, 80L);
            assertThat(question.lastVoicedMillis())
                    .isBetween(question.words().millis() - 300, question.words().millis());
            assertThat(question.frame(question.frames() - 1)).hasSize(format.samplesPerFrame());
        }
    }

    @Test
    void silenceIsNoQuestion() {
        assertThatExceptionOfType(RecordingException.class)
                .isThrownBy(() -> Question.of("x.wav", new Recording(8_000, new short[8_000]), AudioFormat.NARROWBAND))
                .withMessage("No voice is heard in x.wav: give a recording of somebody who speaks");
    }

    @Test
    void resamplingKeepsTheToneWhateverTheRatio() {
        for (int rate : new int[] {11_025, 16_000, 22_050, 44_100, 48_000}) {
            Recording tone = tone(rate, 1_000);
            Recording at8 = tone.atRate(8_000);
            assertThat(at8.samples()).hasSize(8_000);
            assertThat(amplitude(at8, 1_000)).as(rate + " Hz").isBetween(9_800.0, 10_200.0);
        }
    }

    @Test
    void resamplingDownLeavesOutWhatTheNewRateCannotCarry() {
        assertThat(amplitude(tone(48_000, 5_000).atRate(8_000), 3_000)).isLessThan(100);
    }

    private static Recording tone(int rate, int hertz) {
        short[] samples = new short[rate];
        for (int i = 0; i < rate; i++) {
            samples[i] = (short) Math.round(10_000 * Math.sin(2 * Math.PI * hertz * i / rate));
        }
        return new Recording(rate, samples);
    }

    /** Of this frequency in the middle of the recording, by one bin of a Fourier transform. */
    private static double amplitude(Recording recording, int hertz) {
        double re = 0;
        double im = 0;
        int from = recording.rate() / 4;
        int length = recording.rate() / 2;
        for (int i = from; i < from + length; i++) {
            double angle = 2 * Math.PI * hertz * i / recording.rate();
            re += recording.samples()[i] * Math.cos(angle);
            im += recording.samples()[i] * Math.sin(angle);
        }
        return 2 * Math.hypot(re, im) / length;
    }
}
