package dev.tom.bridge.session;

import dev.tom.bridge.audio.AudioFormat;

/**
 * The last step of the caller's audio before the link: passes at once, or waits while it is undecided whether the caller interrupts. One
 * call; not thread-safe; allocates only at its first pause.
 */
final class HeldWords {

    /** Bound, longer than any pause lasts; beyond it the oldest frame goes on as it is, so that nothing is lost. */
    static final int BOUND_MILLIS = 1_200;

    private static final int SLOTS = BOUND_MILLIS / AudioFormat.FRAME_MILLIS;

    private final CallLink link;
    private final short[] frame;
    private final short[] silence;
    private short[] ring = {};
    private int first;
    private int waiting;
    private boolean held;

    HeldWords(AudioFormat format, CallLink link) {
        this.link = link;
        frame = new short[format.samplesPerFrame()];
        silence = new short[frame.length];
    }

    void accept(short[] newest) {
        if (!held) {
            link.audio(newest);
            return;
        }
        if (waiting == SLOTS) {
            link.audio(next());
        }
        System.arraycopy(newest, 0, ring, (first + waiting) % SLOTS * frame.length, frame.length);
        waiting++;
    }

    void hold() {
        if (ring.length == 0) {
            ring = new short[SLOTS * frame.length];
        }
        held = true;
    }

    /**
     * Gives away what waited, in order, and lets the rest pass.
     *
     * @param asSilence gives as much silence instead, so that the backend's clock of heard audio stays right
     */
    void release(boolean asSilence) {
        held = false;
        while (waiting > 0) {
            short[] words = next();
            link.audio(asSilence ? silence : words);
        }
    }

    private short[] next() {
        System.arraycopy(ring, first * frame.length, frame, 0, frame.length);
        first = (first + 1) % SLOTS;
        waiting--;
        return frame;
    }
}
