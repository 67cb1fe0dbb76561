package dev.tom.bridge.call.egress;

import java.util.Locale;

/** Why the lease answers as it does. The names in lower case stand in the status page and in logs. */
public enum EgressReason {
    /** Allowed, and the deadline lies ahead. */
    OPEN,
    /** ALLOW_EGRESS is false. */
    NOT_ALLOWED,
    /** ALLOW_EGRESS is true, but EGRESS_UNTIL is missing. */
    NO_DEADLINE,
    /** EGRESS_UNTIL is reached. */
    PAST_DEADLINE,
    /** Wall clock and monotonic clock moved apart, so that nobody knows when the deadline is. */
    CLOCK_JUMPED,
    /** The configuration cannot be read. */
    UNREADABLE;

    /** The name in the status page, metrics and logs. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
