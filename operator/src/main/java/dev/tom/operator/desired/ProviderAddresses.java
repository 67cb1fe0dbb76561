package dev.tom.operator.desired;

import dev.tom.crds.v1alpha1.Provider;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyEgressRule;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPeer;
import java.util.List;

/** The provider as far as addresses can say it: the given ranges, else any public address and never a private one; on its port only. */
final class ProviderAddresses {

    static final List<String> PRIVATE_IPV4 = List.of("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16");

    /** Private, shared (RFC 6598) and link-local; the last holds the metadata services of clouds. */
    private static final List<String> NOT_PUBLIC_IPV4 =
            List.of("10.0.0.0/8", "100.64.0.0/10", "169.254.0.0/16", "172.16.0.0/12", "192.168.0.0/16");

    private static final List<String> NOT_PUBLIC_IPV6 = List.of("fc00::/7", "fe80::/10");

    private ProviderAddresses() {}

    static NetworkPolicyEgressRule rule(Provider provider) {
        return Peers.overTcp(peers(provider), Endpoint.of(provider.url()).port());
    }

    private static List<NetworkPolicyPeer> peers(Provider provider) {
        List<String> cidrs = provider.egress().cidrs();
        return cidrs.isEmpty()
                ? List.of(Peers.addresses("0.0.0.0/0", NOT_PUBLIC_IPV4), Peers.addresses("::/0", NOT_PUBLIC_IPV6))
                : cidrs.stream().map(Peers::addresses).toList();
    }
}
