package dev.tom.bridge.audio;

import java.util.Arrays;

/**
 * Knows how our own answer comes back from the caller's side (hybrid, loudspeaker), and so how much of what comes in it explains. Learns
 * delay and attenuation while answers play, from levels in steps of 10 ms: the delay whose levels go together with those that come in,
 * and how much softer they are. Before it has learned it assumes an echo that is as loud as what came in during the last answer audio, at
 * first {@value #FIRST_GUESS} dB. The caller's voice is what is louder than that.
 *
 * <p>Times are milliseconds of one monotonic clock. One call; not thread-safe; no allocation.
 */
public final class EchoPath {

    private static final int STEP_MILLIS = 10;
    /** Delays that are looked for: 0 to 630 ms beyond the moment at which the far side plays a frame. */
    private static final int LAGS = 64;
    /** What was played and will be played, 2.5 s each: more than any delay and any far side's buffer. */
    private static final int SLOTS = 512;

    private static final int MASK = SLOTS - 1;
    /** After a clear the far side may still play a tick and the rest of its own buffer. */
    private static final int CLEAR_MILLIS = 40;

    /** Levels are dB above -65 dBFS; softer is silence. */
    private static final double LOWEST = 32_768.0 * 32_768.0 * Math.pow(10, -6.5);
    /** An answer this loud (-45 dBFS) can be learned from. */
    private static final float LOUD = 20;
    /** The memory of the correlation: 1.5 s of answer audio. */
    private static final float MEMORY = 1 - 1f / 150;

    /** So many steps say something: 0.6 s of answer audio. */
    private static final float ENOUGH = 60;
    /** Of them so many must hold sound: the beginning of any word is like the beginning of any other. */
    private static final float RETURNED = 30;

    private static final float SOUND = 10;
    /** So many steps without any likeness say that there is no echo: 1 s. */
    private static final float PLENTY = 100;

    private static final double ALIKE = 0.8;
    private static final double UNLIKE = 0.45;
    /** The echo of a bad hybrid, which is the loudest that a line has before anything is known of it. */
    private static final float FIRST_GUESS = -4;
    /** Blocks of 200 ms over which the loudest return is kept, 1.6 s; the first guess holds for half of them, longer than any delay. */
    private static final int BLOCKS = 8;

    private static final int BLOCK_STEPS = 20;
    /** Longer than the voice gate needs to know a voice. */
    private static final int LATE_STEPS = 8;

    private static final float BOUND_MARGIN = 3;
    /** Echo dies away by no more than this per step. */
    private static final double TAIL = Math.pow(10, -0.4);
    /** A gap in the caller's audio longer than this is a new beginning of its clock. */
    private static final int GAP_MILLIS = 200;
    /** Far clocks are slower or faster than ours by less than this many milliseconds per step. */
    private static final double DRIFT = 0.005;

    private final SpeechBand band;
    private final int stepSamples;
    /** Levels of what was played, each twice, so that a window never wraps. */
    private final float[] far = new float[2 * SLOTS];

    private long newest = Long.MIN_VALUE / 2;

    private long heardSteps;
    private double offset = Double.NaN;

    private float count;
    private float returned;
    private float sumNear;
    private float sumNearSquared;
    private final float[] sumFar = new float[LAGS];
    private final float[] sumFarSquared = new float[LAGS];
    private final float[] sumBoth = new float[LAGS];
    private double likeness;

    private int lag = -1;
    private float loss;
    private float scatter;
    private final float[] blocks = new float[BLOCKS];
    /** What the last steps would teach. */
    private final float[] returns = new float[LATE_STEPS];

    private final float[] losses = new float[LATE_STEPS];
    private int block;
    private int blockSteps;
    private double expected;

