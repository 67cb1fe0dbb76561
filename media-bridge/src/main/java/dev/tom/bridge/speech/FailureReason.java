package dev.tom.bridge.speech;

/** Why a conversation with a backend ended or is in trouble. The names in lower case are the {@code reason} labels of the metrics. */
public enum FailureReason {
    /** The connection was refused, or name or TLS failed. */
    UNREACHABLE,
    /** The upgrade was refused with 401 or 403, or the key was refused after it. */
    UNAUTHORIZED,
    /** The account's credit or its spending limit is used up. */
    NO_CREDIT,
    /** Model, address or session settings are not what the provider takes. */
    MISCONFIGURED,
    /** 429, or a rate limit error. */
    RATE_LIMITED,
    /** The upgrade was refused otherwise, or accepted and closed within two seconds. */
    REFUSED,
    /** No answer to the upgrade or to the session set-up in time. */
    TIMEOUT,
    /** The socket closed or was reset in the conversation. */
    SOCKET_CLOSED,
    /** The socket is open, but no answer came in time (first-audio watchdog). */
    STALLED,
    /** The other side sent what the protocol does not allow. */
    PROTOCOL,
    /** The backend reported an error of its own. */
    BACKEND_ERROR,
    /** The local pipeline refused work for want of room. */
    SATURATED,
    /** The provider's session reached its maximum age. */
    SESSION_EXPIRED,
    /** The provider ended a session as too old that had just been renewed. */
    EXPIRED_AGAIN,
    /** Provider use is not allowed (any more). */
    EGRESS_CLOSED;

    /** The name in metrics and cost records. */
    public String label() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }

    /** Whether it says something about the provider's health, and so counts in the circuit breaker. */
    public boolean countsAgainstProvider() {
        return switch (this) {
            case EGRESS_CLOSED, SESSION_EXPIRED, SATURATED -> false;
            case UNREACHABLE,
                    UNAUTHORIZED,
                    NO_CREDIT,
                    MISCONFIGURED,
                    RATE_LIMITED,
                    REFUSED,
                    TIMEOUT,
                    SOCKET_CLOSED,
                    STALLED,
                    PROTOCOL,
                    BACKEND_ERROR,
                    EXPIRED_AGAIN -> true;
        };
    }

    /** Whether every other call would meet the same until somebody changes something, so that one of them is enough. */
    public boolean isFatal() {
        return switch (this) {
            case UNAUTHORIZED, NO_CREDIT, MISCONFIGURED -> true;
            case UNREACHABLE,
                    RATE_LIMITED,
                    REFUSED,
                    TIMEOUT,
                    SOCKET_CLOSED,
                    STALLED,
                    PROTOCOL,
                    BACKEND_ERROR,
                    SATURATED,
                    SESSION_EXPIRED,
                    EXPIRED_AGAIN,
                    EGRESS_CLOSED -> false;
        };
    }
}
