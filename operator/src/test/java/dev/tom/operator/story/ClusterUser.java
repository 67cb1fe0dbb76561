package dev.tom.operator.story;

import static org.awaitility.Awaitility.await;

import dev.tom.crds.v1alpha1.Phase;
import dev.tom.crds.v1alpha1.TestWindow;
import dev.tom.crds.v1alpha1.TestWindowStatus;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.events.v1.Event;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicySpec;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;

/** Somebody with kubectl: declares windows, changes them, meddles with what belongs to them, and looks. */
final class ClusterUser {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final KubernetesClient client;
    private final String namespace;

    ClusterUser(KubernetesClient client, String namespace) {
        this.client = client;
        this.namespace = namespace;
    }

    void hasAnApiKey() {
        hasAnApiKey("sk-of-a-test-0123456789");
    }

    /** The Secret holds this key, whatever it held before. */
    void hasAnApiKey(String value) {
        client.resource(new SecretBuilder()
                        .withNewMetadata()
                        .withName("realtime-api")
                        .withNamespace(namespace)
                        .endMetadata()
                        .addToData(
                                "REALTIME_API_KEY",
                                Base64.getEncoder().encodeToString(value.getBytes(StandardCharsets.UTF_8)))
                        .build())
                .serverSideApply();
    }

    /** Declares a window; {@code more} are further lines of its spec. */
    void declares(String name, String schedule, String more) {
        declares(name, schedule, "wss://api.openai.com/v1/realtime", more);
    }

    /** The same with a provider at {@code url}. */
    void declares(String name, String schedule, String url, String more) {
        String yaml = """
                apiVersion: tom.dev/v1alpha1
                kind: TestWindow
                metadata: {name: %s, namespace: %s}
                spec:
                  window: %s
                  provider:
                    url: %s
                    model: gpt-realtime-2.1
                    apiKeySecretRef: {name: realtime-api, key: REALTIME_API_KEY}
                %s
                """.formatted(name, namespace, schedule, url, more.indent(2));
        client.resource(client.getKubernetesSerialization().unmarshal(yaml, GenericKubernetesResource.class))
                .create();
    }

    /** Declares many windows at once, named by {@code name} and a number. */
    void declaresMany(int number, String name, String schedule, String more) {
        try (ExecutorService hands = Executors.newFixedThreadPool(8)) {
            IntStream.range(0, number).forEach(i -> hands.execute(() -> declares(name + "-" + i, schedule, more)));
        }
    }

    /** How many windows are in a phase. */
    long count(Phase phase) {
        return client.resources(TestWindow.class).inNamespace(namespace).list().getItems().stream()
                .map(TestWindow::getStatus)
                .filter(status -> status != null && status.phase() == phase)
                .count();
    }

    /** When the window must end, by its status. */
    Instant end(String name) {
        return Objects.requireNonNull(
                Objects.requireNonNull(status(name).window()).endsAt());
    }

    void patches(String name, String spec) {
        client.resources(TestWindow.class)
                .inNamespace(namespace)
                .withName(name)
                .patch(PatchContext.of(PatchType.JSON_MERGE), "{\"spec\":" + spec + "}");
    }

    /** The API server's answer to a change that it refuses. */
    String isRefused(String name, String spec) {
        try {
            patches(name, spec);
        } catch (KubernetesClientException e) {
            return String.valueOf(e.getMessage());
        }
        throw new AssertionError("accepted: " + spec);
    }

    /** Writes an annotation of the window as fast as the API server takes it, until closed. */
    Storm annotatesAllTheTime(String name) {
        return new Storm(blow -> client.resources(TestWindow.class)
                .inNamespace(namespace)
                .withName(name)
                .patch(
                        PatchContext.of(PatchType.JSON_MERGE),
                        "{\"metadata\":{\"annotations\":{\"example.org/blow\":\"" + blow + "\"}}}"));
    }

    /** The scale of windows. */
    Scaling scaling() {
        return new Scaling(client, namespace);
    }

    Deployment deployment(String name) {
        return client.apps().deployments().inNamespace(namespace).withName(name).require();
    }

