package dev.tom.operator.desired;

import dev.tom.crds.v1alpha1.Provider;
import dev.tom.crds.v1alpha1.TestWindow;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyBuilder;

/**
 * Who may use the gateway, and where it may go: this window's bridges; names and the provider's port. It lives longer than the pods that it
 * governs, because a pod that no policy governs may do anything.
 */
final class GatewayPolicy {

    private GatewayPolicy() {}

    static NetworkPolicy of(TestWindow window, Provider provider, DnsPeers dns) {
        return new NetworkPolicyBuilder()
                .withMetadata(OwnedMetadata.of(
                        window, Names.gateway(window.getMetadata().getName()), Labels.gateway(window)))
                .withNewSpec()
                .withNewPodSelector()
                .withMatchLabels(Labels.gatewaySelector(window))
                .endPodSelector()
                .withPolicyTypes("Ingress", "Egress")
                .addNewIngress()
                .addNewFrom()
                .withNewPodSelector()
                .withMatchLabels(Labels.selector(window))
                .endPodSelector()
                .endFrom()
                .addNewPort()
                .withProtocol("TCP")
                .withNewPort(Names.GATEWAY_PORT)
                .endPort()
                .endIngress()
                .withEgress(dns.rule(), ProviderAddresses.rule(provider))
                .endSpec()
                .build();
    }
}
