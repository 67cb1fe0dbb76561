package dev.tom.bridge.speech.local;

import dev.tom.bridge.audio.AudioFormat;
import java.util.Arrays;

/** The caller's words of one turn. Keeps the last 30 seconds: who speaks longer ends with the question. Pure. */
final class CallerAudio {

    static final int MAX_SECONDS = 30;

    private final int most;
    private final int droppedAtOnce;
    private short[] samples;
    private int length;
    private long dropped;

    CallerAudio(AudioFormat format) {
        most = MAX_SECONDS * format.sampleRate();
        droppedAtOnce = format.sampleRate();
        samples = new short[2 * format.sampleRate()];
    }

    /** Copies a frame. */
    void add(short[] frame) {
        if (length + frame.length > most) {
            System.arraycopy(samples, droppedAtOnce, samples, 0, length - droppedAtOnce);
            length -= droppedAtOnce;
            dropped += droppedAtOnce;
        }
        if (length + frame.length > samples.length) {
            samples = Arrays.copyOf(samples, Math.min(most, 2 * samples.length));
        }
        System.arraycopy(frame, 0, samples, length, frame.length);
        length += frame.length;
    }

    boolean isEmpty() {
        return length == 0;
    }

    /** Samples that were too old to keep, since {@link #clear}. */
    long dropped() {
        return dropped;
    }

    short[] copy() {
        return Arrays.copyOf(samples, length);
    }

    void clear() {
        length = 0;
        dropped = 0;
    }
}
