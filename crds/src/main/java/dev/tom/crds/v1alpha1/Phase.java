package dev.tom.crds.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Where a window stands in its life. */
public enum Phase {
    /** Waits for its start. */
    @JsonProperty("Pending")
    PENDING,
    /** Its time has come, but a requirement is missing. */
    @JsonProperty("Preflight")
    PREFLIGHT,
    /** Its time runs. */
    @JsonProperty("Open")
    OPEN,
    /** Ended; not yet proven closed. */
    @JsonProperty("Closing")
    CLOSING,
    /** Ended and proven closed. */
    @JsonProperty("Closed")
    CLOSED,
    /** Its time passed without it ever opening. */
    @JsonProperty("Failed")
    FAILED
}
