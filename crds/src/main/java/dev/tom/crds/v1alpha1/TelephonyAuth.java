package dev.tom.crds.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How a telephone switch proves itself. */
public enum TelephonyAuth {
    @JsonProperty("jwt")
    JWT,
    @JsonProperty("basic")
    BASIC,
    @JsonProperty("none")
    NONE
}
