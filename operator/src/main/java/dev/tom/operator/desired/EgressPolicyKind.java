package dev.tom.operator.desired;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;

/** What opens egress for as long as it exists. */
public enum EgressPolicyKind {
    NETWORK_POLICY,
    CILIUM_NETWORK_POLICY;

    /** The kind of a policy that carries the label of its end. */
    public static EgressPolicyKind of(HasMetadata policy) {
        return policy instanceof NetworkPolicy ? NETWORK_POLICY : CILIUM_NETWORK_POLICY;
    }
}
