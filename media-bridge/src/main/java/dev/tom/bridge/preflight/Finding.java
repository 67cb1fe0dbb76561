package dev.tom.bridge.preflight;

import java.util.Optional;

/**
 * How something is that the bridge stands on.
 *
 * @param state in a word
 * @param ok whether it is as it should be; empty while nobody knows
 * @param sentence why not, and what to do; empty when there is nothing to say. Holds no figure that moves
 */
public record Finding(String state, Optional<Boolean> ok, String sentence) {

    static Finding good(String state) {
        return new Finding(state, Optional.of(true), "");
    }

    static Finding bad(String state, String sentence) {
        return new Finding(state, Optional.of(false), sentence);
    }

    static Finding open(String state, String sentence) {
        return new Finding(state, Optional.empty(), sentence);
    }
}
