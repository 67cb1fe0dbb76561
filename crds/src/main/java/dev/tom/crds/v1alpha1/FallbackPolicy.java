package dev.tom.crds.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Whether calls may leave the provider before the end of the window. */
public enum FallbackPolicy {
    @JsonProperty("provider_then_local")
    PROVIDER_THEN_LOCAL,
    @JsonProperty("none")
    NONE
}
