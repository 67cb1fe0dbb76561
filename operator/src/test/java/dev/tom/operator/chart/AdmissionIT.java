package dev.tom.operator.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tom.kube.ClusterExtension;
import dev.tom.kube.TestCluster;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBindingBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What the chart's ValidatingAdmissionPolicies let through, asked of a real API server by somebody with every right in the namespace. */
@ExtendWith(ClusterExtension.class)
class AdmissionIT {

    private static final String TOO_LONG =
            "spec.window.durationSeconds is %d, but this installation allows at most 1800:"
                    + " shorten it, or ask for a higher guardRails.maxDurationSeconds.";
    private static final String WRONG_HOST = "spec.provider.url names the host %s, but this installation allows only"
            + " api.openai.com, *.openai.azure.com: use one of these, or ask for guardRails.allowedProviderHosts to name it.";

    private final TestCluster cluster;
    private final String home;
    private final String served;
    private final String other;
    private final ChartRelease release;
    private final KubernetesClient person;

    AdmissionIT(TestCluster cluster) {
        this.cluster = cluster;
        home = cluster.newNamespace("tom-home");
        served = cluster.newNamespace("served");
        other = cluster.newNamespace("other");
        release = new ChartRelease(cluster, home);
        CustomResources.install(cluster.client());
        person = person();
    }

    @AfterEach
    void end() {
        person.close();
        release.uninstall();
    }

    @Test
    void guardRailsAreHeldWhenAWindowIsDeclaredOrChangedAndLeaveAloneWhatWasThereBefore() {
        create(window(served, "before", 3600, "wss://elsewhere.example/v1"));
        install(
                "guardRails.maxDurationSeconds",
                1800,
                "guardRails.allowedProviderHosts[0]",
                "api.openai.com",
                "guardRails.allowedProviderHosts[1]",
                "*.openai.azure.com");
        awaitRefused(window(served, "long", 3600, "wss://api.openai.com/v1"));

        assertThat(refusal(window(served, "long", 1801, "wss://api.openai.com/v1")))
                .contains(TOO_LONG.formatted(1801));
        assertThat(refusal(window(served, "far", 60, "wss://api.openai.com.evil.example/v1")))
                .contains(WRONG_HOST.formatted("api.openai.com.evil.example"));
        assertThat(refusal(window(served, "far", 60, "wss://openai.azure.com/v1")))
                .contains(WRONG_HOST.formatted("openai.azure.com"));
        create(window(served, "exact", 1800, "wss://API.openai.com:443/v1"));
        create(window(served, "below", 60, "wss://voice.openai.azure.com/v1"));
        create(window(other, "elsewhere", 3600, "wss://elsewhere.example/v1"));

        assertThat(change("before", "{\"metadata\":{\"labels\":{\"team\":\"voice\"}}}"))
                .isEmpty();
        assertThat(change("before", "{\"spec\":{\"window\":{\"durationSeconds\":2400}}}"))
                .isEmpty();
        assertThat(change("before", "{\"spec\":{\"window\":{\"durationSeconds\":2401}}}"))
                .contains(TOO_LONG.formatted(2401));
        assertThat(change("before", "{\"spec\":{\"provider\":{\"url\":\"wss://evil.example/v1\"}}}"))
                .contains(WRONG_HOST.formatted("evil.example"));
        assertThat(change("before", "{\"spec\":{\"stop\":true}}")).isEmpty();
        assertThat(change("exact", "{\"spec\":{\"provider\":{\"url\":\"wss://evil.example/v1\"}}}"))
                .contains(WRONG_HOST.formatted("evil.example"));
    }

    @Test
    void aWindowWhereNobodyServesItIsRefusedOrCommentedOn() {
        install("admission.elsewhere", "Deny");
        awaitRefused(window(other, "lost", 60, "wss://api.openai.com/v1"));
        assertThat(refusal(window(other, "lost", 60, "wss://api.openai.com/v1")))
                .contains("TestWindows in namespace " + other + " are not served: use " + served
                        + ", or ask for watchNamespaces to name it.");
        create(window(served, "found", 60, "wss://api.openai.com/v1"));

        release.upgrade(values("admission.elsewhere", "Warn"));
        await().atMost(Duration.ofSeconds(60))
                .until(() -> refusal(window(other, "warned", 60, "wss://api.openai.com/v1"))
                        .isEmpty());
    }

