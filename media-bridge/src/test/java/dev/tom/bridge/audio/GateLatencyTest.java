package dev.tom.bridge.audio;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tom.testkit.Speech;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** From the first voiced sample of natural speech to the frame with which the gate says so, wherever speech lies in a frame. */
class GateLatencyTest {

    /** The first 10 ms of speech, as the testkit measures interruptions: above -40 dBFS. */
    static int firstVoiced(short[] samples, int rate) {
        int step = rate / 100;
        for (int at = 0; at + step <= samples.length; at += step) {
            double energy = 0;
            for (int i = at; i < at + step; i++) {
                energy += (double) samples[i] * samples[i];
            }
            if (Math.sqrt(energy / step) >= 330) {
                return at * 1_000 / rate;
            }
        }
        throw new IllegalArgumentException("no speech");
    }

    @ParameterizedTest
    @CsvSource({"8000, -75", "8000, -55", "8000, -45", "16000, -75", "16000, -55", "16000, -45"})
    void thePauseComesWithinSixtyMilliseconds(int rate, int noise) {
        List<Long> stirs = new ArrayList<>();
        List<Long> onsets = new ArrayList<>();
        List<Long> insists = new ArrayList<>();
        int wentOn = 0;
        AudioFormat format = AudioFormat.ofRate(rate);
        int n = format.samplesPerFrame();
        for (Speech words : Speech.values()) {
            short[] voice = words.wav(rate).samples();
            for (int offset = 0; offset < 20; offset++) {
                short[] line = Signals.join(Signals.silence(rate, 1_000 + offset), voice);
                line = Signals.mix(line, Signals.noise(rate, noise, line.length * 1_000 / rate, offset));
                long truth = 1_000 + offset + firstVoiced(voice, rate);
                VoiceGate gate = new VoiceGate(format, VoiceGate.DEFAULT_HANGOVER_MILLIS);
                long stir = -1;
                for (int i = 0; i + n <= line.length; i += n) {
                    long now = format.millisOf(i + n);
                    VoiceGate.Change change = gate.hear(Arrays.copyOfRange(line, i, i + n), now);
                    if (stir < 0 && (change == VoiceGate.Change.STIR || change == VoiceGate.Change.ONSET)) {
                        stir = now;
                        stirs.add(now - truth);
                    }
                    wentOn += stir >= 0 && change == VoiceGate.Change.CALM ? 1 : 0;
                    if (change == VoiceGate.Change.ONSET && onsets.size() < stirs.size()) {
                        onsets.add(now - truth);
                    }
                    if (change == VoiceGate.Change.INSIST) {
                        insists.add(now - truth);
                        break;
                    }
                }
            }
        }
        say("pause", rate, noise, stirs);
        say("onset", rate, noise, onsets);
        say("cut", rate, noise, insists);
        assertThat(stirs).hasSize(Speech.values().length * 20);
        assertThat(insists).hasSize(stirs.size());
        if (noise <= -55) {
            // Nothing of an answer is heard between the pause for a word and the cut.
            assertThat(wentOn).isZero();
            assertThat(stirs.get(stirs.size() * 99 / 100)).isLessThan(60);
        }
    }

    private static void say(String what, int rate, int noise, List<Long> millis) {
        Collections.sort(millis);
        System.out.printf(
                Locale.ROOT,
                "%s at %d Hz, noise %d dBFS: n %d, median %d ms, p95 %d ms, p99 %d ms, max %d ms%n",
                what,
                rate,
                noise,
                millis.size(),
                millis.get(millis.size() / 2),
                millis.get(millis.size() * 95 / 100),
                millis.get(millis.size() * 99 / 100),
                millis.getLast());
    }
}
