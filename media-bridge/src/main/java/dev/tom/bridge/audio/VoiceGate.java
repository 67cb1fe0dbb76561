package dev.tom.bridge.audio;

import java.util.Arrays;

/**
 * Hears when the caller speaks: energy of the telephone band (200 to 3400 Hz) against a noise floor that adapts, judged in steps of
 * 10 ms. Ignores clicks, steady noise, comfort noise and what {@link EchoPath} explains. Answers a beginning within 40 ms of its first loud sample (weak
 * consonants: 60 ms), an end after the hang-over.
 *
 * <p>Times are the caller's of {@link #hear}, in milliseconds of one monotonic clock; a frame's time is when its last sample arrived.
 * One call; not thread-safe; no allocation.
 */
public final class VoiceGate {

    /** What a frame changed. */
    public enum Change {
        NONE,
        /** Two loud steps, perhaps the beginning of an utterance: {@link #onsetMillis()}. */
        STIR,
        /** What stirred was no utterance. */
        CALM,
        /** The caller began to speak: {@link #onsetMillis()}. */
        ONSET,
        /** The utterance is longer than a cough, a knock or a "mhm": {@link #insistedSinceMillis()}. Once per utterance. */
        INSIST,
        /** The caller stopped speaking: {@link #lastVoicedMillis()}, {@link #voicedMillis()}. */
        END
    }

    /** Silence after which an utterance is over, in milliseconds. */
    public static final int DEFAULT_HANGOVER_MILLIS = 300;

    private static final int STEP_MILLIS = 10;
    /** Sound below -52 dBFS is never speech, so that comfort noise and idle lines stay silent. */
    private static final double QUIETEST_SPEECH = energyOf(-52);
    /** A louder floor is not believed: a caller who shouts without a pause must not become noise. */
    private static final double LOUDEST_FLOOR = energyOf(-30);

    private static final double ONSET_OVER_FLOOR = ratioOf(10);
    private static final double HOLD_OVER_FLOOR = ratioOf(6);
    /** Hiss (f, s, sch) is weak in this band; it counts for the start when it crosses zero more often than a vowel. */
    private static final double HISS_OVER_FLOOR = ratioOf(7);

    private static final double HISS_CROSSINGS_PER_SECOND = 3_000;
    /** Voiced steps among the last four that make a beginning: 30 ms, longer than a click with its filter's ringing. */
    private static final int STEPS_FOR_ONSET = 3;

    /** Voiced steps in a row that may become a beginning: 20 ms. A click does so too, which costs a short pause of the answer. */
    private static final int STIR = 0b11;
    /**
     * Steps without voice after which what stirred is forgotten: 200 ms. A breathed "h" or a plosive comes so long before its vowel, and an
     * answer that goes on in between would be heard after the caller began.
     */
    private static final int CALM_STEPS = 20;
    /**
     * Voiced steps within the window of {@value Long#SIZE} steps that make an interruption: 300 ms. "Mhm", "ja" and most coughs have less,
     * the first two words of a sentence have more.
     */
    private static final int INSIST_STEPS = 30;

    /** A beginning is not 15 dB softer than what was just before it: that is a click dying away. */
    private static final double BELOW_PEAK = ratioOf(-15);

    private static final double PEAK_DECAY = ratioOf(-5);

    private final int stepSamples;
    private final int hangoverMillis;
    private final int hissCrossings;
    private final SpeechBand band;
    private final EchoPath echo;
    private final NoiseFloor floor = new NoiseFloor();

    private boolean speaking;
    private boolean stirred;
    private boolean insisted;
    private int calmSteps;
    /** The last 64 steps of the utterance, newest lowest: 1 is voice. */
    private long window;

    private long insistedSinceMillis;
    private int lastSteps;
    private double peak;
    private long onsetMillis;
    private long lastVoicedMillis;
    private int voicedMillis;
    private int silentMillis;

    private int ownSteps;
    private int foreignSteps;

    /** A gate for a line without echo. */
    public VoiceGate(AudioFormat format, int hangoverMillis) {
        this(format, hangoverMillis, new EchoPath(format));
    }

    /**
     * @param hangoverMillis 20 to 2000; {@link #DEFAULT_HANGOVER_MILLIS} bridges the closures inside words
     * @param echo what our own answers explain is not the caller
     */
    public VoiceGate(AudioFormat format, int hangoverMillis, EchoPath echo) {
        if (hangoverMillis < 20 || hangoverMillis > 2_000) {
            throw new IllegalArgumentException("hang-over must be 20 to 2000 ms, not " + hangoverMillis);
        }
        this.hangoverMillis = hangoverMillis;
        this.echo = echo;
        stepSamples = format.sampleRate() * STEP_MILLIS / 1_000;
        hissCrossings = (int) (HISS_CROSSINGS_PER_SECOND * STEP_MILLIS / 1_000);
        band = new SpeechBand(format.sampleRate());
    }

    /** Takes the next frame, whose last sample arrived at {@code nowMillis}. */
    public Change hear(short[] frame, long nowMillis) {
        Change change = Change.NONE;
        ownSteps = 0;
        foreignSteps = 0;
        for (int from = 0; from + stepSamples <= frame.length; from += stepSamples) {
            long endOfStep = nowMillis - (long) (frame.length - from - stepSamples) * STEP_MILLIS / stepSamples;
            Change one = step(frame, from, endOfStep);
            change = one == Change.NONE ? change : one;
        }
        return change;
    }

    /** Whether an utterance is open (hang-over included). */
    public boolean speaking() {
        return speaking;
    }

