package dev.tom.bridge.worker;

/**
 * Changes the sample rate of a whole piece of audio by any ratio of the rates that voices and telephones use (22050 to 8000 and such), with
 * a polyphase windowed sinc. Not for streams: the piece starts and ends in silence. Immutable, thread-safe.
 */
final class RateChange {

    /** Zero crossings of the sinc on each side, counted at the lower rate. */
    private static final int CROSSINGS = 24;
    /** Edge of the pass band as part of the lower Nyquist frequency. */
    private static final double CUTOFF = 0.92;

    private final int up;
    private final int down;
    private final int reach;
    private final float[][] phases;

    RateChange(int fromRate, int toRate) {
        int divisor = greatestCommonDivisor(fromRate, toRate);
        up = toRate / divisor;
        down = fromRate / divisor;
        double cutoff = CUTOFF * Math.min(1.0, (double) up / down);
        reach = (int) Math.ceil(CROSSINGS * Math.max(1.0, (double) down / up));
        phases = new float[up][2 * reach];
        for (int phase = 0; phase < up; phase++) {
            fill(phases[phase], (double) phase / up, cutoff);
        }
    }

    short[] apply(short[] in) {
        if (up == down) {
            return in;
        }
        short[] out = new short[(int) ((long) in.length * up / down)];
        for (int i = 0; i < out.length; i++) {
            long position = (long) i * down;
            out[i] = at(in, (int) (position / up) - reach + 1, phases[(int) (position % up)]);
        }
        return out;
    }

    private static short at(short[] in, int first, float[] filter) {
        float sum = 0;
        int until = Math.min(filter.length, in.length - first);
        for (int k = Math.max(0, -first); k < until; k++) {
            sum += filter[k] * in[first + k];
        }
        return (short) Math.clamp(Math.round(sum), Short.MIN_VALUE, Short.MAX_VALUE);
    }

    /** Filter for an output sample that lies {@code offset} of an input sample after the middle; its sum is one. */
    private void fill(float[] filter, double offset, double cutoff) {
        double sum = 0;
        double[] exact = new double[filter.length];
        for (int k = 0; k < filter.length; k++) {
            double distance = k - (reach - 1) - offset;
            double x = Math.PI * distance * cutoff;
            double window = Math.abs(distance) >= reach ? 0 : 0.5 + 0.5 * Math.cos(Math.PI * distance / reach);
            exact[k] = (Math.abs(x) < 1e-9 ? 1 : Math.sin(x) / x) * window;
            sum += exact[k];
        }
        for (int k = 0; k < filter.length; k++) {
            filter[k] = (float) (exact[k] / sum);
        }
    }

    private static int greatestCommonDivisor(int a, int b) {
        return b == 0 ? a : greatestCommonDivisor(b, a % b);
    }
}
