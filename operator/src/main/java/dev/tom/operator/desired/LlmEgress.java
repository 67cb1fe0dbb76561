package dev.tom.operator.desired;

import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyEgressRule;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyEgressRuleBuilder;
import java.util.List;
import java.util.regex.Pattern;

/** The way to the language model: to its namespace, its address, or, for a name outside the cluster, to private addresses only. */
final class LlmEgress {

    private static final Pattern SERVICE =
            Pattern.compile("[a-z0-9-]+(?:\\.(?<namespace>[a-z0-9-]+)(?:\\.svc(?:\\.cluster\\.local)?\\.?)?)?");
    private static final Pattern IPV4 = Pattern.compile("[0-9]+(?:\\.[0-9]+){3}");

    private LlmEgress() {}

    static NetworkPolicyEgressRule rule(String url, String ownNamespace) {
        Endpoint endpoint = Endpoint.of(url);
        String host = endpoint.host().orElse("");
        if (IPV4.matcher(host).matches()) {
            return toAddresses(List.of(host + "/32"), endpoint.port());
        }
        if (host.contains(":")) {
            return toAddresses(List.of(host + "/128"), endpoint.port());
        }
        var service = SERVICE.matcher(host);
        if (service.matches()) {
            String namespace = service.group("namespace");
            return toNamespace(namespace == null ? ownNamespace : namespace);
        }
        return toAddresses(ProviderAddresses.PRIVATE_IPV4, endpoint.port());
    }

    /** Any port: a policy sees the pod's port, and the URL names the Service's. */
    private static NetworkPolicyEgressRule toNamespace(String namespace) {
        return new NetworkPolicyEgressRuleBuilder()
                .addNewTo()
                .withNewNamespaceSelector()
                .addToMatchLabels("kubernetes.io/metadata.name", namespace)
                .endNamespaceSelector()
                .withPodSelector(new LabelSelector())
                .endTo()
                .build();
    }

    private static NetworkPolicyEgressRule toAddresses(List<String> cidrs, int port) {
        return Peers.overTcp(cidrs.stream().map(Peers::addresses).toList(), port);
    }
}
