package dev.tom.bridge.call;

import java.util.Locale;

/** Why a call changed to a fresh provider session. The names in lower case are the {@code reason} labels of the metric. */
public enum RenewalReason {
    /** It was old enough, and nobody spoke. */
    AGE,
    /** Its end was near, and no pause had come. */
    LIMIT,
    /** The provider had ended it. */
    SESSION_EXPIRED;

    /** The name in metrics. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** How the segment of the old session ended. */
    String endedBy() {
        return switch (this) {
            case AGE, LIMIT -> "rotation";
            case SESSION_EXPIRED -> label();
        };
    }
}
