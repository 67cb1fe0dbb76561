package dev.tom.crds.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;

/** By which object the network path is opened. */
public enum EgressMode {
    @JsonProperty("auto")
    AUTO,
    @JsonProperty("NetworkPolicy")
    NETWORK_POLICY,
    @JsonProperty("Cilium")
    CILIUM,
    @JsonProperty("Gateway")
    GATEWAY
}
