package dev.tom.bridge.audio;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tom.testkit.Speech;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Our own answer comes back: it is never the caller, and the caller over it is. */
class EchoPathTest {

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private static final int[] DELAYS = {40, 113, 260, 400};
    private static final Speech[] ANSWERS = {
        Speech.ANSWER_HOURS, Speech.ANSWER_CHOICE, Speech.ANSWER_TUESDAY, Speech.ANSWER_ADDRESS
    };

    /** A line that gives back what it gets. */
    private record Line(int rate, double echo, int delay, double noise) {
        AudioFormat format() {
            return AudioFormat.ofRate(rate);
        }

        /** What comes in while this is played, the caller's voice added. */
        short[] returned(short[] answer, short[] caller) {
            short[] in = new short[answer.length + rate];
            double gain = Math.pow(10, echo / 20);
            int shift = delay * rate / 1_000;
            for (int i = 0; i < in.length; i++) {
                // A hybrid is no mirror: what it gives back is smeared over some samples.
                double sample = 0;
                for (int tap = 0; tap < 4; tap++) {
                    int from = i - shift - 5 * tap;
                    sample += from >= 0 && from < answer.length ? answer[from] * gain * Math.pow(-0.45, tap) : 0;
                }
                in[i] = (short) Math.clamp(Math.round(sample), -32_768, 32_767);
            }
            in = Signals.mix(in, caller);
            return Signals.mix(in, Signals.noise(rate, noise, in.length * 1_000 / rate, delay));
        }
    }

    /** One gate on one line; counts what it says. */
    private static final class Call {
        final Line line;
        final EchoPath echo;
        final VoiceGate gate;
        final List<Long> stirs = new ArrayList<>();
        final List<Long> onsets = new ArrayList<>();
        final List<Long> insists = new ArrayList<>();
        long now = 100_000;

        Call(Line line) {
            this.line = line;
            echo = new EchoPath(line.format());
            gate = new VoiceGate(line.format(), VoiceGate.DEFAULT_HANGOVER_MILLIS, echo);
        }

        /** The answer is played from now on by the far side, a frame at a time, sent 160 ms ahead. */
        void hears(short[] answer, short[] caller, int jitter) {
            short[] in = line.returned(answer, caller);
            int n = line.format().samplesPerFrame();
            long begin = now;
            for (int i = 0; i < 8; i++) {
                play(answer, i, begin, n);
            }
            for (int i = 0; (i + 1) * n <= in.length; i++) {
                play(answer, i + 8, begin, n);
                now = begin + 20L * (i + 1);
                long arrives = now + (jitter == 0 ? 0 : (i * 7_919L) % jitter);
                switch (gate.hear(Arrays.copyOfRange(in, i * n, (i + 1) * n), arrives)) {
                    case STIR -> stirs.add(now - begin);
                    case ONSET -> {
                        stirs.add(now - begin);
                        onsets.add(now - begin);
                    }
                    case INSIST -> insists.add(now - begin);
                    case NONE, CALM, END -> {}
                }
            }
        }

