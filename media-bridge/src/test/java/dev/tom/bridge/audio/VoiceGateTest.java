package dev.tom.bridge.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VoiceGateTest {

    /** What the gate heard: begin and end as times of the stream, and when it said so. */
    private record Heard(long onset, long saidAt, long lastVoiced, long endSaidAt, int voicedMillis) {}

    @ParameterizedTest
    @CsvSource({
        "call-8k-mono-barge-in, 2500, 5880",
        "call-16k-mono-app-stop, 400, 3760",
        "call-8k-mono-caller-hangup, 200, 3560",
        "call-8k-stereo-tone-on-right, 600, 3960",
    })
    void eachRecordedCallHoldsOneUtterance(String call, long begins, long ends) {
        List<Heard> heard = listen(RecordedCall.voice(call), rateOf(call), VoiceGate.DEFAULT_HANGOVER_MILLIS);

        assertThat(heard).hasSize(1);
        assertThat(heard.getFirst().onset()).isBetween(begins - 10, begins + 20);
        assertThat(heard.getFirst().saidAt() - heard.getFirst().onset()).isBetween(30L, 60L);
        assertThat(heard.getFirst().lastVoiced()).isBetween(ends - 60, ends + 30);
        assertThat(heard.getFirst().endSaidAt() - heard.getFirst().lastVoiced()).isBetween(300L, 320L);
    }

    @ParameterizedTest
    @ValueSource(strings = {"call-8k-mono-barge-in", "call-16k-mono-app-stop"})
    void speechIsFoundInTheNoiseOfALine(String call) {
        int rate = rateOf(call);
        short[] voice = RecordedCall.voice(call);
        List<Heard> clean = listen(voice, rate, VoiceGate.DEFAULT_HANGOVER_MILLIS);
        short[] noisy = Signals.mix(voice, Signals.noise(rate, -42, voice.length * 1_000 / rate, 5));

        List<Heard> heard = listen(noisy, rate, VoiceGate.DEFAULT_HANGOVER_MILLIS);

        assertThat(heard).hasSize(1);
        assertThat(heard.getFirst().onset()).isCloseTo(clean.getFirst().onset(), within(60));
        assertThat(heard.getFirst().lastVoiced()).isCloseTo(clean.getFirst().lastVoiced(), within(120));
    }

    @ParameterizedTest
    @CsvSource({"8000, -65", "8000, -50", "8000, -40", "16000, -65", "16000, -50", "16000, -40"})
    void steadyNoiseIsNoSpeech(int rate, double level) {
        for (int seed = 0; seed < 5; seed++) {
            assertThat(listen(Signals.noise(rate, level, 20_000, seed), rate, 300))
                    .as("seed %d", seed)
                    .isEmpty();
        }
    }

    @Test
    void silenceAndComfortNoiseAfterItAreNoSpeech() {
        short[] line = Signals.join(
                Signals.silence(8_000, 3_000), Signals.noise(8_000, -60, 5_000, 1), Signals.silence(8_000, 1_000));
        assertThat(listen(line, 8_000, 300)).isEmpty();
    }

    @Test
    void humIsNoSpeech() {
        short[] hum = Signals.join(Signals.silence(8_000, 1_000), Signals.tone(8_000, 50, 900, 5_000));
        assertThat(listen(hum, 8_000, 300)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {8_000, 16_000})
    void clicksAreNoSpeech(int rate) {
        short[] line = Signals.noise(rate, -60, 5_000, 4);
        for (int at = 600; at < 4_800; at += 307) {
            short[] click = Signals.noise(rate, -12, 8, at);
            System.arraycopy(click, 0, line, rate / 1_000 * at, click.length);
        }
        assertThat(listen(line, rate, 300)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 3, 9, 13, 17, 19})
    void anOnsetIsReportedWithinFortyMillisecondsWhereverItLiesInItsFrame(int offset) {
        short[] line = Signals.join(
                Signals.noise(8_000, -58, 2_000 + offset, 2),
                Signals.tone(8_000, 400, 4_000, 600),
                Signals.noise(8_000, -58, 1_000, 3));
        List<Heard> heard = listen(line, 8_000, 300);
        assertThat(heard).hasSize(1);
        assertThat(heard.getFirst().onset()).isBetween(1_990L + offset, 2_010L + offset);
        assertThat(heard.getFirst().saidAt()).isBetween(2_020L + offset, 2_040L + offset);
    }

    @Test
    void anHissBeforeTheVowelBelongsToTheWord() {
        short[] line = Signals.join(
                Signals.noise(8_000, -62, 1_000, 2),
                Signals.noise(8_000, -46, 120, 3),
                Signals.tone(8_000, 300, 6_000, 400),
                Signals.noise(8_000, -62, 800, 4));
        assertThat(listen(line, 8_000, 300).getFirst().onset()).isBetween(980L, 1_030L);
    }

    @Test
    void thePauseBetweenTwoUtterancesIsTheHangover() {
        short[] word = Signals.tone(8_000, 500, 5_000, 400);
        short[] line = Signals.join(
                Signals.silence(8_000, 500),
                word,
                Signals.silence(8_000, 250),
                word,
                Signals.silence(8_000, 500),
                word,
                Signals.silence(8_000, 700));
        assertThat(listen(line, 8_000, 300)).hasSize(2);
        assertThat(listen(line, 8_000, 200)).hasSize(3);
        assertThat(listen(line, 8_000, 600)).hasSize(1);
    }

    @Test
    void howMuchWasVoiceTellsACoughFromAWord() {
        short[] line = Signals.join(
                Signals.silence(8_000, 500), Signals.tone(8_000, 500, 5_000, 60), Signals.silence(8_000, 500));
        assertThat(listen(line, 8_000, 300))
                .hasSize(1)
                .first()
                .satisfies(heard -> assertThat(heard.voicedMillis()).isBetween(60, 90));
    }

    @Test
    void aLineThatBecomesNoisyIsQuietAgainAfterTwoSeconds() {
        short[] line = Signals.join(Signals.noise(8_000, -60, 2_000, 1), Signals.noise(8_000, -42, 20_000, 2));
        List<Heard> heard = listen(line, 8_000, 300);
        assertThat(heard)
                .hasSizeLessThanOrEqualTo(1)
                .allSatisfy(one -> assertThat(one.endSaidAt() - one.saidAt()).isLessThan(2_400));
    }

    @Test
    void voiceThatGoesOnAfterCloseIsANewOnset() {
        VoiceGate gate = new VoiceGate(AudioFormat.NARROWBAND, 300);
        short[] voice = Signals.tone(8_000, 500, 5_000, 20);
        gate.hear(new short[160], 0);
        int onsets = 0;
        for (int i = 1; i < 20; i++) {
            if (gate.hear(voice, 20L * i) == VoiceGate.Change.ONSET) {
                onsets++;
            }
            if (i == 10) {
                gate.close();
                assertThat(gate.speaking()).isFalse();
            }
        }
        assertThat(onsets).isEqualTo(2);
        assertThat(gate.onsetMillis()).isEqualTo(200);
    }

    @Test
    void aSenselessHangoverIsRefused() {
        assertThatThrownBy(() -> new VoiceGate(AudioFormat.NARROWBAND, 5_000)).hasMessageContaining("20 to 2000 ms");
    }

    private static org.assertj.core.data.Offset<Long> within(long millis) {
        return org.assertj.core.data.Offset.offset(millis);
    }

    private static int rateOf(String call) {
        return call.contains("16k") ? 16_000 : 8_000;
    }

    private static List<Heard> listen(short[] pcm, int rate, int hangover) {
        AudioFormat format = AudioFormat.ofRate(rate);
        VoiceGate gate = new VoiceGate(format, hangover);
        List<Heard> heard = new ArrayList<>();
        int n = format.samplesPerFrame();
        long onset = -1;
        long saidAt = -1;
        for (int i = 0; i + n <= pcm.length; i += n) {
            long now = format.millisOf(i + n);
            switch (gate.hear(Arrays.copyOfRange(pcm, i, i + n), now)) {
                case NONE -> {}
                case ONSET -> {
                    onset = gate.onsetMillis();
                    saidAt = now;
                }
                case END -> heard.add(new Heard(onset, saidAt, gate.lastVoicedMillis(), now, gate.voicedMillis()));
            }
        }
        return heard;
    }
}
