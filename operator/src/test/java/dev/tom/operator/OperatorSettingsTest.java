package dev.tom.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tom.operator.OperatorSettings.BadSettingException;
import dev.tom.operator.desired.DnsPeers;
import dev.tom.operator.desired.OperatorDefaults;
import dev.tom.operator.window.GuardRails;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OperatorSettingsTest {

    private static final Map<String, String> IMAGE = Map.of("TOM_BRIDGE_IMAGE", "tom:1");

    @Test
    void defaults() {
        assertThat(OperatorSettings.from(IMAGE))
                .isEqualTo(new OperatorSettings(
                        Set.of(),
                        8080,
                        new OperatorDefaults(
                                "tom:1",
                                Map.of("app.kubernetes.io/name", "tom-operator"),
                                Map.of("app.kubernetes.io/name", "prometheus"),
                                Optional.empty(),
                                DnsPeers.USUAL),
                        GuardRails.NONE,
                        Optional.empty(),
                        "tom-operator"));
    }

    @Test
    void everythingSaid() {
        assertThat(OperatorSettings.from(Map.ofEntries(
                        Map.entry("TOM_BRIDGE_IMAGE", "tom:1"),
                        Map.entry("TOM_NAMESPACES", "voice, test,"),
                        Map.entry("TOM_MAX_DURATION_SECONDS", "7200"),
                        Map.entry("TOM_ALLOWED_PROVIDER_HOSTS", "API.openai.com, *.openai.azure.com,2001:db8::1"),
                        Map.entry("TOM_HTTP_PORT", "9090"),
                        Map.entry("TOM_LEADER_ELECTION", "true"),
                        Map.entry("TOM_LEADER_ELECTION_NAMESPACE", "tom-system"),
                        Map.entry("TOM_POD_NAME", "tom-operator-0"),
                        Map.entry("TOM_OPERATOR_SELECTOR", "app=tom,instance=eins"),
                        Map.entry("TOM_PROMETHEUS_SELECTOR", "app=prom"),
                        Map.entry("TOM_GATEWAY_IMAGE", "squid:6"),
                        Map.entry("HOSTNAME", "ignored"),
                        Map.entry("PATH", "ignored"))))
                .isEqualTo(new OperatorSettings(
                        Set.of("voice", "test"),
                        9090,
                        new OperatorDefaults(
                                "tom:1",
                                Map.of("app", "tom", "instance", "eins"),
                                Map.of("app", "prom"),
                                Optional.of("squid:6"),
                                DnsPeers.USUAL),
                        new GuardRails(
                                Optional.of(Duration.ofHours(2)),
                                List.of("*.openai.azure.com", "2001:db8::1", "api.openai.com")),
                        Optional.of("tom-system"),
                        "tom-operator-0"));
    }

    @Test
    void resolversOfAnOpenShiftCluster() {
        OperatorSettings settings = OperatorSettings.from(
                Map.of(
                        "TOM_BRIDGE_IMAGE",
                        "tom:1",
                        "TOM_DNS_PORTS",
                        "5353",
                        "TOM_DNS_PEERS",
                        "[{\"namespaceSelector\":{\"matchLabels\":{\"kubernetes.io/metadata.name\":\"openshift-dns\"}},"
                                + "\"podSelector\":{\"matchLabels\":{\"dns.operator.openshift.io/daemonset-dns\":\"default\"}}}]"));

        DnsPeers dns = settings.defaults().dns();
        assertThat(dns.ports()).containsExactly(5353);
        assertThat(dns.peers()).singleElement().satisfies(peer -> {
            assertThat(peer.getNamespaceSelector().getMatchLabels())
                    .containsExactly(Map.entry("kubernetes.io/metadata.name", "openshift-dns"));
            assertThat(peer.getPodSelector().getMatchLabels())
                    .containsExactly(Map.entry("dns.operator.openshift.io/daemonset-dns", "default"));
        });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "TOM_NAMESPACE          | voice   | TOM_NAMESPACE is unknown: remove it, or use one of TOM_ALLOWED_PROVIDER_HOSTS,",
                "TOM_HTTP_PORT          | http    | TOM_HTTP_PORT is \"http\": set it to a port from 0 to 65535",
                "TOM_HTTP_PORT          | 65536   | TOM_HTTP_PORT is \"65536\": set it to a port from 0 to 65535",
                "TOM_LEADER_ELECTION    | yes     | TOM_LEADER_ELECTION is \"yes\": set it to true or false",
                "TOM_LEADER_ELECTION    | true    | TOM_LEADER_ELECTION_NAMESPACE is missing: with leader election, name",
                "TOM_OPERATOR_SELECTOR  | tom     | TOM_OPERATOR_SELECTOR is \"tom\": write labels as key=value,key=value",
                "TOM_DNS_PORTS          | 53,dns  | TOM_DNS_PORTS is \"53,dns\": write ports from 1 to 65535 as 53 or 53,5353",
                "TOM_DNS_PEERS          | kube-dns | TOM_DNS_PEERS is \"kube-dns\": write a list of peers as in a NetworkPolicy, such as",
                "TOM_DNS_PEERS          | [] | TOM_DNS_PEERS is \"[]\": write a list of peers",
                "TOM_DNS_PEERS          | [{}] | TOM_DNS_PEERS is \"[{}]\": write a list of peers",
                "TOM_DNS_PEERS          | [{\"ipBlock\":{\"cidr\":\"10.0.0.10\"}}] | TOM_DNS_PEERS is \"[{\"ipBlock\":{\"cidr\":\"10.0.0.10\"}}]\": write a list of peers",
                "TOM_DNS_PEERS          | [{\"pods\":{}}] | TOM_DNS_PEERS is \"[{\"pods\":{}}]\": write a list of peers",
                "TOM_MAX_DURATION_SECONDS   | 59    | TOM_MAX_DURATION_SECONDS is \"59\": set it to seconds from 60 to 86400, or remove it",
                "TOM_MAX_DURATION_SECONDS   | 2h    | TOM_MAX_DURATION_SECONDS is \"2h\": set it to seconds from 60 to 86400, or remove it",
                "TOM_ALLOWED_PROVIDER_HOSTS | *     | TOM_ALLOWED_PROVIDER_HOSTS names \"*\": write hosts such as api.openai.com,",
                "TOM_ALLOWED_PROVIDER_HOSTS | https://api.openai.com | TOM_ALLOWED_PROVIDER_HOSTS names \"https://api.openai.com\": write",
                "TOM_BRIDGE_IMAGE       | ' '     | TOM_BRIDGE_IMAGE is missing: name the image of bridge and speech worker",
            })
    void badSettingsGetOneSentence(String name, String value, String sentence) {
        var env = new HashMap<>(IMAGE);
        env.put(name, value);
        assertThatThrownBy(() -> OperatorSettings.from(env))
                .isInstanceOf(BadSettingException.class)
                .hasMessageStartingWith(sentence);
    }
}