    public EchoPath(AudioFormat format) {
        band = new SpeechBand(format.sampleRate());
        stepSamples = format.sampleRate() * STEP_MILLIS / 1_000;
        Arrays.fill(blocks, 0, BLOCKS / 2 + 1, FIRST_GUESS);
        Arrays.fill(returns, Float.NEGATIVE_INFINITY);
        Arrays.fill(losses, Float.NEGATIVE_INFINITY);
        Arrays.fill(blocks, BLOCKS / 2 + 1, BLOCKS, Float.NEGATIVE_INFINITY);
    }

    /** A frame was sent that the far side begins to play at this time. */
    public void played(short[] frame, long from) {
        long slot = Math.floorDiv(from, STEP_MILLIS);
        for (int at = 0; at + stepSamples <= frame.length; at += stepSamples) {
            write(slot++, level(band.energy(frame, at, stepSamples)));
        }
    }

    /** The far side was told to drop what it has not played. */
    public void cleared(long nowMillis) {
        long last = Math.floorDiv(nowMillis + CLEAR_MILLIS, STEP_MILLIS);
        for (long slot = last + 1; slot <= newest; slot++) {
            put(slot, 0);
        }
        newest = Math.min(newest, last);
    }

    /** Whether the way back is known, so that what it explains is surely our own answer. */
    public boolean known() {
        return lag >= 0;
    }

    /** The delay that was learned, in milliseconds; -1 before. */
    public int delayMillis() {
        return lag < 0 ? -1 : lag * STEP_MILLIS;
    }

    /**
     * A step of 10 ms came in.
     *
     * @param energy mean square in the speech band
     * @param endMillis when its last sample arrived
     * @param speaking whether the caller is known to speak: then little is to be learned
     * @return the energy up to which our own answer explains it; 0 when none is on
     */
    double heard(double energy, long endMillis, boolean speaking) {
        long now = Math.floorDiv(timeOfStep(endMillis), STEP_MILLIS);
        if (newest < now - LAGS) {
            expected = 0;
            return 0;
        }
        fillUpTo(now);
        int window = (int) ((now - LAGS + 1) & MASK);
        float loudest = 0;
        for (int i = 0; i < LAGS; i++) {
            loudest = Math.max(loudest, far[window + i]);
        }
        float near = level(energy);
        double explained = energyOf(explainedLevel(now, loudest));
        if (loudest >= LOUD) {
            learn(now, window, near, loudest, speaking);
        }
        expected = Math.max(explained, expected * TAIL);
        return expected;
    }

    private float explainedLevel(long now, float loudest) {
        if (lag >= 0) {
            float margin = Math.clamp(4 + scatter, 5, 10);
            return around(now, lag) - loss + margin;
        }
        return count >= PLENTY && likeness < UNLIKE ? 0 : loudest + bound() + BOUND_MARGIN;
    }

    private void learn(long now, int window, float near, float loudest, boolean speaking) {
        if (!speaking || at(now) > 0) {
            correlate(window, near);
            if (heardSteps % 4 == 0) {
                findLag();
            }
        }
        // A caller's first steps are known to be his a little later; until then they teach nothing.
        if (speaking) {
            Arrays.fill(returns, Float.NEGATIVE_INFINITY);
            Arrays.fill(losses, Float.NEGATIVE_INFINITY);
            return;
        }
        int oldest = (int) (heardSteps % LATE_STEPS);
        learnBound(returns[oldest]);
        returns[oldest] = near - loudest;
        learnLoss(losses[oldest]);
        float sent = lag >= 0 ? around(now, lag) : 0;
        losses[oldest] = sent >= LOUD ? sent - near : Float.NEGATIVE_INFINITY;
    }

    private void learnBound(float seen) {
        if (seen == Float.NEGATIVE_INFINITY) {
            return;
        }
        blocks[block] = blockSteps == 0 ? seen : Math.max(blocks[block], seen);
        if (++blockSteps == BLOCK_STEPS) {
            blockSteps = 0;
            block = (block + 1) % BLOCKS;
        }
    }

