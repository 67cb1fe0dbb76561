package dev.tom.operator.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.marcnuri.helm.Helm;
import com.marcnuri.helm.LintResult;
import dev.tom.operator.OperatorSettings;
import dev.tom.operator.desired.DnsPeers;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What the real Helm library makes of the chart. {@code -Dchart.update=true} writes the expected files anew; read their diff before
 * committing it.
 */
class ChartTemplateIT {

    private static final Path CASES = Checkout.ROOT.resolve("operator/src/test/resources/dev/tom/operator/chart/cases");

    /** What the kubelet fills in. */
    private static final Map<String, String> PROJECTED =
            Map.of("metadata.namespace", "tom-system", "metadata.name", "tom-0");

    @TempDir
    Path folder;

    @Test
    void theLinterHasNothingToSay() {
        LintResult result = new Helm(Checkout.CHART).lint().strict().call();
        assertThat(result.isFailed()).as("%s", result.getMessages()).isFalse();
        assertThat(result.getMessages())
                .noneMatch(message -> message.contains("[WARNING]") || message.contains("[ERROR]"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"default", "namespaced", "monitored"})
    void rendersAsExpected(String name) throws IOException {
        String rendered = withoutCrd(render(CASES.resolve(name).resolve("values.yaml")));
        Path expected = CASES.resolve(name).resolve("expected.yaml");
        if (Boolean.getBoolean("chart.update")) {
            Files.writeString(expected, rendered);
        }
        assertThat(rendered).isEqualTo(Checkout.read(expected));
    }

    @Test
    void theCrdIsTheGeneratedOneAndIsKept() {
        CustomResourceDefinition generated = Serialization.unmarshal(
                Checkout.read("crds/crds/testwindows.tom.dev-v1.yml"), CustomResourceDefinition.class);
        CustomResourceDefinition rendered = Serialization.unmarshal(
                document("default", "\nkind: CustomResourceDefinition\n"), CustomResourceDefinition.class);

        assertThat(rendered.getSpec()).isEqualTo(generated.getSpec());
        assertThat(rendered.getMetadata().getName())
                .isEqualTo(generated.getMetadata().getName());
        assertThat(rendered.getMetadata().getAnnotations()).containsEntry("helm.sh/resource-policy", "keep");
    }

    @ParameterizedTest
    @CsvSource({"default, '', tom-system", "namespaced, 'voice,voice-staging', tom-system", "monitored, voice, ''"})
    void theOperatorUnderstandsItsEnvironment(String name, String namespaces, String leaseNamespace) {
        Deployment deployment = Serialization.unmarshal(document(name, "\nkind: Deployment\n"), Deployment.class);
        var env = new TreeMap<String, String>();
        for (EnvVar variable : deployment
                .getSpec()
                .getTemplate()
                .getSpec()
                .getContainers()
                .getFirst()
                .getEnv()) {
            env.put(
                    variable.getName(),
                    variable.getValueFrom() == null
                            ? variable.getValue()
                            : PROJECTED.get(
                                    variable.getValueFrom().getFieldRef().getFieldPath()));
        }

        OperatorSettings settings = OperatorSettings.from(env);

        assertThat(String.join(",", new TreeSet<>(settings.namespaces()))).isEqualTo(namespaces);
        assertThat(settings.leaseNamespace().orElse("")).isEqualTo(leaseNamespace);
        assertThat(settings.instance()).isEqualTo("tom-0");
        assertThat(settings.defaults().bridgeImage()).contains("tom-bridge:0.1.0");
        assertThat(settings.defaults().gatewayImage().orElse("none"))
                .isEqualTo(name.equals("namespaced") ? "registry.example/squid:6.10" : "none");
        assertThat(settings.defaults().dns())
                .isEqualTo(
                        name.equals("namespaced")
                                ? new DnsPeers(DnsPeers.USUAL.peers(), List.of(53, 5353))
                                : DnsPeers.USUAL);
        assertThat(deployment.getSpec().getTemplate().getMetadata().getLabels())
                .as("the bridges' NetworkPolicies let this Pod in")
                .containsAllEntriesOf(settings.defaults().operatorPods());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "replicas: 0 | replicas",
                "watchNamespaces: [Not_A_Name] | watchNamespaces",
                "watchNamespace: [voice] | watchNamespace",
                "dns: {peers: []} | peers",
                "dns: {ports: [dns]} | ports",
                "gatewayImage: {name: squid} | gatewayImage",
                "extraEnv: [{name: TOM_NAMESPACES, value: x}] | extraEnv",
                "monitoring: {prometheusRule: {costBudgetEurPerHour: 0}} | costBudgetEurPerHour",
                "monitoring: {podMonitor: {interval: often}} | interval",
                "{replicas: 2, leaderElection: {enabled: false}} | two operators would work at once"
            })
    void refusesBadValues(String values, String named) throws IOException {
        Path file = Files.writeString(folder.resolve("values.yaml"), values);
        assertThatThrownBy(() -> render(file)).hasMessageContaining(named);
    }

    private static String render(Path values) {
        return new Helm(Checkout.CHART)
                .template()
                .withName("tom")
                .withNamespace("tom-system")
                .withKubeVersion("1.34.4")
                .withValuesFile(values)
                .call();
    }

    private static String document(String name, String containing) {
        return Arrays.stream(render(CASES.resolve(name).resolve("values.yaml")).split("(?m)^---\n"))
                .filter(document -> document.contains(containing))
                .findFirst()
                .orElseThrow();
    }

    /** The CRD is compared with its source as a whole, so the expected files do not repeat it. */
    private static String withoutCrd(String rendered) {
        return Arrays.stream(rendered.split("(?m)^---\n"))
                .filter(document -> !document.isBlank() && !isCrd(document))
                .map(document -> "---\n" + document.stripTrailing() + "\n")
                .collect(Collectors.joining());
    }

    private static boolean isCrd(String document) {
        return document.contains("\nkind: CustomResourceDefinition\n");
    }
}
