package dev.tom.bridge.preflight;

import java.time.Instant;
import java.util.Locale;

/**
 * The last try to reach the provider after the end.
 *
 * @param asked what the operator named it by
 * @param at when it was over
 */
public record CanaryResult(Instant asked, Outcome outcome, Instant at) {

    /** What it came to. */
    public enum Outcome {
        /** The bridge had no socket to try with. */
        NOT_TRIED,
        /** The network or the far side said no. */
        REFUSED,
        /** Nobody said anything. */
        TIMEOUT,
        /** The name had no address. */
        UNRESOLVED,
        /** It worked, which it must not. */
        CONNECTED;

        /** In the status page. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