    @Test
    void whatOpensEgressHasOneWriterAndEverybodyMayCloseIt() {
        install();
        awaitRefused(policy("pilot-provider-egress", Map.of()));

        assertThat(refusal(policy("pilot-provider-egress", Map.of())))
                .contains("names that end in -provider-egress belong to the TOM operator: give NetworkPolicy"
                        + " pilot-provider-egress another name, or create a TestWindow to open egress.");
        assertThat(refusal(policy("pilot-bridge", owned())))
                .contains(
                        "NetworkPolicy pilot-bridge belongs to the TOM operator: change or delete the TestWindow instead");
        assertThat(refusal(config(owned()))).contains("ConfigMap pilot-bridge belongs to the TOM operator");
        create(policy("redis", Map.of()));
        create(config(Map.of()));
        person.configMaps().inNamespace(served).withName("pilot-bridge").delete();

        try (KubernetesClient operator = cluster.clientAs(home, "tom")) {
            for (HasMetadata object : new HasMetadata[] {
                policy("pilot-bridge", owned()), policy("pilot-provider-egress", owned()), config(owned())
            }) {
                operator.resource(object)
                        .fieldManager("tom-operator")
                        .forceConflicts()
                        .serverSideApply();
            }
        }
        assertThat(refused(
                        () -> person.resource(policy("pilot-bridge", owned())).delete()))
                .contains("belongs to the TOM operator: change or delete the TestWindow instead");
        assertThat(refused(() -> person.network()
                        .v1()
                        .networkPolicies()
                        .inNamespace(served)
                        .withName("pilot-bridge")
                        .patch(
                                PatchContext.of(PatchType.JSON_MERGE),
                                "{\"metadata\":{\"labels\":{\"app.kubernetes.io/managed-by\":null}}}")))
                .contains("belongs to the TOM operator");
        assertThat(refused(() -> person.configMaps()
                        .inNamespace(served)
                        .withName("pilot-bridge")
                        .patch(PatchContext.of(PatchType.JSON_MERGE), "{\"data\":{\"ALLOW_EGRESS\":\"true\"}}")))
                .contains("ConfigMap pilot-bridge belongs to the TOM operator");
        assertThat(refused(() -> person.resource(policy("pilot-provider-egress", owned()))
                        .delete()))
                .as("closing is never forbidden")
                .isEmpty();
        assertThat(refused(() -> cluster.client()
                        .network()
                        .v1()
                        .networkPolicies()
                        .inNamespace(served)
                        .withName("pilot-bridge")
                        .patch(PatchContext.of(PatchType.JSON_MERGE), "{\"spec\":{\"egress\":[{}]}}")))
                .as("system:masters may break the glass")
                .isEmpty();
    }

    @Test
    void theGarbageCollectorTakesWhatBelongedToAWindow() {
        install();
        awaitRefused(policy("pilot-provider-egress", Map.of()));
        GenericKubernetesResource window = create(window(served, "pilot", 60, "wss://api.openai.com/v1"));
        NetworkPolicy policy = policy("pilot-bridge", owned());
        policy.getMetadata()
                .setOwnerReferences(List.of(new OwnerReferenceBuilder()
                        .withApiVersion(window.getApiVersion())
                        .withKind(window.getKind())
                        .withName("pilot")
                        .withUid(window.getMetadata().getUid())
                        .withBlockOwnerDeletion(true)
                        .withController(true)
                        .build()));
        try (KubernetesClient operator = cluster.clientAs(home, "tom")) {
            operator.resource(policy)
                    .fieldManager("tom-operator")
                    .forceConflicts()
                    .serverSideApply();
        }

        person.resource(window).delete();

        await().atMost(Duration.ofSeconds(60))
                .until(() -> person.resource(policy).get() == null);
    }

