package dev.tom.bridge.audio;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tom.testkit.Speech;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The voice gate on natural sentences, clean and on a noisy line. */
class RecordedSpeechTest {

    static Stream<Arguments> sentences() {
        return Stream.of(8_000, 16_000)
                .flatMap(rate -> Stream.of(-80, -50, -40)
                        .flatMap(noise ->
                                Arrays.stream(Speech.callers()).map(speech -> Arguments.of(rate, noise, speech))));
    }

    @ParameterizedTest
    @MethodSource("sentences")
    void aSentenceIsOneUtteranceAndItsBeginningIsReportedAtOnce(int rate, int noise, Speech speech) {
        short[] words = speech.wav(rate).samples();
        short[] line = Signals.join(Signals.silence(rate, 1_000), words, Signals.silence(rate, 1_000));
        line = Signals.mix(line, Signals.noise(rate, noise, line.length * 1_000 / rate, 7));
        AudioFormat format = AudioFormat.ofRate(rate);
        VoiceGate gate = new VoiceGate(format, VoiceGate.DEFAULT_HANGOVER_MILLIS);
        int onsets = 0;
        int ends = 0;
        for (int i = 0; i + format.samplesPerFrame() <= line.length; i += format.samplesPerFrame()) {
            long now = format.millisOf(i + format.samplesPerFrame());
            VoiceGate.Change change = gate.hear(Arrays.copyOfRange(line, i, i + format.samplesPerFrame()), now);
            if (change == VoiceGate.Change.ONSET) {
                onsets++;
                assertThat(now - gate.onsetMillis()).isLessThanOrEqualTo(60);
                assertThat(gate.onsetMillis()).isBetween(1_000L, 1_100L);
            } else if (change == VoiceGate.Change.END) {
                ends++;
            }
        }
        assertThat(onsets).isEqualTo(1);
        assertThat(ends).isEqualTo(1);
        long wordsEnd = 1_000 + format.millisOf(words.length);
        assertThat(gate.lastVoicedMillis()).isBetween(wordsEnd - 700, wordsEnd + 20);
    }
}
