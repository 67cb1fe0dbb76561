package dev.tom.operator.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tom.kube.ClusterExtension;
import dev.tom.kube.TestCluster;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReview;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReviewBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBindingBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What the API server lets the operator's ServiceAccount do: exactly the list below, asked with its own token. */
@ExtendWith(ClusterExtension.class)
class OperatorRightsIT {

    private static final List<String> VERBS =
            List.of("get", "list", "watch", "create", "update", "patch", "delete", "deletecollection");

    /** Verbs in a served namespace by group/resource; a resource with no verbs must be closed. */
    private static final Map<String, String> RIGHTS = Map.ofEntries(
            Map.entry("tom.dev/testwindows", "get list watch patch"),
            Map.entry("tom.dev/testwindows/status", "patch"),
            Map.entry("tom.dev/testwindows/finalizers", "update"),
            Map.entry("/configmaps", "list watch create patch update delete"),
            Map.entry("/services", "list watch create patch delete"),
            Map.entry("/serviceaccounts", "list watch create patch"),
            Map.entry("/serviceaccounts/token", ""),
            Map.entry("/pods", "get list watch patch delete"),
            Map.entry("/pods/exec", ""),
            Map.entry("/pods/ephemeralcontainers", ""),
            Map.entry("/pods/log", ""),
            Map.entry("/secrets", "get"),
            Map.entry("/events", ""),
            Map.entry("/persistentvolumeclaims", ""),
            Map.entry("apps/deployments", "get list watch create patch delete"),
            Map.entry("policy/poddisruptionbudgets", "list watch create patch"),
            Map.entry("apps/daemonsets", ""),
            Map.entry("batch/jobs", ""),
            Map.entry(
                    "networking.k8s.io/networkpolicies", "get list watch create patch update delete deletecollection"),
            Map.entry("cilium.io/ciliumnetworkpolicies", "get list watch create patch update delete deletecollection"),
            Map.entry("cilium.io/ciliumclusterwidenetworkpolicies", ""),
            Map.entry("networking.k8s.io/ingresses", ""),
            Map.entry("events.k8s.io/events", "create get patch"),
            Map.entry("coordination.k8s.io/leases", ""),
            Map.entry("rbac.authorization.k8s.io/roles", ""),
            Map.entry("rbac.authorization.k8s.io/rolebindings", ""));

    private static final List<String> CLUSTER_SCOPED = List.of(
            "/nodes",
            "/namespaces",
            "apiextensions.k8s.io/customresourcedefinitions",
            "rbac.authorization.k8s.io/clusterroles",
            "rbac.authorization.k8s.io/clusterrolebindings");

    private final TestCluster cluster;

    OperatorRightsIT(TestCluster cluster) {
        this.cluster = cluster;
    }

    @Test
    void inNamedNamespacesExactlyTheListAndElsewhereNothing() {
        String home = cluster.newNamespace("tom-home");
        String served = cluster.newNamespace("served");
        String other = cluster.newNamespace("other");
        var release = new ChartRelease(cluster, home);
        release.install(Map.of("crds.install", false, "watchNamespaces[0]", served));

        try (KubernetesClient operator = cluster.clientAs(home, "tom")) {
            awaitBindings(operator, served);
            assertThat(rights(operator, served)).isEqualTo(expected());
            assertThat(rights(operator, other)).isEmpty();
            assertThat(rights(operator, home))
                    .containsExactlyInAnyOrder(
                            "coordination.k8s.io/leases get",
                            "coordination.k8s.io/leases create",
                            "coordination.k8s.io/leases update",
                            "coordination.k8s.io/leases patch");
            assertThat(allowed(operator, "", CLUSTER_SCOPED)).isEmpty();
            assertThat(allowed(operator, "", List.of("tom.dev/testwindows", "/secrets", "/pods")))
                    .as("across all namespaces")
                    .isEmpty();
        } finally {
            release.uninstall();
        }
    }

