package dev.tom.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tom.operator.OperatorSettings.BadSettingException;
import dev.tom.operator.desired.DnsPeers;
import dev.tom.operator.desired.OperatorDefaults;
import java.util.HashMap;
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
                        Optional.empty(),
                        "tom-operator"));
    }

    @Test
    void everythingSaid() {
        assertThat(OperatorSettings.from(Map.of(
                        "TOM_BRIDGE_IMAGE", "tom:1",
                        "TOM_NAMESPACES", "voice, test,",
                        "TOM_HTTP_PORT", "9090",
                        "TOM_LEADER_ELECTION", "true",
                        "TOM_LEADER_ELECTION_NAMESPACE", "tom-system",
                        "TOM_POD_NAME", "tom-operator-0",
                        "TOM_OPERATOR_SELECTOR", "app=tom,instance=eins",
                        "TOM_PROMETHEUS_SELECTOR", "app=prom",
                        "TOM_GATEWAY_IMAGE", "squid:6",
                        "HOSTNAME", "ignored")))
                .isEqualTo(new OperatorSettings(
                        Set.of("voice", "test"),
                        9090,
                        new OperatorDefaults(
                                "tom:1",
                                Map.of("app", "tom", "instance", "eins"),
                                Map.of("app", "prom"),
                                Optional.of("squid:6"),
                                DnsPeers.USUAL),
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
                "TOM_NAMESPACE          | voice   | TOM_NAMESPACE is unknown: remove it, or use one of TOM_BRIDGE_IMAGE,",
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
