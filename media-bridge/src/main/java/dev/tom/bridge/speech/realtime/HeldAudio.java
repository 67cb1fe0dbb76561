package dev.tom.bridge.speech.realtime;

import java.util.ArrayDeque;

/** Caller frames that cannot be sent yet: bounded, the oldest is dropped and counted. Not thread-safe. */
final class HeldAudio {

    /** 20 s: the longest question that is replayed to a fresh session, and 5 s for connecting and set-up. */
    static final int MAX_FRAMES = 1_000;

    private final ArrayDeque<short[]> frames = new ArrayDeque<>();
    private long dropped;

    /** Keeps a copy. */
    void add(short[] frame) {
        if (frames.size() == MAX_FRAMES) {
            frames.remove();
            dropped++;
        }
        frames.add(frame.clone());
    }

    boolean isEmpty() {
        return frames.isEmpty();
    }

    /** The oldest. */
    short[] next() {
        return frames.remove();
    }

    /** Frames lost since this was asked last. */
    long takeDropped() {
        long lost = dropped;
        dropped = 0;
        return lost;
    }
}