    @Test
    void withoutNamedNamespacesTheSameListEverywhereAndNothingClusterScoped() {
        String home = cluster.newNamespace("tom-home");
        String any = cluster.newNamespace("any");
        var release = new ChartRelease(cluster, home);
        release.install(Map.of("crds.install", false));

        try (KubernetesClient operator = cluster.clientAs(home, "tom")) {
            awaitBindings(operator, any);
            assertThat(rights(operator, any)).isEqualTo(expected());
            assertThat(allowed(operator, "", List.of("tom.dev/testwindows")))
                    .contains("tom.dev/testwindows list", "tom.dev/testwindows watch");
            assertThat(allowed(operator, "", List.of("/secrets"))).containsExactly("/secrets get");
            assertThat(allowed(operator, "", CLUSTER_SCOPED)).isEmpty();
        } finally {
            release.uninstall();
        }
    }

    @Test
    void peopleWithTheRoleEditMayDeclareWindowsAndWithViewOnlyRead() {
        String home = cluster.newNamespace("tom-home");
        var release = new ChartRelease(cluster, home);
        release.install(Map.of("crds.install", false));

        try (KubernetesClient editor = person(home, "edit");
                KubernetesClient viewer = person(home, "view")) {
            // The controller manager merges aggregated roles after the install.
            await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
                assertThat(allowed(editor, home, List.of("tom.dev/testwindows")))
                        .hasSize(VERBS.size());
                assertThat(allowed(viewer, home, List.of("tom.dev/testwindows")))
                        .containsExactlyInAnyOrder(
                                "tom.dev/testwindows get", "tom.dev/testwindows list", "tom.dev/testwindows watch");
            });
            assertThat(allowed(editor, home, List.of("tom.dev/testwindows/status")))
                    .doesNotContain("tom.dev/testwindows/status patch", "tom.dev/testwindows/status update");
        } finally {
            release.uninstall();
        }
    }

    /** The authorizer learns of new bindings by a watch, a moment later. */
    private static void awaitBindings(KubernetesClient operator, String namespace) {
        await().atMost(Duration.ofSeconds(60)).until(() -> allowed(operator, namespace, "tom.dev/testwindows", "list"));
    }

    private KubernetesClient person(String namespace, String role) {
        KubernetesClient admin = cluster.client();
        admin.resource(new ServiceAccountBuilder()
                        .withNewMetadata()
                        .withName(role)
                        .withNamespace(namespace)
                        .endMetadata()
                        .build())
                .create();
        admin.resource(new RoleBindingBuilder()
                        .withNewMetadata()
                        .withName(role)
                        .withNamespace(namespace)
                        .endMetadata()
                        .withNewRoleRef("rbac.authorization.k8s.io", "ClusterRole", role)
                        .addNewSubject()
                        .withKind("ServiceAccount")
                        .withName(role)
                        .withNamespace(namespace)
                        .endSubject()
                        .build())
                .create();
        return cluster.clientAs(namespace, role);
    }

    private static Set<String> expected() {
        var expected = new TreeSet<String>();
        RIGHTS.forEach((resource, verbs) -> {
            for (String verb : verbs.isEmpty() ? new String[0] : verbs.split(" ")) {
                expected.add(resource + " " + verb);
            }
        });
        return expected;
    }

    private static Set<String> rights(KubernetesClient client, String namespace) {
        return allowed(client, namespace, RIGHTS.keySet());
    }

    /** The allowed pairs of "group/resource verb" in a namespace; an empty namespace means all of them, or cluster scope. */
    private static Set<String> allowed(KubernetesClient client, String namespace, Iterable<String> resources) {
        var allowed = new TreeSet<String>();
        for (String resource : resources) {
            for (String verb : VERBS) {
                if (allowed(client, namespace, resource, verb)) {
                    allowed.add(resource + " " + verb);
                }
            }
        }
        return allowed;
    }

    private static boolean allowed(KubernetesClient client, String namespace, String resource, String verb) {
        String[] parts = resource.split("/", 3);
        SelfSubjectAccessReview review = new SelfSubjectAccessReviewBuilder()
                .withNewSpec()
                .withNewResourceAttributes()
                .withGroup(parts[0])
                .withResource(parts[1])
                .withSubresource(parts.length > 2 ? parts[2] : "")
                .withNamespace(namespace)
                .withVerb(verb)
                .endResourceAttributes()
                .endSpec()
                .build();
        return client.authorization()
                .v1()
                .selfSubjectAccessReview()
                .create(review)
                .getStatus()
                .getAllowed();
    }
}
