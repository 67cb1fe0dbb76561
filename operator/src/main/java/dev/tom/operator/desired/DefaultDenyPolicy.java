package dev.tom.operator.desired;

import dev.tom.crds.v1alpha1.TestWindow;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyEgressRule;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyIngressRule;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyIngressRuleBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPeer;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPeerBuilder;
import java.util.ArrayList;
import java.util.List;

/**
 * What bridges may always do: take calls, be asked by the operator and Prometheus, resolve names, reach the language model. Everything else is
 * denied, in both directions.
 */
final class DefaultDenyPolicy {

    private DefaultDenyPolicy() {}

    static NetworkPolicy of(TestWindow window, OperatorDefaults defaults) {
        return new NetworkPolicyBuilder()
                .withMetadata(OwnedMetadata.of(
                        window, Names.bridge(window.getMetadata().getName())))
                .withNewSpec()
                .withNewPodSelector()
                .withMatchLabels(Labels.selector(window))
                .endPodSelector()
                .withPolicyTypes("Ingress", "Egress")
                .withIngress(calls(window), questions(defaults))
                .withEgress(egress(window, defaults))
                .endSpec()
                .build();
    }

    private static NetworkPolicyIngressRule calls(TestWindow window) {
        List<NetworkPolicyPeer> from = window.getSpec().telephony().allowedFrom();
        return new NetworkPolicyIngressRuleBuilder()
                .withFrom(from.isEmpty() ? List.of(anyPodOfTheNamespace()) : from)
                .addNewPort()
                .withProtocol("TCP")
                .withNewPort(Names.TELEPHONY_PORT)
                .endPort()
                .build();
    }

    private static NetworkPolicyPeer anyPodOfTheNamespace() {
        return new NetworkPolicyPeerBuilder()
                .withPodSelector(new LabelSelector())
                .build();
    }

    private static NetworkPolicyIngressRule questions(OperatorDefaults defaults) {
        return new NetworkPolicyIngressRuleBuilder()
                .withFrom(Peers.podsAnywhere(defaults.operatorPods()), Peers.podsAnywhere(defaults.prometheusPods()))
                .addNewPort()
                .withProtocol("TCP")
                .withNewPort(Names.ADMIN_PORT_NUMBER)
                .endPort()
                .build();
    }

    private static List<NetworkPolicyEgressRule> egress(TestWindow window, OperatorDefaults defaults) {
        var rules = new ArrayList<NetworkPolicyEgressRule>();
        rules.add(defaults.dns().rule());
        var local = window.getSpec().local();
        if (local != null && local.llm() != null) {
            rules.add(LlmEgress.rule(local.llm().url(), window.getMetadata().getNamespace()));
        }
        return rules;
    }
}
