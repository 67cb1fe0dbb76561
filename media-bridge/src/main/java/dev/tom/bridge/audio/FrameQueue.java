package dev.tom.bridge.audio;

import java.util.Arrays;

/**
 * Frames in order. The last ones that were taken stay for a while and can be put back. Grows and never shrinks; not thread-safe; allocates
 * only while it grows.
 */
final class FrameQueue {

    private final int frameSamples;
    private final int kept;
    private short[] ring;
    private int slots;
    private long taken;
    private long added;
    private long oldest;

    /**
     * @param kept how many taken frames can be put back
     */
    FrameQueue(int frameSamples, int kept) {
        this.frameSamples = frameSamples;
        this.kept = kept;
        slots = kept + 50;
        ring = new short[slots * frameSamples];
    }

    int size() {
        return (int) (added - taken);
    }

    /** Adds a copy. */
    void add(short[] frame) {
        if (added - Math.max(oldest, taken - kept) >= slots) {
            grow();
        }
        oldest = Math.max(oldest, added + 1 - slots);
        System.arraycopy(frame, 0, ring, at(added), frameSamples);
        added++;
    }

    /** Takes the oldest; there must be one. */
    void take(short[] into) {
        System.arraycopy(ring, at(taken), into, 0, frameSamples);
        taken++;
    }

    /** Puts the last frames that were taken back, as many as there are. */
    void putBack(int frames) {
        taken -= Math.min(frames, Math.min(kept, taken - oldest));
    }

    /** Forgets all, also what was taken. */
    void clear() {
        taken = added;
        oldest = added;
    }

    private int at(long position) {
        return (int) (position % slots) * frameSamples;
    }

    private void grow() {
        short[] larger = Arrays.copyOf(ring, 2 * ring.length);
        for (long position = oldest; position < added; position++) {
            System.arraycopy(ring, at(position), larger, (int) (position % (2L * slots)) * frameSamples, frameSamples);
        }
        ring = larger;
        slots *= 2;
    }
}