    /** The image of the bridges that come next. */
    String image(String deployment) {
        return deployment(deployment)
                .getSpec()
                .getTemplate()
                .getSpec()
                .getContainers()
                .getFirst()
                .getImage();
    }

    /** {@code kubectl set image}: whatever version of the Deployment is stored by then. */
    void setsImage(String deployment, String image) {
        client.apps()
                .deployments()
                .inNamespace(namespace)
                .withName(deployment)
                .patch(
                        PatchContext.of(PatchType.STRATEGIC_MERGE),
                        "{\"spec\":{\"template\":{\"spec\":{\"containers\":[{\"name\":\"bridge\",\"image\":\"%s\"}]}}}}"
                                .formatted(image));
    }

    void deletes(String name) {
        client.resources(TestWindow.class).inNamespace(namespace).withName(name).delete();
    }

    TestWindow window(String name) {
        return Objects.requireNonNull(
                client.resources(TestWindow.class)
                        .inNamespace(namespace)
                        .withName(name)
                        .get(),
                name);
    }

    TestWindowStatus status(String name) {
        return Objects.requireNonNull(window(name).getStatus(), "status of " + name);
    }

    void awaitsGone(String name) {
        await().atMost(PATIENCE)
                .until(() -> client.resources(TestWindow.class)
                                .inNamespace(namespace)
                                .withName(name)
                                .get()
                        == null);
    }

    TestWindowStatus awaits(String name, Phase phase) {
        await("phase " + phase).atMost(PATIENCE).until(() -> {
            TestWindowStatus status = window(name).getStatus();
            return status != null && status.phase() == phase;
        });
        return status(name);
    }

    /** Waits until the window is over, one way or the other. */
    Phase awaitsEnd(String name) {
        await("the end of " + name).atMost(PATIENCE).until(() -> {
            TestWindowStatus status = window(name).getStatus();
            return status != null && (status.phase() == Phase.CLOSED || status.phase() == Phase.FAILED);
        });
        return Objects.requireNonNull(status(name).phase());
    }

    /** Waits until a condition reads {@code Type=Status Reason}, such as {@code EgressClosed=True Verified}. */
    Condition awaitsCondition(String name, String wanted) {
        await(wanted).atMost(PATIENCE).until(() -> condition(name, wanted).isPresent());
        return condition(name, wanted).orElseThrow();
    }

    private Optional<Condition> condition(String name, String wanted) {
        TestWindowStatus status = window(name).getStatus();
        return status == null
                ? Optional.empty()
                : status.conditions().stream()
                        .filter(c -> (c.getType() + "=" + c.getStatus() + " " + c.getReason()).equals(wanted))
                        .findFirst();
    }

    Map<String, String> config(String map) {
        ConfigMap found =
                client.configMaps().inNamespace(namespace).withName(map).get();
        return found == null ? Map.of() : new TreeMap<>(found.getData());
    }

    List<String> policies() {
        return client.network().v1().networkPolicies().inNamespace(namespace).list().getItems().stream()
                .map(policy -> policy.getMetadata().getName())
                .sorted()
                .toList();
    }

    Optional<NetworkPolicy> policy(String name) {
        return Optional.ofNullable(client.network()
                .v1()
                .networkPolicies()
                .inNamespace(namespace)
                .withName(name)
                .get());
    }

    Optional<NetworkPolicySpec> rules(String policy) {
        return policy(policy).map(NetworkPolicy::getSpec);
    }

    /** Removes what is left, also windows whose operator is gone. */
    void tidiesUp() {
        client.resources(TestWindow.class)
                .inNamespace(namespace)
                .list()
                .getItems()
                .forEach(window -> {
                    client.resource(window).delete();
                    client.resource(window)
                            .patch(PatchContext.of(PatchType.JSON_MERGE), "{\"metadata\":{\"finalizers\":null}}");
                });
    }

    void deletes(ForeignHandIT.Owned object) {
        one(object).delete();
    }

