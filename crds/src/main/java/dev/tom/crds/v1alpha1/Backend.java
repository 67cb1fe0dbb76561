package dev.tom.crds.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Who answers calls. */
public enum Backend {
    @JsonProperty("provider")
    PROVIDER,
    @JsonProperty("local")
    LOCAL
}
