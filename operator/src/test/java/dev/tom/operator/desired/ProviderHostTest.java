package dev.tom.operator.desired;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tom.crds.v1alpha1.Egress;
import dev.tom.crds.v1alpha1.Provider;
import dev.tom.crds.v1alpha1.SecretKeyRef;
import dev.tom.crds.v1alpha1.TestWindow;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.LabelSelectorBuilder;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPeerBuilder;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a gateway and Cilium are told about the many ways to write a host. */
class ProviderHostTest {

    private static final Pattern LET_THROUGH =
            Pattern.compile("acl provider_host dstdomain -n (\\S+)\nacl provider_port port ([0-9]+)\n");

    @ParameterizedTest
    @CsvSource({
        "wss://api.openai.com/v1/realtime,           api.openai.com, 443",
        "wss://api.openai.com./v1/realtime,          api.openai.com, 443",
        "wss://eu.api.openai.com:8443/v1,            eu.api.openai.com, 8443",
        "wss://203.0.113.7/v1,                       203.0.113.7, 443",
        "wss://[2001:db8::7]:444/v1,                 [2001:db8::7], 444",
        "'wss://a b/v1',                             nowhere.invalid, 443",
        "'wss://api.openai.com\nhttp_access allow all', nowhere.invalid, 443",
    })
    void aGatewayLetsOneHostThrough(String url, String host, int port) {
        Matcher told = LET_THROUGH.matcher(GatewayConfig.text(provider(url)));
        assertThat(told.find()).isTrue();
        assertThat(told.group(1)).isEqualTo(host);
        assertThat(told.group(2)).isEqualTo(Integer.toString(port));
        assertThat(GatewayConfig.text(provider(url)).lines().filter(line -> line.startsWith("http_access")))
                .containsExactly("http_access allow tunnel provider_host provider_port", "http_access deny all");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "wss://api.openai.com./v1    | {\"toFQDNs\":[{\"matchName\":\"api.openai.com\"}],\"toPorts\":[{\"ports\":[{\"port\":\"443\",\"protocol\":\"TCP\"}]}]}",
                "wss://203.0.113.7:8443/v1   | {\"toCIDR\":[\"203.0.113.7/32\"],\"toPorts\":[{\"ports\":[{\"port\":\"8443\",\"protocol\":\"TCP\"}]}]}",
                "wss://[2001:db8::7]/v1      | {\"toCIDR\":[\"2001:db8::7/128\"],\"toPorts\":[{\"ports\":[{\"port\":\"443\",\"protocol\":\"TCP\"}]}]}",
            })
    void ciliumOpensOneHost(String url, String rule) {
        assertThat(rules(url, DnsPeers.USUAL).getLast()).isEqualTo(rule);
        assertThat(rules(url, DnsPeers.USUAL)).hasSize(4);
    }

    @Test
    void aHostThatIsNotUnderstoodOpensNothing() {
        assertThat(rules("wss://a b/", DnsPeers.USUAL)).hasSize(3).noneMatch(rule -> rule.contains("toFQDNs"));
    }

    @Test
    void ciliumFindsTheResolversOfOpenShift() {
        var peer = new NetworkPolicyPeerBuilder()
                .withNamespaceSelector(new LabelSelectorBuilder()
                        .addToMatchLabels("kubernetes.io/metadata.name", "openshift-dns")
                        .build())
                .withPodSelector(new LabelSelectorBuilder()
                        .addToMatchLabels("dns.operator.openshift.io/daemonset-dns", "default")
                        .build())
                .build();
        assertThat(rules("wss://api.openai.com/", new DnsPeers(List.of(peer), List.of(5353)))
                        .getFirst())
                .contains("\"k8s:io.kubernetes.pod.namespace\":\"openshift-dns\"")
                .contains("\"k8s:dns.operator.openshift.io/daemonset-dns\":\"default\"")
                .contains("\"port\":\"5353\"")
                .contains("\"dns\":[{\"matchPattern\":\"*\"}]");
    }

    @Test
    void aPeerWithoutANamespaceIsOfTheWindowsOwn() {
        var peer = new NetworkPolicyPeerBuilder()
                .withPodSelector(new LabelSelectorBuilder()
                        .addNewMatchExpression()
                        .withKey("app")
                        .withOperator("In")
                        .withValues("dns", "resolver")
                        .endMatchExpression()
                        .build())
                .build();
        assertThat(rules("wss://api.openai.com/", new DnsPeers(List.of(peer), List.of(53)))
                        .getFirst())
                .contains("\"k8s:io.kubernetes.pod.namespace\":\"voice\"")
                .contains("{\"key\":\"k8s:app\",\"operator\":\"In\",\"values\":[\"dns\",\"resolver\"]}");
    }

    private static List<String> rules(String url, DnsPeers dns) {
        var window = new TestWindow();
        window.setMetadata(new ObjectMetaBuilder()
                .withName("pilot")
                .withNamespace("voice")
                .withUid("1")
                .build());
        GenericKubernetesResource policy = CiliumEgressPolicy.of(window, provider(url), dns);
        Map<?, ?> spec = Objects.requireNonNull(
                (Map<?, ?>) policy.getAdditionalProperties().get("spec"));
        var json = new KubernetesSerialization();
        return Objects.requireNonNull((List<?>) spec.get("egress")).stream()
                .map(json::asJson)
                .toList();
    }

    private static Provider provider(String url) {
        return new Provider(url, "m", null, null, new SecretKeyRef("s", "k"), Egress.DEFAULT);
    }
}
