package dev.tom.operator.desired;

import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyEgressRule;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyEgressRuleBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPeer;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPort;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPortBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Who resolves names for bridges and gateways.
 *
 * @param peers as in a NetworkPolicy
 * @param ports on which they listen as the policy sees it: of the pod, not of the Service
 */
public record DnsPeers(List<NetworkPolicyPeer> peers, List<Integer> ports) {

    /**
     * What most clusters have. The addresses are resolvers that are no pods: the node-local cache, and the one of clouds whose DNS is outside
     * the cluster.
     */
    public static final DnsPeers USUAL = new DnsPeers(
            List.of(
                    Peers.podsAnywhere(Map.of("k8s-app", "kube-dns")),
                    Peers.addresses("169.254.20.10/32"),
                    Peers.addresses("169.254.169.254/32")),
            List.of(53));

    public DnsPeers {
        peers = List.copyOf(peers);
        ports = List.copyOf(ports);
    }

    NetworkPolicyEgressRule rule() {
        var both = new ArrayList<NetworkPolicyPort>();
        for (int port : ports) {
            both.add(port("UDP", port));
            both.add(port("TCP", port));
        }
        return new NetworkPolicyEgressRuleBuilder()
                .withTo(peers)
                .withPorts(both)
                .build();
    }

    private static NetworkPolicyPort port(String protocol, int port) {
        return new NetworkPolicyPortBuilder()
                .withProtocol(protocol)
                .withNewPort(port)
                .build();
    }
}
