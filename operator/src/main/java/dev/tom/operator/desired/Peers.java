package dev.tom.operator.desired;

import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.LabelSelectorBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyEgressRule;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyEgressRuleBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPeer;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPeerBuilder;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The far ends that our NetworkPolicies name. */
final class Peers {

    private Peers() {}

    /** Pods with these labels, in any namespace. */
    static NetworkPolicyPeer podsAnywhere(Map<String, String> labels) {
        return new NetworkPolicyPeerBuilder()
                .withNamespaceSelector(new LabelSelector())
                .withPodSelector(new LabelSelectorBuilder()
                        .withMatchLabels(new TreeMap<>(labels))
                        .build())
                .build();
    }

    /** Addresses of a range, without those of {@code except}. */
    static NetworkPolicyPeer addresses(String cidr, List<String> except) {
        return new NetworkPolicyPeerBuilder()
                .withNewIpBlock()
                .withCidr(cidr)
                .withExcept(except)
                .endIpBlock()
                .build();
    }

    /** All addresses of a range. */
    static NetworkPolicyPeer addresses(String cidr) {
        return addresses(cidr, List.of());
    }

    /** The way out to them, on one TCP port. */
    static NetworkPolicyEgressRule overTcp(List<NetworkPolicyPeer> peers, int port) {
        return new NetworkPolicyEgressRuleBuilder()
                .withTo(peers)
                .addNewPort()
                .withProtocol("TCP")
                .withNewPort(port)
                .endPort()
                .build();
    }
}
