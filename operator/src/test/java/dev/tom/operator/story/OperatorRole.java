package dev.tom.operator.story;

import dev.tom.kube.TestCluster;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.PolicyRuleBuilder;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.api.model.rbac.RoleBindingBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** A ServiceAccount with exactly the rules that the chart gives the operator in a namespace it serves. */
record OperatorRole(TestCluster cluster, String namespace) {

    static final String ACCOUNT = "operator-under-test";

    private static final Path RIGHTS =
            Path.of(System.getProperty("tom.root", ".."), "helm", "tom", "templates", "_rights.tpl");

    void grant() {
        cluster.client()
                .resource(new ServiceAccountBuilder()
                        .withNewMetadata()
                        .withName(ACCOUNT)
                        .withNamespace(namespace)
                        .endMetadata()
                        .build())
                .create();
        bind(ACCOUNT, rules());
    }

    /** The chart's Role for leader election, which the operator has in its own namespace. */
    void grantElection() {
        bind(
                ACCOUNT + "-election",
                List.of(new PolicyRuleBuilder()
                        .withApiGroups("coordination.k8s.io")
                        .withResources("leases")
                        .withVerbs("get", "create", "update", "patch")
                        .build()));
    }

    private void bind(String role, List<PolicyRule> rules) {
        KubernetesClient client = cluster.client();
        client.resource(new RoleBuilder()
                        .withNewMetadata()
                        .withName(role)
                        .withNamespace(namespace)
                        .endMetadata()
                        .withRules(rules)
                        .build())
                .create();
        client.resource(new RoleBindingBuilder()
                        .withNewMetadata()
                        .withName(role)
                        .withNamespace(namespace)
                        .endMetadata()
                        .withNewRoleRef("rbac.authorization.k8s.io", "Role", role)
                        .addNewSubject()
                        .withKind("ServiceAccount")
                        .withName(ACCOUNT)
                        .withNamespace(namespace)
                        .endSubject()
                        .build())
                .create();
    }

    private List<PolicyRule> rules() {
        try (var lines = Files.lines(RIGHTS)) {
            String yaml = lines.filter(line -> !line.startsWith("{{")).collect(Collectors.joining("\n"));
            return cluster.client()
                    .getKubernetesSerialization()
                    .unmarshal("kind: Role\napiVersion: rbac.authorization.k8s.io/v1\nrules:\n" + yaml, Role.class)
                    .getRules();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