    private void install(Object... more) {
        release.install(values(more));
    }

    private Map<String, Object> values(Object... more) {
        var values = new LinkedHashMap<String, Object>();
        values.put("crds.install", false);
        values.put("watchNamespaces[0]", served);
        for (int i = 0; i < more.length; i += 2) {
            values.put((String) more[i], more[i + 1]);
        }
        return values;
    }

    /** Policies act a moment after they are stored; the first refusal shows that they do. */
    private void awaitRefused(HasMetadata object) {
        await().atMost(Duration.ofSeconds(60))
                .until(() -> !refused(() -> person.resource(object).dryRun().create())
                        .isEmpty());
    }

    private <T extends HasMetadata> T create(T object) {
        return person.resource(object).create();
    }

    private String refusal(HasMetadata object) {
        return refused(() -> person.resource(object).create());
    }

    private String change(String window, String patch) {
        return refused(() -> person.genericKubernetesResources("tom.dev/v1alpha1", "TestWindow")
                .inNamespace(served)
                .withName(window)
                .patch(PatchContext.of(PatchType.JSON_MERGE), patch));
    }

    /** The API server's sentence; empty when it let the request through. */
    private static String refused(Runnable request) {
        try {
            request.run();
            return "";
        } catch (KubernetesClientException e) {
            assertThat(e.getCode()).as("%s", e.getMessage()).isIn(403, 422);
            return String.valueOf(e.getMessage());
        }
    }

    private static Map<String, String> owned() {
        return Map.of("app.kubernetes.io/managed-by", "tom-operator", "tom.dev/window", "pilot");
    }

    private NetworkPolicy policy(String name, Map<String, String> labels) {
        return new NetworkPolicyBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace(served)
                .withLabels(labels)
                .endMetadata()
                .withNewSpec()
                .withNewPodSelector()
                .addToMatchLabels("tom.dev/window", "pilot")
                .endPodSelector()
                .withPolicyTypes("Egress")
                .endSpec()
                .build();
    }

    private ConfigMap config(Map<String, String> labels) {
        return new ConfigMapBuilder()
                .withNewMetadata()
                .withName("pilot-bridge")
                .withNamespace(served)
                .withLabels(labels)
                .endMetadata()
                .addToData("ALLOW_EGRESS", "false")
                .build();
    }

    private static GenericKubernetesResource window(String namespace, String name, int seconds, String url) {
        return Serialization.unmarshal("""
                apiVersion: tom.dev/v1alpha1
                kind: TestWindow
                metadata: {name: %s, namespace: %s}
                spec:
                  window: {durationSeconds: %d}
                  provider: {url: "%s", model: m, apiKeySecretRef: {name: s, key: k}}
                """.formatted(name, namespace, seconds, url), GenericKubernetesResource.class);
    }

    private KubernetesClient person() {
        KubernetesClient admin = cluster.client();
        admin.resource(new ServiceAccountBuilder()
                        .withNewMetadata()
                        .withName("person")
                        .withNamespace(served)
                        .endMetadata()
                        .build())
                .create();
        for (String namespace : new String[] {served, other}) {
            admin.resource(new RoleBindingBuilder()
                            .withNewMetadata()
                            .withName("person")
                            .withNamespace(namespace)
                            .endMetadata()
                            .withNewRoleRef("rbac.authorization.k8s.io", "ClusterRole", "cluster-admin")
                            .addNewSubject()
                            .withKind("ServiceAccount")
                            .withName("person")
                            .withNamespace(served)
                            .endSubject()
                            .build())
                    .create();
        }
        KubernetesClient client = cluster.clientAs(served, "person");
        await().atMost(Duration.ofSeconds(60)).ignoreExceptions().until(() -> {
            client.network().v1().networkPolicies().inNamespace(served).list();
            client.genericKubernetesResources("tom.dev/v1alpha1", "TestWindow")
                    .inNamespace(other)
                    .list();
            return true;
        });
        return client;
    }
}
