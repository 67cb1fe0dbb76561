package dev.tom.bridge.speech;

import dev.tom.bridge.audio.AudioFormat;

/** Recorded sentences that the bridge says itself. Thread-safe; answers from memory. */
@FunctionalInterface
public interface NoticeAudio {

    /** No recordings: what they would say is left out. */
    NoticeAudio NONE = (notice, format) -> new short[0];

    /** What there is to say. */
    enum Notice {
        /** All lines are busy; the caller is asked to call again later. */
        BUSY_LATER,
        /** All lines are busy; the caller is transferred now. */
        BUSY_TRANSFER
    }

    /**
     * The sentence in this format.
     *
     * @return shared samples, not to be changed; none when there is no recording
     */
    short[] notice(Notice notice, AudioFormat format);
}
