package dev.tom.bridge.call.egress;

import java.time.Instant;
import java.util.Optional;

/** What the configuration says about provider use. */
public sealed interface EgressTerms {

    /**
     * The settings could be read.
     *
     * @param allowed ALLOW_EGRESS
     * @param until EGRESS_UNTIL; without it provider use is never allowed
     */
    record Stated(boolean allowed, Optional<Instant> until) implements EgressTerms {}

    /** The settings could not be read or are wrong; whatever they said before no longer counts. */
    record Unreadable() implements EgressTerms {}

    /** Provider use is not wanted. */
    EgressTerms NOT_ALLOWED = new Stated(false, Optional.empty());
}
