package dev.tom.operator.desired;

import dev.tom.crds.v1alpha1.Provider;
import dev.tom.crds.v1alpha1.TestWindow;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyEgressRule;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyEgressRuleBuilder;

/** The bridges' way out, to the provider's addresses or to the gateway: exists exactly while egress is open. */
final class ProviderEgressPolicy {

    private ProviderEgressPolicy() {}

    static NetworkPolicy toAddresses(TestWindow window, Provider provider) {
        return of(window, ProviderAddresses.rule(provider));
    }

    static NetworkPolicy toGateway(TestWindow window) {
        return of(
                window,
                new NetworkPolicyEgressRuleBuilder()
                        .addNewTo()
                        .withNewPodSelector()
                        .withMatchLabels(Labels.gatewaySelector(window))
                        .endPodSelector()
                        .endTo()
                        .addNewPort()
                        .withProtocol("TCP")
                        .withNewPort(Names.GATEWAY_PORT)
                        .endPort()
                        .build());
    }

    private static NetworkPolicy of(TestWindow window, NetworkPolicyEgressRule way) {
        return new NetworkPolicyBuilder()
                .withMetadata(OwnedMetadata.of(
                        window, Names.providerEgress(window.getMetadata().getName())))
                .withNewSpec()
                .withNewPodSelector()
                .withMatchLabels(Labels.selector(window))
                .endPodSelector()
                .withPolicyTypes("Egress")
                .withEgress(way)
                .endSpec()
                .build();
    }
}
