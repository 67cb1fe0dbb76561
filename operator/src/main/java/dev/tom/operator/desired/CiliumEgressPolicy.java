package dev.tom.operator.desired;

import dev.tom.crds.v1alpha1.Provider;
import dev.tom.crds.v1alpha1.TestWindow;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceBuilder;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.LabelSelectorRequirement;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPeer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * The bridges' way out by the provider's host name: exists exactly while egress is open. Cilium learns the addresses of a name from the DNS
 * answers that its proxy sees; therefore the policy also says where names are asked for, with a DNS rule.
 */
public final class CiliumEgressPolicy {

    public static final String API_VERSION = "cilium.io/v2";
    public static final String KIND = "CiliumNetworkPolicy";
    public static final String PLURAL = "ciliumnetworkpolicies";

    private static final String NAMESPACE = "k8s:io.kubernetes.pod.namespace";
    private static final String NAMESPACE_LABEL = "k8s:io.cilium.k8s.namespace.labels.";
    private static final String NAMESPACE_NAME = "kubernetes.io/metadata.name";
    private static final Pattern IPV4 = Pattern.compile("[0-9]+(?:\\.[0-9]+){3}");

    private CiliumEgressPolicy() {}

    static GenericKubernetesResource of(TestWindow window, Provider provider, DnsPeers dns) {
        Endpoint endpoint = Endpoint.of(provider.url());
        var egress = new ArrayList<Map<String, Object>>();
        Map<String, Object> names = ports(dns.ports(), "ANY");
        names.put("rules", Map.of("dns", List.of(Map.of("matchPattern", "*"))));
        for (NetworkPolicyPeer peer : dns.peers()) {
            egress.add(rule(resolver(window, peer), names));
        }
        endpoint.host().ifPresent(host -> egress.add(rule(host(host), ports(List.of(endpoint.port()), "TCP"))));
        var spec = new LinkedHashMap<String, Object>();
        spec.put("endpointSelector", Map.of("matchLabels", Labels.selector(window)));
        spec.put("egress", egress);
        return new GenericKubernetesResourceBuilder()
                .withApiVersion(API_VERSION)
                .withKind(KIND)
                .withMetadata(OwnedMetadata.of(
                        window, Names.providerEgress(window.getMetadata().getName())))
                .addToAdditionalProperties("spec", spec)
                .build();
    }

    private static Map<String, Object> rule(Map<String, Object> to, Map<String, Object> ports) {
        var rule = new LinkedHashMap<>(to);
        rule.put("toPorts", List.of(ports));
        return rule;
    }

    private static Map<String, Object> ports(List<Integer> ports, String protocol) {
        var to = new LinkedHashMap<String, Object>();
        to.put(
                "ports",
                ports.stream()
                        .map(port -> new TreeMap<>(Map.of("port", Integer.toString(port), "protocol", protocol)))
                        .toList());
        return to;
    }

    private static Map<String, Object> host(String host) {
        if (IPV4.matcher(host).matches()) {
            return Map.of("toCIDR", List.of(host + "/32"));
        }
        if (host.contains(":")) {
            return Map.of("toCIDR", List.of(host + "/128"));
        }
        return Map.of("toFQDNs", List.of(Map.of("matchName", Endpoint.plain(host))));
    }

    private static Map<String, Object> resolver(TestWindow window, NetworkPolicyPeer peer) {
        if (peer.getIpBlock() != null) {
            return Map.of("toCIDR", List.of(peer.getIpBlock().getCidr()));
        }
        var selector = new LinkedHashMap<String, Object>();
        var labels = new TreeMap<String, String>();
        var expressions = new ArrayList<Map<String, Object>>();
        LabelSelector namespaces = peer.getNamespaceSelector();
        if (namespaces == null) {
            labels.put(NAMESPACE, window.getMetadata().getNamespace());
        } else {
            // A selector without the namespace's label would mean the policy's own namespace.
            expressions.add(expression(NAMESPACE, "Exists", List.of()));
            add(namespaces, true, labels, expressions);
        }
        if (peer.getPodSelector() != null) {
            add(peer.getPodSelector(), false, labels, expressions);
        }
        if (!labels.isEmpty()) {
            selector.put("matchLabels", labels);
        }
        if (!expressions.isEmpty()) {
            selector.put("matchExpressions", expressions);
        }
        return Map.of("toEndpoints", List.of(selector));
    }

    private static void add(
            LabelSelector selector,
            boolean ofNamespaces,
            Map<String, String> labels,
            List<Map<String, Object>> expressions) {
        if (selector.getMatchLabels() != null) {
            selector.getMatchLabels().forEach((key, value) -> labels.put(key(key, ofNamespaces), value));
        }
        for (LabelSelectorRequirement wanted : selector.getMatchExpressions()) {
            expressions.add(expression(key(wanted.getKey(), ofNamespaces), wanted.getOperator(), wanted.getValues()));
        }
    }

    private static String key(String key, boolean ofNamespaces) {
        if (!ofNamespaces) {
            return "k8s:" + key;
        }
        return key.equals(NAMESPACE_NAME) ? NAMESPACE : NAMESPACE_LABEL + key;
    }

    private static Map<String, Object> expression(String key, String operator, List<String> values) {
        var expression = new LinkedHashMap<String, Object>();
        expression.put("key", key);
        expression.put("operator", operator);
        if (!values.isEmpty()) {
            expression.put("values", values);
        }
        return expression;
    }
}
