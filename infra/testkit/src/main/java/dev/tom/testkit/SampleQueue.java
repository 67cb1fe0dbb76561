package dev.tom.testkit;

import java.util.Arrays;

/** Samples, first in, first out. Not thread-safe. */
final class SampleQueue {

    private short[] samples = new short[4_096];
    private int from;
    private int to;

    int size() {
        return to - from;
    }

    void add(short[] more, int offset, int length) {
        if (to + length > samples.length) {
            samples = Arrays.copyOfRange(samples, from, from + Math.max(2 * (size() + length), 4_096));
            to -= from;
            from = 0;
        }
        System.arraycopy(more, offset, samples, to, length);
        to += length;
    }

    /** Takes up to {@code length} samples. */
    short[] take(int length) {
        int taken = Math.min(length, size());
        short[] out = Arrays.copyOfRange(samples, from, from + taken);
        from += taken;
        return out;
    }

    void clear() {
        from = to;
    }

    /** Samples that are more than coding noise. */
    int audible() {
        int count = 0;
        for (int i = from; i < to; i++) {
            if (Loudness.audible(samples[i])) {
                count++;
            }
        }
        return count;
    }
}
