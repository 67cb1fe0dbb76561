package dev.tom.bridge.audio;

import java.util.Random;

/** Synthetic sounds and measures of them. */
final class Signals {

    private Signals() {}

    static short[] tone(int rate, double hertz, double amplitude, int millis) {
        short[] out = new short[rate * millis / 1_000];
        for (int i = 0; i < out.length; i++) {
            out[i] = (short) Math.round(amplitude * Math.sin(2 * Math.PI * hertz * i / rate));
        }
        return out;
    }

    /** White noise of this level. */
    static short[] noise(int rate, double decibelFullScale, int millis, long seed) {
        Random random = new Random(seed);
        double rms = 32_768 * Math.pow(10, decibelFullScale / 20);
        short[] out = new short[rate * millis / 1_000];
        for (int i = 0; i < out.length; i++) {
            out[i] = (short) Math.clamp(Math.round(rms * random.nextGaussian()), -32_768, 32_767);
        }
        return out;
    }

    static short[] silence(int rate, int millis) {
        return new short[rate * millis / 1_000];
    }

    static short[] join(short[]... parts) {
        int length = 0;
        for (short[] part : parts) {
            length += part.length;
        }
        short[] out = new short[length];
        int at = 0;
        for (short[] part : parts) {
            System.arraycopy(part, 0, out, at, part.length);
            at += part.length;
        }
        return out;
    }

    /** The sum of two sounds; the second may be shorter. */
    static short[] mix(short[] one, short[] other) {
        short[] out = one.clone();
        for (int i = 0; i < Math.min(one.length, other.length); i++) {
            out[i] = (short) Math.clamp(one[i] + other[i], -32_768, 32_767);
        }
        return out;
    }

    /** Amplitude of the component at this frequency in samples {@code from} to {@code to} (Goertzel with a Hann window). */
    static double amplitude(short[] pcm, int rate, double hertz, int from, int to) {
        double real = 0;
        double imaginary = 0;
        double weight = 0;
        for (int i = from; i < to; i++) {
            double window = 0.5 - 0.5 * Math.cos(2 * Math.PI * (i - from) / (to - from));
            double angle = 2 * Math.PI * hertz * i / rate;
            real += window * pcm[i] * Math.cos(angle);
            imaginary += window * pcm[i] * Math.sin(angle);
            weight += window;
        }
        return 2 * Math.hypot(real, imaginary) / weight;
    }

    static double decibel(double ratio) {
        return 20 * Math.log10(Math.max(ratio, 1e-9));
    }
}
