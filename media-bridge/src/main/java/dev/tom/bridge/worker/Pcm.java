package dev.tom.bridge.worker;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** 16-bit samples on the wire: mono, little-endian, no header. Pure. */
final class Pcm {

    /** A line with comfort noise lies below this root mean square in every 20 ms; speech of a caller far above. */
    private static final int SPEECH_RMS = 60;

    private Pcm() {}

    static short[] samples(byte[] wire) {
        short[] samples = new short[wire.length / 2];
        ByteBuffer.wrap(wire).order(ByteOrder.LITTLE_ENDIAN).asShortBuffer().get(samples);
        return samples;
    }

    static byte[] bytes(short[] samples) {
        ByteBuffer wire = ByteBuffer.allocate(2 * samples.length).order(ByteOrder.LITTLE_ENDIAN);
        wire.asShortBuffer().put(samples);
        return wire.array();
    }

    /** The scale that the recognizer expects, -1 to 1, padded with silence to at least so many samples. */
    static float[] scaled(short[] samples, int atLeast) {
        float[] scaled = new float[Math.max(samples.length, atLeast)];
        for (int i = 0; i < samples.length; i++) {
            scaled[i] = samples[i] / 32_768f;
        }
        return scaled;
    }

    /** Whether no 20 ms of it are loud enough to be speech. The recognizer invents words for silence. */
    static boolean silent(short[] samples, int rate) {
        int window = rate / 50;
        for (int from = 0; from < samples.length; from += window) {
            int to = Math.min(from + window, samples.length);
            double energy = 0;
            for (int i = from; i < to; i++) {
                energy += (double) samples[i] * samples[i];
            }
            if (energy > (double) SPEECH_RMS * SPEECH_RMS * (to - from)) {
                return false;
            }
        }
        return true;
    }
}