    /** Whether the frame that was heard last holds our own answer as it came back, and nothing else that could be a voice. */
    public boolean ownVoice() {
        return ownSteps > 0 && foreignSteps == 0 && !speaking && !stirred;
    }

    /** When the first voiced sample of the current or last utterance was spoken. */
    public long onsetMillis() {
        return onsetMillis;
    }

    /** When the last voiced sample of the current or last utterance was spoken. */
    public long lastVoicedMillis() {
        return lastVoicedMillis;
    }

    /** When the voice began that made the utterance long. */
    public long insistedSinceMillis() {
        return insistedSinceMillis;
    }

    /** How much of the current or last utterance was voice, in milliseconds: little of it is a cough or a knock. */
    public int voicedMillis() {
        return voicedMillis;
    }

    /** Ends an open utterance without a report: someone else decided that the turn is over. Voice that goes on is a new onset. */
    public void close() {
        speaking = false;
        stirred = false;
        insisted = false;
        lastSteps = 0;
    }

    private Change step(short[] frame, int from, long endMillis) {
        double energy = band.energy(frame, from, stepSamples);
        double own = echo.heard(energy, endMillis, speaking || stirred);
        boolean voiced = voiced(energy);
        if (voiced && energy <= own) {
            voiced = false;
            ownSteps += echo.known() ? 1 : 0;
        }
        foreignSteps += voiced ? 1 : 0;
        floor.learn(energy);
        peak = Math.max(energy, peak * PEAK_DECAY);
        return speaking ? inSpeech(voiced, endMillis) : inSilence(voiced && energy > peak * BELOW_PEAK, endMillis);
    }

    private boolean voiced(double energy) {
        if (energy < QUIETEST_SPEECH) {
            return false;
        }
        double over = energy / floor.level();
        return over > (speaking ? HOLD_OVER_FLOOR : ONSET_OVER_FLOOR)
                || (over > HISS_OVER_FLOOR && band.crossings() >= hissCrossings);
    }

    private Change inSilence(boolean voiced, long endMillis) {
        lastSteps = ((lastSteps << 1) | (voiced ? 1 : 0)) & 0b1111;
        if (!voiced || Integer.bitCount(lastSteps) < STEPS_FOR_ONSET) {
            return stirring(voiced, endMillis);
        }
        speaking = true;
        stirred = false;
        window = lastSteps;
        onsetMillis = beginOf(lastSteps, endMillis);
        lastVoicedMillis = endMillis;
        voicedMillis = Integer.bitCount(lastSteps) * STEP_MILLIS;
        silentMillis = 0;
        return Change.ONSET;
    }

    private Change stirring(boolean voiced, long endMillis) {
        if (stirred) {
            calmSteps = voiced ? 0 : calmSteps + 1;
            stirred = calmSteps < CALM_STEPS;
            return stirred ? Change.NONE : Change.CALM;
        }
        if ((lastSteps & STIR) != STIR) {
            return Change.NONE;
        }
        stirred = true;
        calmSteps = 0;
        onsetMillis = beginOf(lastSteps, endMillis);
        return Change.STIR;
    }

    /** When the first of these steps began, of which the last ends now. */
    private static long beginOf(long steps, long endMillis) {
        return endMillis - (long) (Long.SIZE - Long.numberOfLeadingZeros(steps)) * STEP_MILLIS;
    }

    private Change inSpeech(boolean voiced, long endMillis) {
        window = window << 1 | (voiced ? 1 : 0);
        if (voiced) {
            lastVoicedMillis = endMillis;
            voicedMillis += STEP_MILLIS;
            silentMillis = 0;
            if (insisted || Long.bitCount(window) < INSIST_STEPS) {
                return Change.NONE;
            }
            insisted = true;
            insistedSinceMillis = beginOf(window, endMillis);
            return Change.INSIST;
        }
        silentMillis += STEP_MILLIS;
        if (silentMillis < hangoverMillis) {
            return Change.NONE;
        }
        close();
        return Change.END;
    }

    private static double ratioOf(double decibel) {
        return Math.pow(10, decibel / 10);
    }

    private static double energyOf(double decibelFullScale) {
        return ratioOf(decibelFullScale) * 32_768.0 * 32_768.0;
    }

    /** The least energy of the last 1.6 s: steady noise, because speech has gaps. Rises with the noise, falls at once. */
    private static final class NoiseFloor {
        private static final int SLOTS = 8;
        private static final int STEPS_PER_SLOT = 20;
        /** -65 dBFS: below it a line is quiet, however quiet. */
        private static final double LOWEST = energyOf(-65);
        /** Single steps scatter below the mean; the mean of a few does not. Shorter than the closure of a p, t or k. */
        private static final int AVERAGED = 4;

        private final double[] least = new double[SLOTS];
        private final double[] last = new double[AVERAGED];
        private double level = LOWEST;
        private long heard;
        private int slot;
        private int steps;

        /** The first sound of a call is the floor until something softer comes: a noisy line does not begin with an onset. */
        NoiseFloor() {
            Arrays.fill(least, Double.MAX_VALUE);
        }

        double level() {
            return level;
        }

        void learn(double energy) {
            last[(int) (heard++ % AVERAGED)] = energy;
            double average = (last[0] + last[1] + last[2] + last[3]) / Math.min(heard, AVERAGED);
            least[slot] = Math.min(least[slot], average);
            if (++steps == STEPS_PER_SLOT) {
                steps = 0;
                slot = (slot + 1) % SLOTS;
                least[slot] = average;
            }
            double lowest = Double.MAX_VALUE;
            for (double value : least) {
                lowest = Math.min(lowest, value);
            }
            level = Math.clamp(lowest, LOWEST, LOUDEST_FLOOR);
        }
    }
}
