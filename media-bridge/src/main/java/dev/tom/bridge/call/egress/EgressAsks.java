package dev.tom.bridge.call.egress;

import java.time.Instant;
import java.util.Optional;

/**
 * What the operator asks about the way to the provider.
 *
 * @param tryUntil PREFLIGHT_UNTIL: until then it is tried whether the provider can be reached; no try lasts longer
 * @param canary EGRESS_CANARY: the end of the window, after which the provider must not be reachable; names the ask
 */
public record EgressAsks(Optional<Instant> tryUntil, Optional<Instant> canary) {

    /** Nothing is asked. */
    public static final EgressAsks NONE = new EgressAsks(Optional.empty(), Optional.empty());
}
