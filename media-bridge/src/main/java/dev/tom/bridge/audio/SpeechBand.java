package dev.tom.bridge.audio;

/**
 * The telephone band (200 to 3400 Hz): two second-order Butterworth sections, one against hum, one against what G.711 cannot carry. One
 * direction of one call; not thread-safe; no allocation.
 */
final class SpeechBand {
    private final double[] high;
    private final double[] low;
    private final double[] state = new double[4];
    private double last;
    private int crossings;

    SpeechBand(int sampleRate) {
        high = section(200.0 / sampleRate, true);
        // At 8 kHz the band ends by itself; a section at 3400 Hz would only bend it.
        low = sampleRate > 8_000 ? section(3_400.0 / sampleRate, false) : new double[] {1, 0, 0, 0, 0};
    }

    double energy(short[] frame, int from, int length) {
        double sum = 0;
        crossings = 0;
        for (int i = from; i < from + length; i++) {
            double sample = filter(low, 2, filter(high, 0, frame[i]));
            sum += sample * sample;
            crossings += (sample < 0) != (last < 0) ? 1 : 0;
            last = sample;
        }
        return sum / length;
    }

    /** Zero crossings in the step that {@link #energy} measured last. */
    int crossings() {
        return crossings;
    }

    private double filter(double[] c, int at, double in) {
        double out = c[0] * in + state[at];
        state[at] = c[1] * in - c[3] * out + state[at + 1];
        state[at + 1] = c[2] * in - c[4] * out;
        return out;
    }

    /** Coefficients b0, b1, b2, a1, a2 of a Butterworth section at a frequency given as part of the sample rate. */
    private static double[] section(double frequency, boolean highPass) {
        double w = 2 * Math.PI * frequency;
        double alpha = Math.sin(w) / Math.sqrt(2);
        double cos = Math.cos(w);
        double a0 = 1 + alpha;
        double edge = (highPass ? 1 + cos : 1 - cos) / 2 / a0;
        return new double[] {edge, highPass ? -2 * edge : 2 * edge, edge, -2 * cos / a0, (1 - alpha) / a0};
    }
}