        private void play(short[] answer, int frame, long begin, int n) {
            if ((frame + 1) * n <= answer.length) {
                echo.played(Arrays.copyOfRange(answer, frame * n, (frame + 1) * n), begin + 20L * frame);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {8_000, 16_000})
    void ourOwnAnswerIsNeverTheCaller(int rate) {
        int falseStirs = 0;
        int falseOnsets = 0;
        double seconds = 0;
        for (int echo : new int[] {-6, -12, -20}) {
            for (int delay : DELAYS) {
                for (int noise : new int[] {-75, -55}) {
                    Line line = new Line(rate, echo, delay, noise);
                    Call call = new Call(line);
                    call.hears(new short[0], new short[0], 0);
                    for (Speech answer : ANSWERS) {
                        short[] pcm = answer.wav(rate).samples();
                        call.hears(pcm, new short[0], 8);
                        seconds += (double) pcm.length / rate;
                    }
                    if (!call.stirs.isEmpty() || !call.onsets.isEmpty()) {
                        System.out.println(
                                line + " stirs " + call.stirs + " onsets " + call.onsets + " delay " + call.echo);
                    }
                    falseStirs += call.stirs.size();
                    falseOnsets += call.onsets.size();
                }
            }
        }
        System.out.printf(
                Locale.ROOT,
                "echo at %d Hz: %.0f s of answers, false pauses %d, false onsets %d%n",
                rate,
                seconds,
                falseStirs,
                falseOnsets);
        assertThat(falseOnsets).isZero();
        assertThat(falseStirs)
                .as("a pause of a tenth of a second in nine minutes of answers")
                .isLessThanOrEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {8_000, 16_000})
    void theCallerIsHeardOverTheEcho(int rate) {
        for (int echo : new int[] {-100, -20, -12, -6}) {
            List<Long> late = new ArrayList<>();
            int missed = 0;
            for (int delay : DELAYS) {
                for (Speech words : Speech.callers()) {
                    for (int at : new int[] {1_500, 5_017}) {
                        Line line = new Line(rate, echo, delay, -55);
                        Call call = new Call(line);
                        call.hears(new short[0], new short[0], 0);
                        call.hears(Speech.ANSWER_TUESDAY.wav(rate).samples(), new short[0], 8);
                        call.stirs.clear();
                        short[] voice = words.wav(rate).samples();
                        short[] caller = Signals.join(Signals.silence(rate, at), voice);
                        call.hears(Speech.ANSWER_CHOICE.wav(rate).samples(), caller, 8);
                        long truth = at + GateLatencyTest.firstVoiced(voice, rate);
                        long heard = call.stirs.stream()
                                .filter(stir -> stir > at)
                                .findFirst()
                                .orElse(Long.MAX_VALUE);
                        if (heard == Long.MAX_VALUE || heard > truth + 1_000) {
                            missed++;
                        } else {
                            late.add(Math.max(0, heard - truth));
                        }
                    }
                }
            }
            Collections.sort(late);
            System.out.printf(
                    Locale.ROOT,
                    "caller over an echo of %d dB at %d Hz: n %d, missed %d, median %d ms, p90 %d ms, p99 %d ms, max %d ms%n",
                    echo,
                    rate,
                    late.size(),
                    missed,
                    late.get(late.size() / 2),
                    late.get(late.size() * 90 / 100),
                    late.get(late.size() * 99 / 100),
                    late.getLast());
            assertThat(missed).isZero();
        }
    }

    @Test
    void theDelayIsLearned() {
        Call call = new Call(new Line(8_000, -14, 187, -60));
        call.hears(Speech.ANSWER_CHOICE.wav(8_000).samples(), new short[0], 8);
        assertThat(call.echo.delayMillis()).isBetween(170, 200);
    }

    @Test
    void aLineWithoutEchoHasNone() {
        Call call = new Call(new Line(8_000, -100, 100, -60));
        call.hears(Speech.ANSWER_CHOICE.wav(8_000).samples(), new short[0], 8);
        assertThat(call.echo.known()).isFalse();
    }

    @Test
    void whatItCostsPerFrame() {
        Line line = new Line(8_000, -12, 120, -60);
        short[] answer = Speech.ANSWER_CHOICE.wav(8_000).samples();
        short[] in = line.returned(answer, new short[0]);
        double with = 0;
        double without = 0;
        for (int round = 0; round < 30; round++) {
            with = cost(in, answer, true);
            without = cost(in, answer, false);
        }
        System.out.printf(Locale.ROOT, "gate %.2f us a frame, with an answer and its echo %.2f us%n", without, with);
        assertThat(with).isPositive();
    }

    private static double cost(short[] in, short[] answer, boolean playing) {
        EchoPath echo = new EchoPath(AudioFormat.NARROWBAND);
        VoiceGate gate = new VoiceGate(AudioFormat.NARROWBAND, 300, echo);
        short[] frame = new short[160];
        int frames = answer.length / 160;
        long begin = THREADS.getCurrentThreadCpuTime();
        for (int i = 0; i < frames; i++) {
            if (playing) {
                System.arraycopy(answer, i * 160, frame, 0, 160);
                echo.played(frame, 20L * i);
            }
            System.arraycopy(in, i * 160, frame, 0, 160);
            gate.hear(frame, 20L * i + 20);
        }
        return (THREADS.getCurrentThreadCpuTime() - begin) / 1_000.0 / frames;
    }
}
