package dev.tom.crds.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What becomes of the bridges after the window. */
public enum AfterWindow {
    /** They stay and answer with the local pipeline. */
    @JsonProperty("KeepLocal")
    KEEP_LOCAL,
    /** They go, once egress is proven closed; live calls finish within the grace period. */
    @JsonProperty("ScaleToZero")
    SCALE_TO_ZERO
}
