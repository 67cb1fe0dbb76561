package dev.tom.operator.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.marcnuri.helm.Helm;
import dev.tom.kube.ClusterExtension;
import dev.tom.kube.TestCluster;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.PolicyRuleBuilder;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.api.model.rbac.RoleBindingBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Nothing more than needed: for each verb of the operator's Role there is something the operator does that works with the Role and fails
 * without that verb. A verb without such an action has to go.
 */
@ExtendWith(ClusterExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NeededRightsIT {

    /** Needed where other APIs or admission plugins are: Cilium's, and the one that checks owner references. */
    private static final Set<String> ELSEWHERE = Set.of(
            "testwindows/finalizers update",
            "ciliumnetworkpolicies get",
            "ciliumnetworkpolicies list",
            "ciliumnetworkpolicies watch",
            "ciliumnetworkpolicies create",
            "ciliumnetworkpolicies patch",
            "ciliumnetworkpolicies update",
            "ciliumnetworkpolicies delete",
            "ciliumnetworkpolicies deletecollection");

    private final TestCluster cluster;
    private final String namespace;
    private final List<PolicyRule> rules;
    private final OperatorActions actions;
    private final Map<String, KubernetesClient> without = new TreeMap<>();
    private KubernetesClient full;

    NeededRightsIT(TestCluster cluster) {
        this.cluster = cluster;
        namespace = cluster.newNamespace("rights");
        rules = rules();
        actions = new OperatorActions(cluster.client(), namespace);
        full = account("with-all", rules);
    }

    @BeforeAll
    void accounts() {
        int number = 0;
        for (String right : rights()) {
            without.put(right, account("without-" + number++, lacking(right)));
        }
        for (KubernetesClient client : without.values()) {
            actions.awaitRoles(client);
        }
        actions.awaitRoles(full);
    }

    @AfterAll
    void close() {
        without.values().forEach(KubernetesClient::close);
        full.close();
    }

    @Test
    void everyRightHasAnActionAndEveryActionARight() {
        var known = new TreeSet<>(actions.all().keySet());
        known.addAll(ELSEWHERE);
        assertThat(rights()).isEqualTo(known);
    }

    @TestFactory
    List<DynamicTest> eachActionFailsWithoutItsRightOnly() {
        var tests = new ArrayList<DynamicTest>();
        actions.all()
                .forEach((right, action) -> tests.add(DynamicTest.dynamicTest(right, () -> {
                    String[] words = right.split(" ");
                    assertThatCode(() -> action.run(full)).doesNotThrowAnyException();
                    assertThatThrownBy(() -> action.run(Objects.requireNonNull(without.get(right), right)))
                            .hasMessageContaining(refusal(words[0], words[1]));
                })));
        return tests;
    }

    /** A watch is refused before the API server says a whole sentence. */
    private static String refusal(String resource, String verb) {
        return verb.equals("watch")
                ? "Received 403 on websocket"
                : "cannot %s resource \"%s\"".formatted(verb, resource);
    }

    /** {@code resource verb} of every rule. */
    private Set<String> rights() {
        var rights = new TreeSet<String>();
        for (PolicyRule rule : rules) {
            rule.getResources().forEach(resource -> rule.getVerbs().forEach(verb -> rights.add(resource + " " + verb)));
        }
        return rights;
    }

    private List<PolicyRule> lacking(String right) {
        String[] words = right.split(" ");
        var left = new ArrayList<PolicyRule>();
        for (PolicyRule rule : rules) {
            for (String resource : rule.getResources()) {
                List<String> verbs = rule.getVerbs().stream()
                        .filter(verb -> !(resource.equals(words[0]) && verb.equals(words[1])))
                        .toList();
                if (!verbs.isEmpty()) {
                    left.add(new PolicyRuleBuilder(rule)
                            .withResources(resource)
                            .withVerbs(verbs)
                            .build());
                }
            }
        }
        return left;
    }

    private KubernetesClient account(String name, List<PolicyRule> granted) {
        KubernetesClient admin = cluster.client();
        admin.resource(new ServiceAccountBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .withNamespace(namespace)
                        .endMetadata()
                        .build())
                .create();
        admin.resource(new RoleBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .withNamespace(namespace)
                        .endMetadata()
                        .withRules(granted)
                        .build())
                .create();
        admin.resource(new RoleBindingBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .withNamespace(namespace)
                        .endMetadata()
                        .withNewRoleRef("rbac.authorization.k8s.io", "Role", name)
                        .addNewSubject()
                        .withKind("ServiceAccount")
                        .withName(name)
                        .withNamespace(namespace)
                        .endSubject()
                        .build())
                .create();
        return cluster.clientAs(namespace, name);
    }

    /** The rules of the Role that the chart gives the operator in a namespace it serves. */
    private static List<PolicyRule> rules() {
        String rendered = new Helm(Checkout.CHART)
                .template()
                .withName("tom")
                .withNamespace("tom-system")
                .withKubeVersion("1.34.4")
                .set("watchNamespaces[0]", "voice")
                .call();
        return Arrays.stream(rendered.split("(?m)^---\n"))
                .filter(document -> document.contains("\nkind: Role\n") && document.contains("namespace: voice"))
                .map(document -> Serialization.unmarshal(document, Role.class).getRules())
                .findFirst()
                .orElseThrow();
    }
}
