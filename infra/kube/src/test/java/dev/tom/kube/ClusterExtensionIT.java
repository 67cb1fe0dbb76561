package dev.tom.kube;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBindingBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(ClusterExtension.class)
class ClusterExtensionIT {

    private final TestCluster cluster;
    private final KubernetesClient client;

    ClusterExtensionIT(TestCluster cluster, KubernetesClient client) {
        this.cluster = cluster;
        this.client = client;
    }

    @Test
    void deletingANamespaceRemovesWhatIsInItAndThenTheNamespace() {
        String namespace = cluster.newNamespace("going");
        client.resource(new ConfigMapBuilder()
                        .withNewMetadata()
                        .withName("inside")
                        .withNamespace(namespace)
                        .endMetadata()
                        .build())
                .create();

        client.namespaces().withName(namespace).delete();

        await().atMost(Duration.ofSeconds(60))
                .until(() -> client.namespaces().withName(namespace).get() == null);
        assertThat(client.configMaps().inNamespace(namespace).list().getItems()).isEmpty();
    }

    @Test
    void aDeploymentGetsPodsWhichGoWithIt() {
        String namespace = cluster.newNamespace("workload");
        client.resource(new DeploymentBuilder()
                        .withNewMetadata()
                        .withName("web")
                        .withNamespace(namespace)
                        .endMetadata()
                        .withNewSpec()
                        .withReplicas(2)
                        .withNewSelector()
                        .addToMatchLabels("app", "web")
                        .endSelector()
                        .withNewTemplate()
                        .withNewMetadata()
                        .addToLabels("app", "web")
                        .endMetadata()
                        .withNewSpec()
                        .addNewContainer()
                        .withName("web")
                        .withImage("registry.invalid/web:1")
                        .endContainer()
                        .endSpec()
                        .endTemplate()
                        .endSpec()
                        .build())
                .create();
        await().atMost(Duration.ofSeconds(60)).until(() -> pods(namespace).size() == 2);

        client.apps().deployments().inNamespace(namespace).withName("web").delete();

        await().atMost(Duration.ofSeconds(60)).until(() -> pods(namespace).isEmpty());
    }

    private List<Pod> pods(String namespace) {
        return client.pods().inNamespace(namespace).list().getItems();
    }

    @Test
    void aServiceAccountMayDoWhatItsRoleSaysAndNothingElse() {
        String namespace = cluster.newNamespace("rights");
        client.resource(new ServiceAccountBuilder()
                        .withNewMetadata()
                        .withName("reader")
                        .withNamespace(namespace)
                        .endMetadata()
                        .build())
                .create();
        client.resource(new RoleBuilder()
                        .withNewMetadata()
                        .withName("reader")
                        .withNamespace(namespace)
                        .endMetadata()
                        .addNewRule()
                        .withApiGroups("")
                        .withResources("configmaps")
                        .withVerbs("list")
                        .endRule()
                        .build())
                .create();
        client.resource(new RoleBindingBuilder()
                        .withNewMetadata()
                        .withName("reader")
                        .withNamespace(namespace)
                        .endMetadata()
                        .withNewRoleRef("rbac.authorization.k8s.io", "Role", "reader")
                        .addNewSubject()
                        .withKind("ServiceAccount")
                        .withName("reader")
                        .withNamespace(namespace)
                        .endSubject()
                        .build())
                .create();

        try (KubernetesClient reader = cluster.clientAs(namespace, "reader")) {
            // The authorizer learns of a new binding by a watch, a moment later.
            await().atMost(Duration.ofSeconds(60))
                    .ignoreException(KubernetesClientException.class)
                    .until(() -> reader.configMaps().inNamespace(namespace).list() != null);
            assertThatThrownBy(() -> reader.secrets().inNamespace(namespace).list())
                    .isInstanceOfSatisfying(
                            KubernetesClientException.class,
                            refused -> assertThat(refused.getCode()).isEqualTo(403));
            assertThatThrownBy(() -> reader.configMaps().inNamespace("default").list())
                    .isInstanceOfSatisfying(
                            KubernetesClientException.class,
                            refused -> assertThat(refused.getCode()).isEqualTo(403));
        }
    }

    @Test
    void allTestClassesShareOneCluster(TestCluster other) {
        assertThat(other).isSameAs(cluster);
        assertThat(cluster.description()).isNotBlank();
    }
}
