package dev.tom.operator.desired;

import dev.tom.crds.v1alpha1.Provider;
import dev.tom.crds.v1alpha1.TestWindow;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPeer;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPeerBuilder;
import java.util.List;

/**
 * The way out to the provider: exists exactly while egress is open. Without given ranges it allows any public address on the provider's port,
 * never a private one.
 */
final class ProviderEgressPolicy {

    static final List<String> PRIVATE_IPV4 = List.of("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16");

    /** Private, shared (RFC 6598) and link-local; the last holds the metadata services of clouds. */
    private static final List<String> NOT_PUBLIC_IPV4 =
            List.of("10.0.0.0/8", "100.64.0.0/10", "169.254.0.0/16", "172.16.0.0/12", "192.168.0.0/16");

    private static final List<String> NOT_PUBLIC_IPV6 = List.of("fc00::/7", "fe80::/10");

    private ProviderEgressPolicy() {}

    static NetworkPolicy of(TestWindow window, Provider provider) {
        return new NetworkPolicyBuilder()
                .withMetadata(OwnedMetadata.of(
                        window, Names.providerEgress(window.getMetadata().getName())))
                .withNewSpec()
                .withNewPodSelector()
                .withMatchLabels(Labels.selector(window))
                .endPodSelector()
                .withPolicyTypes("Egress")
                .addNewEgress()
                .withTo(peers(provider))
                .addNewPort()
                .withProtocol("TCP")
                .withNewPort(Endpoint.of(provider.url()).port())
                .endPort()
                .endEgress()
                .endSpec()
                .build();
    }

    private static List<NetworkPolicyPeer> peers(Provider provider) {
        List<String> cidrs = provider.egress().cidrs();
        return cidrs.isEmpty()
                ? List.of(block("0.0.0.0/0", NOT_PUBLIC_IPV4), block("::/0", NOT_PUBLIC_IPV6))
                : cidrs.stream().map(cidr -> block(cidr, List.of())).toList();
    }

    private static NetworkPolicyPeer block(String cidr, List<String> except) {
        return new NetworkPolicyPeerBuilder()
                .withNewIpBlock()
                .withCidr(cidr)
                .withExcept(except)
                .endIpBlock()
                .build();
    }
}