    void edits(ForeignHandIT.Owned object, String patch) {
        one(object).patch(PatchContext.of(PatchType.JSON_MERGE), patch);
    }

    /** What an object says, without what the API server or controllers add by themselves; empty when it is not there. */
    String essence(ForeignHandIT.Owned object) {
        GenericKubernetesResource found = one(object).get();
        if (found == null) {
            return "";
        }
        var essence = new TreeMap<>(found.getAdditionalProperties());
        essence.remove("status");
        essence.put("labels", found.getMetadata().getLabels());
        return client.getKubernetesSerialization()
                .asJson(essence)
                .replaceAll("\"clusterIPs?\":(\"[^\"]*\"|\\[[^]]*])", "");
    }

    private Resource<GenericKubernetesResource> one(ForeignHandIT.Owned object) {
        return client.genericKubernetesResources(object.apiVersion(), object.kind())
                .inNamespace(namespace)
                .withName(object.name());
    }

    void deletesPolicy(String name) {
        client.network()
                .v1()
                .networkPolicies()
                .inNamespace(namespace)
                .withName(name)
                .delete();
    }

    void patchesPolicy(String name, String patch) {
        client.network()
                .v1()
                .networkPolicies()
                .inNamespace(namespace)
                .withName(name)
                .patch(PatchContext.of(PatchType.JSON_MERGE), patch);
    }

    /** Puts back, as it was, something that is gone. */
    void putsBack(HasMetadata object) {
        object.getMetadata().setResourceVersion(null);
        object.getMetadata().setUid(null);
        client.resource(object).create();
    }

    void patchesConfig(String map, String patch) {
        client.configMaps().inNamespace(namespace).withName(map).patch(PatchContext.of(PatchType.JSON_MERGE), patch);
    }

    void deletesPods() {
        client.pods().inNamespace(namespace).delete();
    }

    List<String> pods() {
        return client.pods().inNamespace(namespace).list().getItems().stream()
                .map(Pod::getMetadata)
                .map(meta -> meta.getName())
                .toList();
    }

    /** Reasons of the Events about windows, oldest first. */
    List<String> events() {
        return client.events().v1().events().inNamespace(namespace).list().getItems().stream()
                .filter(event -> event.getRegarding() != null
                        && "TestWindow".equals(event.getRegarding().getKind()))
                .sorted(java.util.Comparator.comparing(
                        event -> event.getEventTime().getTime()))
                .map(Event::getReason)
                .toList();
    }

    /** Waits until nobody writes any more, not even a controller or an Event; what is then there. */
    Map<String, String> awaitsQuiet(Duration within) {
        return await("nobody writes any more")
                .atMost(within)
                .pollInterval(Duration.ofSeconds(1))
                .until(this::versions, new Unchanged()::since);
    }

    private static final class Unchanged {
        private Map<String, String> last = Map.of();

        boolean since(Map<String, String> now) {
            boolean same = now.equals(last);
            last = now;
            return same;
        }
    }

    /** Every object of the namespace that belongs to a window, and the windows, with the version that each write changes. */
    Map<String, String> versions() {
        var versions = new TreeMap<String, String>();
        List.of(
                        client.configMaps().inNamespace(namespace).list().getItems(),
                        client.pods().inNamespace(namespace).list().getItems(),
                        client.services().inNamespace(namespace).list().getItems(),
                        client.serviceAccounts().inNamespace(namespace).list().getItems(),
                        client.apps()
                                .deployments()
                                .inNamespace(namespace)
                                .list()
                                .getItems(),
                        client.network()
                                .v1()
                                .networkPolicies()
                                .inNamespace(namespace)
                                .list()
                                .getItems(),
                        client.policy()
                                .v1()
                                .podDisruptionBudget()
                                .inNamespace(namespace)
                                .list()
                                .getItems(),
                        client.resources(TestWindow.class)
                                .inNamespace(namespace)
                                .list()
                                .getItems())
                .forEach(kind -> kind.forEach(object -> versions.put(
                        object.getKind() + "/" + object.getMetadata().getName(),
                        object.getMetadata().getResourceVersion())));
        return versions;
    }
}
