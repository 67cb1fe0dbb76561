package dev.tom.bridge.audio;

import java.util.Arrays;

/**
 * Changes the sample rate by a small ratio (8, 16 and 24 kHz into each other) with a polyphase windowed-sinc filter. Keeps its state
 * across calls, so a stream may be cut anywhere without a click. One direction of one stream; not thread-safe; no allocation per call.
 *
 * <p>Flat within 0.1 dB up to 0.84 of the narrower Nyquist frequency (3.4 of 4 kHz); images and aliases at least 60 dB down from 1.03 of
 * it. Delay: {@link #delayMillis()}.
 */
public final class Resampler {

    /** Zero crossings of the sinc on each side, counted at the narrower rate. */
    private static final int CROSSINGS = 24;

    private static final double KAISER_BETA = 6.5;
    /** Middle of the transition as part of the narrower Nyquist frequency: from 0.85 (3.4 of 4 kHz) to 1.03. */
    private static final double CUTOFF = 0.94;

    private final int up;
    private final int down;
    private final int taps;
    private final float[][] phases;
    private final int fromRate;
    private float[] line;
    private int held;
    private int phase;

    /**
     * @param fromRate sample rate of the input, in Hz
     * @param toRate sample rate of the output, in Hz
     * @throws IllegalArgumentException when the ratio is not one of small numbers (up to 12:12)
     */
    public Resampler(int fromRate, int toRate) {
        int divisor = gcd(fromRate, toRate);
        this.fromRate = fromRate;
        up = toRate / divisor;
        down = fromRate / divisor;
        if (up > 12 || down > 12) {
            throw new IllegalArgumentException("cannot resample " + fromRate + " Hz to " + toRate + " Hz");
        }
        double cutoff = CUTOFF * Math.min(1.0, (double) up / down);
        taps = 4 * (int) Math.ceil(CROSSINGS / 2.0 * Math.max(1.0, (double) down / up));
        phases = new float[up][taps];
        for (int p = 0; p < up; p++) {
            fillPhase(phases[p], (double) p / up, cutoff);
        }
        line = new float[4 * taps];
        held = taps - 1;
    }

    /** How many samples may come out of so many that go in; the size for the output array. */
    public int maxOutput(int inputSamples) {
        return (inputSamples * up + down - 1) / down + 1;
    }

    /** By how much the output is later than the input, in milliseconds. */
    public double delayMillis() {
        int wholeSamples = taps / 2;
        return wholeSamples * 1_000.0 / fromRate;
    }

    /**
     * Takes {@code length} samples.
     *
     * @param out receives the result from index 0 on; at least {@link #maxOutput} long
     * @return how many samples were written
     */
    public int resample(short[] in, int length, short[] out) {
        if (up == down) {
            System.arraycopy(in, 0, out, 0, length);
            return length;
        }
        append(in, length);
        int written = 0;
        int at = 0;
        while (at + taps <= held) {
            out[written++] = filtered(phases[phase], at);
            phase += down;
            at += phase / up;
            phase %= up;
        }
        System.arraycopy(line, at, line, 0, held - at);
        held -= at;
        return written;
    }

    /** Forgets the past of the stream. */
    public void reset() {
        Arrays.fill(line, 0);
        held = taps - 1;
        phase = 0;
    }

    private void append(short[] in, int length) {
        if (held + length > line.length) {
            line = Arrays.copyOf(line, 2 * (held + length));
        }
        for (int i = 0; i < length; i++) {
            line[held + i] = in[i];
        }
        held += length;
    }

    private short filtered(float[] filter, int at) {
        // Four sums that do not wait for each other; the number of taps is a multiple of four.
        float a = 0;
        float b = 0;
        float c = 0;
        float d = 0;
        for (int i = 0; i < taps; i += 4) {
            a += filter[i] * line[at + i];
            b += filter[i + 1] * line[at + i + 1];
            c += filter[i + 2] * line[at + i + 2];
            d += filter[i + 3] * line[at + i + 3];
        }
        return (short) Math.clamp(Math.round(a + b + c + d), Short.MIN_VALUE, Short.MAX_VALUE);
    }

    /** Coefficients for an output that lies {@code offset} of an input sample after the middle of the line; their sum is one. */
    private void fillPhase(float[] filter, double offset, double cutoff) {
        double half = taps / 2.0;
        double sum = 0;
        double[] exact = new double[taps];
        for (int i = 0; i < taps; i++) {
            double t = i - (half - 1) - offset;
            double x = Math.PI * t * cutoff;
            double sinc = Math.abs(x) < 1e-9 ? 1.0 : Math.sin(x) / x;
            double edge = t / half;
            double window = Math.abs(edge) >= 1 ? 0 : bessel(KAISER_BETA * Math.sqrt(1 - edge * edge));
            exact[i] = sinc * window;
            sum += exact[i];
        }
        for (int i = 0; i < taps; i++) {
            filter[i] = (float) (exact[i] / sum);
        }
    }

    /** Modified Bessel function of the first kind, order zero (Kaiser window), by its power series. */
    private static double bessel(double x) {
        double sum = 1;
        double term = 1;
        for (int k = 1; term > 1e-12 * sum; k++) {
            term *= x / (2 * k) * (x / (2 * k));
            sum += term;
        }
        return sum;
    }

    private static int gcd(int a, int b) {
        return b == 0 ? a : gcd(b, a % b);
    }
}
