package dev.tom.bridge.speech;

import dev.tom.bridge.audio.AudioFormat;
import java.util.Optional;

/** A short phrase ("one moment please") that bridges the wait after a call was moved. Thread-safe; answers from memory. */
@FunctionalInterface
public interface FillerAudio {

    /** No phrase: the caller waits in silence. */
    FillerAudio NONE = format -> Optional.empty();

    /**
     * The phrase in this format.
     *
     * @return shared samples, not to be changed; empty when there is none (yet)
     */
    Optional<short[]> filler(AudioFormat format);
}
