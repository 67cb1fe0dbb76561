package dev.tom.crds.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;

/** When bridges are replaced by new ones because their pod template changed. */
public enum Rollout {
    /** While the window is open, once no call is live; outside of it, at once. */
    @JsonProperty("WhenIdle")
    WHEN_IDLE,
    /** At once; live calls finish on their old pods within the grace period. */
    @JsonProperty("Now")
    NOW
}