    private void learnLoss(float seen) {
        if (seen == Float.NEGATIVE_INFINITY) {
            return;
        }
        // Loud returns count most: what is softer is explained anyway.
        loss += (seen - loss) * (seen < loss ? 0.1f : 0.01f);
        scatter += (Math.abs(seen - loss) - scatter) * 0.02f;
    }

    private void correlate(int window, float near) {
        count = count * MEMORY + 1;
        returned = returned * MEMORY + (near >= SOUND ? 1 : 0);
        sumNear = sumNear * MEMORY + near;
        sumNearSquared = sumNearSquared * MEMORY + near * near;
        for (int i = 0; i < LAGS; i++) {
            float sent = far[window + i];
            sumFar[i] = sumFar[i] * MEMORY + sent;
            sumFarSquared[i] = sumFarSquared[i] * MEMORY + sent * sent;
            sumBoth[i] = sumBoth[i] * MEMORY + sent * near;
        }
    }

    private void findLag() {
        if (count < ENOUGH || returned < RETURNED) {
            return;
        }
        double nearSpread = sumNearSquared - sumNear * sumNear / count;
        double best = 0;
        int found = 0;
        for (int i = 0; i < LAGS; i++) {
            double both = sumBoth[i] - sumFar[i] * sumNear / count;
            double spread = (sumFarSquared[i] - sumFar[i] * sumFar[i] / count) * nearSpread;
            double squared = both > 0 && spread > count * count ? both * both / spread : 0;
            if (squared > best) {
                best = squared;
                found = i;
            }
        }
        likeness = Math.sqrt(best);
        int newLag = LAGS - 1 - found;
        if (likeness >= ALIKE && newLag != lag) {
            if (lag < 0 || Math.abs(newLag - lag) > 2) {
                loss = (sumFar[found] - sumNear) / count;
                scatter = 3;
            }
            lag = newLag;
        }
    }

    /** The loudest return of late, in dB below the loudest that was played. */
    private float bound() {
        float most = Float.NEGATIVE_INFINITY;
        for (float one : blocks) {
            most = Math.max(most, one);
        }
        return most;
    }

    /** What was played so long ago, a step more or less: the far side's ticks are not ours. */
    private float around(long now, int steps) {
        return Math.max(at(now - steps), Math.max(at(now - steps - 1), at(now - steps + 1)));
    }

    /** The time of a step by the count of samples, so that the network's jitter does not shift the echo. */
    private long timeOfStep(long endMillis) {
        double arrived = endMillis - (double) heardSteps * STEP_MILLIS;
        heardSteps++;
        if (Double.isNaN(offset) || arrived - offset > GAP_MILLIS) {
            offset = arrived;
        }
        offset = Math.min(offset + DRIFT, arrived);
        return Math.round(offset + (heardSteps - 1.0) * STEP_MILLIS) - STEP_MILLIS;
    }

    private void write(long slot, float level) {
        if (slot <= newest - SLOTS / 2) {
            return;
        }
        if (slot > newest) {
            for (long gap = Math.max(newest + 1, slot - SLOTS + 1); gap <= slot; gap++) {
                put(gap, 0);
            }
            newest = slot;
        }
        put(slot, Math.max(level, at(slot)));
    }

    /** Nothing was played up to now: silence stands there. */
    private void fillUpTo(long now) {
        for (long slot = Math.max(newest + 1, now - LAGS); slot <= now + 1; slot++) {
            put(slot, 0);
        }
    }

    private void put(long slot, float level) {
        int at = (int) (slot & MASK);
        far[at] = level;
        far[at + SLOTS] = level;
    }

    private float at(long slot) {
        return far[(int) (slot & MASK)];
    }

    private static float level(double energy) {
        return energy <= LOWEST ? 0 : (float) (10 * Math.log10(energy / LOWEST));
    }

    private static double energyOf(float level) {
        return level <= 0 ? 0 : LOWEST * Math.pow(10, level / 10);
    }
}
