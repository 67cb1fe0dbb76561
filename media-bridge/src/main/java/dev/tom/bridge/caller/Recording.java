package dev.tom.bridge.caller;

import java.util.Arrays;

/**
 * Mono linear PCM of 16 bits.
 *
 * @param rate samples per second, 1 to 192000
 * @param samples owned by this value
 */
@SuppressWarnings("ArrayRecordComponent") // audio is used, never compared
public record Recording(int rate, short[] samples) {

    /** Zero crossings of the sinc on each side, counted at the narrower rate. */
    private static final int CROSSINGS = 32;

    public Recording {
        if (rate < 1 || rate > 192_000) {
            throw new IllegalArgumentException("rate must be 1 to 192000 Hz, not " + rate);
        }
    }

    public long millis() {
        return samples.length * 1_000L / rate;
    }

    /**
     * The same at another rate, whatever the ratio, by a windowed sinc over the whole recording. Costs a sine per tap: for recordings
     * that are read once, not for streams.
     */
    public Recording atRate(int target) {
        if (target == rate) {
            return this;
        }
        double cutoff = Math.min(1.0, (double) target / rate) * 0.95;
        int reach = (int) Math.ceil(CROSSINGS / cutoff);
        short[] out = new short[(int) ((long) samples.length * target / rate)];
        for (int i = 0; i < out.length; i++) {
            double at = (double) i * rate / target;
            int middle = (int) at;
            double sum = 0;
            for (int k = Math.max(0, middle - reach + 1); k <= Math.min(samples.length - 1, middle + reach); k++) {
                sum += samples[k] * tap(at - k, cutoff, reach);
            }
            out[i] = (short) Math.clamp(Math.round(sum), Short.MIN_VALUE, Short.MAX_VALUE);
        }
        return new Recording(target, out);
    }

    /** One frame from {@code at} on, filled up with silence. */
    short[] frame(int at, int length) {
        return Arrays.copyOf(Arrays.copyOfRange(samples, at, Math.min(samples.length, at + length)), length);
    }

    private static double tap(double distance, double cutoff, int reach) {
        double window = 0.5 + 0.5 * Math.cos(Math.PI * Math.clamp(distance / reach, -1, 1));
        double x = Math.PI * distance * cutoff;
        return window * cutoff * (Math.abs(x) < 1e-9 ? 1 : Math.sin(x) / x);
    }

    @Override
    public String toString() {
        return "Recording[" + rate + " Hz, " + millis() + " ms]";
    }
}
