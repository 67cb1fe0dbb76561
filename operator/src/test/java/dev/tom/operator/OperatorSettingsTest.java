package dev.tom.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tom.operator.OperatorSettings.BadSettingException;
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
                                Map.of("app.kubernetes.io/name", "prometheus")),
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
                        "HOSTNAME", "ignored",
                        "PATH", "ignored")))
                .isEqualTo(new OperatorSettings(
                        Set.of("voice", "test"),
                        9090,
                        new OperatorDefaults("tom:1", Map.of("app", "tom", "instance", "eins"), Map.of("app", "prom")),
                        Optional.of("tom-system"),
                        "tom-operator-0"));
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
