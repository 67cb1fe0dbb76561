package dev.tom.operator.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.marcnuri.helm.Release;
import dev.tom.kube.ClusterExtension;
import dev.tom.kube.OwnCluster;
import dev.tom.kube.TestCluster;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicySpec;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.fabric8.openshift.api.model.monitoring.v1.PrometheusRule;
import io.fabric8.openshift.api.model.monitoring.v1.Rule;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** The chart's life on a real API server. It owns CRDs, of which a cluster has one, so it has a cluster of its own. */
@ExtendWith(ClusterExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ChartInstallIT {

    private static final String CRD = "testwindows.tom.dev";

    private final TestCluster cluster;
    private final KubernetesClient client;

    ChartInstallIT(@OwnCluster TestCluster cluster) {
        this.cluster = cluster;
        client = cluster.client();
    }

    @Test
    void installsUpgradesUninstallsAndInstallsAgain() {
        String namespace = restrictedNamespace();
        var release = new ChartRelease(cluster, namespace);

        Release installed = release.install(Map.of());

        assertThat(installed.getStatus()).isEqualTo("deployed");
        assertThat(installed.getOutput()).contains("serves TestWindows in all namespaces");
        await().atMost(Duration.ofSeconds(60)).until(this::crdEstablished);
        GenericKubernetesResource window = client.resource(window(namespace)).create();
        // The namespace enforces the restricted Pod Security Standard: a Pod object is the proof that the operator's
        // Pod meets it.
        await().atMost(Duration.ofSeconds(60))
                .until(() -> client.pods()
                                .inNamespace(namespace)
                                .withLabel("app.kubernetes.io/name", "tom-operator")
                                .list()
                                .getItems()
                                .size()
                        == 1);

        Map<String, Object> two =
                Map.of("replicas", 2, "networkPolicy.enabled", true, "networkPolicy.apiServerCidrs[0]", "10.0.0.1/32");
        assertThat(release.upgrade(two).getRevision()).isEqualTo("2");
        Deployment upgraded = client.apps()
                .deployments()
                .inNamespace(namespace)
                .withName("tom")
                .require();
        assertThat(upgraded.getSpec().getReplicas()).isEqualTo(2);
        assertThat(upgraded.getSpec()
                        .getTemplate()
                        .getSpec()
                        .getContainers()
                        .getFirst()
                        .getEnv())
                .contains(new EnvVar("TOM_LEADER_ELECTION", "true", null));
        var selector = upgraded.getSpec().getSelector();
        assertThat(client.policy()
                        .v1()
                        .podDisruptionBudget()
                        .inNamespace(namespace)
                        .withName("tom")
                        .require()
                        .getSpec()
                        .getSelector())
                .isEqualTo(selector);
        NetworkPolicySpec own = client.network()
                .v1()
                .networkPolicies()
                .inNamespace(namespace)
                .withName("tom")
                .require()
                .getSpec();
        assertThat(own.getPodSelector()).isEqualTo(selector);
        assertThat(own.getEgress().getFirst().getTo())
                .extracting(peer -> peer.getIpBlock().getCidr())
                .containsExactly("10.0.0.1/32");

        release.uninstall();
        assertThat(client.apps()
                        .deployments()
                        .inNamespace(namespace)
                        .withName("tom")
                        .get())
                .isNull();
        assertThat(client.rbac().clusterRoles().withName(namespace + "-tom").get())
                .isNull();
        assertThat(client.resource(window).get().getMetadata().getUid())
                .as("a TestWindow outlives the release, because its CRD does")
                .isEqualTo(window.getMetadata().getUid());

        assertThat(release.install(Map.of()).getStatus()).isEqualTo("deployed");
        assertThat(client.resource(window).get().getMetadata().getUid())
                .isEqualTo(window.getMetadata().getUid());
        release.uninstall();
    }

    @Test
    void alertRulesComeWithThePrometheusApiAndNotWithoutIt() {
        String namespace = restrictedNamespace();
        var release = new ChartRelease(cluster, namespace);
        Map<String, Object> values = Map.of(
                "crds.install",
                false,
                "monitoring.prometheusRule.costBudgetEurPerHour",
                5,
                "watchNamespaces[0]",
                namespace);
        List<HasMetadata> api = client.load(ChartInstallIT.class.getResourceAsStream("monitoring-crds.yaml"))
                .items();
        assertThat(client.apiextensions()
                        .v1()
                        .customResourceDefinitions()
                        .list()
                        .getItems())
                .noneMatch(crd -> crd.getSpec().getGroup().equals("monitoring.coreos.com"));

        Release without = release.install(values);
        assertThat(without.getOutput())
                .contains("WARNING: no alert rules were installed")
                .contains("does not serve monitoring.coreos.com/v1 PrometheusRule");

        try {
            api.forEach(crd -> client.resource(crd).create());
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> served("podmonitors", "servicemonitors", "prometheusrules"));

            Release with = release.upgrade(values);

            assertThat(with.getOutput()).doesNotContain("WARNING");
            List<Rule> rules = rules(namespace);
            assertThat(rules)
                    .filteredOn(rule -> "ProviderWithoutEgress".equals(rule.getAlert()))
                    .singleElement()
                    .satisfies(hard -> assertThat(hard.getLabels()).containsEntry("severity", "critical"));
            assertThat(rules)
                    .filteredOn(rule -> "tom:cost_budget_eur_per_hour".equals(rule.getRecord()))
                    .singleElement()
                    .satisfies(
                            budget -> assertThat(budget.getExpr().getStrVal()).isEqualTo("vector(5)"));
            assertThat(generic("PodMonitor", namespace, "tom-bridges").getMetadata())
                    .isNotNull();
            assertThat(generic("ServiceMonitor", namespace, "tom").getMetadata())
                    .isNotNull();

            release.upgrade(Map.of(
                    "crds.install",
                    false,
                    "monitoring.prometheusRule.enabled",
                    false,
                    "watchNamespaces[0]",
                    namespace));
            assertThat(client.resources(PrometheusRule.class)
                            .inNamespace(namespace)
                            .list()
                            .getItems())
                    .isEmpty();
        } finally {
            release.uninstall();
            api.forEach(crd -> client.resource(crd).delete());
        }
    }

    @Test
    void aNamespaceThatDoesNotExistIsNamedInTheFailure() {
        var release = new ChartRelease(cluster, restrictedNamespace());
        assertThatThrownBy(() -> release.install(Map.of("crds.install", false, "watchNamespaces[0]", "not-there")))
                .hasMessageContaining("not-there")
                .hasMessageContaining("not found");
    }

    private String restrictedNamespace() {
        String name = cluster.newNamespace("chart");
        client.namespaces().withName(name).edit(namespace -> {
            namespace.getMetadata().getLabels().put("pod-security.kubernetes.io/enforce", "restricted");
            return namespace;
        });
        return name;
    }

    private boolean crdEstablished() {
        CustomResourceDefinition crd = client.apiextensions()
                .v1()
                .customResourceDefinitions()
                .withName(CRD)
                .get();
        return crd != null
                && crd.getStatus() != null
                && crd.getStatus().getConditions().stream()
                        .anyMatch(condition -> condition.getType().equals("Established")
                                && condition.getStatus().equals("True"));
    }

    private boolean served(String... plurals) {
        try {
            var resources = client.getApiResources("monitoring.coreos.com/v1");
            return resources != null
                    && resources.getResources().stream()
                            .map(resource -> resource.getName())
                            .toList()
                            .containsAll(List.of(plurals));
        } catch (KubernetesClientException e) {
            return false;
        }
    }

    private List<Rule> rules(String namespace) {
        return client
                .resources(PrometheusRule.class)
                .inNamespace(namespace)
                .withName("tom")
                .require()
                .getSpec()
                .getGroups()
                .stream()
                .flatMap(group -> group.getRules().stream())
                .toList();
    }

    private GenericKubernetesResource generic(String kind, String namespace, String name) {
        return client.genericKubernetesResources("monitoring.coreos.com/v1", kind)
                .inNamespace(namespace)
                .withName(name)
                .require();
    }

    private static GenericKubernetesResource window(String namespace) {
        GenericKubernetesResource window = Serialization.unmarshal(
                Checkout.read("crds/src/test/resources/corpus/valid-smallest-provider-window.yaml"),
                GenericKubernetesResource.class);
        window.getMetadata().setNamespace(namespace);
        return window;
    }
}
