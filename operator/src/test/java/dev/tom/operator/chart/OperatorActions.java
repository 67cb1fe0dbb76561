package dev.tom.operator.chart;

import static org.awaitility.Awaitility.await;

import dev.tom.crds.v1alpha1.TestWindow;
import dev.tom.operator.apply.Applier;
import dev.tom.operator.apply.Fence;
import dev.tom.operator.desired.Change;
import dev.tom.operator.desired.DnsPeers;
import dev.tom.operator.desired.EgressPolicyKind;
import dev.tom.operator.desired.Names;
import dev.tom.operator.desired.OperatorDefaults;
import dev.tom.operator.observability.EventPublisher;
import dev.tom.operator.observability.OperatorMeters;
import dev.tom.operator.observe.BridgeClient;
import dev.tom.operator.observe.Secondaries;
import dev.tom.operator.observe.ServedApis;
import dev.tom.operator.observe.WorldReader;
import dev.tom.operator.window.GuardRails;
import dev.tom.operator.window.Notice;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** What the operator asks of the API server, request by request, as far as possible by the operator's own classes. */
final class OperatorActions {

    /** One request, by any client. */
    interface Action {
        void run(KubernetesClient client);
    }

    private static final Map<String, Class<? extends HasMetadata>> OWNED = Map.of(
            "configmaps", ConfigMap.class,
            "services", Service.class,
            "serviceaccounts", ServiceAccount.class,
            "deployments", Deployment.class,
            "poddisruptionbudgets", PodDisruptionBudget.class,
            "networkpolicies", NetworkPolicy.class);

    private static final OperatorDefaults DEFAULTS = new OperatorDefaults(
            "tom-bridge:test", Map.of("a", "b"), Map.of("c", "d"), Optional.empty(), DnsPeers.USUAL);

    private final KubernetesClient admin;
    private final String namespace;
    private final AtomicInteger next = new AtomicInteger();
    private final TestWindow window;

    OperatorActions(KubernetesClient admin, String namespace) {
        this.admin = admin;
        this.namespace = namespace;
        CustomResources.install(admin);
        window = admin.resource(
                        admin.getKubernetesSerialization().unmarshal("""
                apiVersion: tom.dev/v1alpha1
                kind: TestWindow
                metadata: {name: pilot, namespace: %s}
                spec:
                  window: {durationSeconds: 3600}
                  provider: {url: "wss://api.openai.com/v1", model: m, apiKeySecretRef: {name: s, key: k}}
                """.formatted(namespace), TestWindow.class))
                .create();
    }

    /** Every action by the right, {@code resource verb}, that it needs. */
    Map<String, Action> all() {
        var all = new TreeMap<String, Action>();
        OWNED.forEach((resource, kind) -> {
            all.put(resource + " list", client -> lists(client, kind));
            all.put(resource + " watch", client -> watches(client, kind));
            all.put(resource + " create", client -> applies(client, object(kind, fresh())));
            all.put(resource + " patch", client -> applies(client, object(kind, fresh())));
        });
        all.put("configmaps update", this::takesForeignDataOut);
        all.put("networkpolicies update", this::takesAForeignRuleOut);
        all.put("networkpolicies delete", client -> takesAway(client, NetworkPolicy.class));
        // A gateway goes with its window: Deployment, Service and ConfigMap, and at last its pods.
        all.put("configmaps delete", client -> takesAway(client, ConfigMap.class));
        all.put("services delete", client -> takesAway(client, Service.class));
        all.put("deployments delete", client -> takesAway(client, Deployment.class));
        all.put("pods delete", this::endsAPod);
        all.put("networkpolicies get", this::asksWhetherThePolicyIsGone);
        all.put("secrets get", this::looksForASecret);
        all.put("pods list", client -> lists(client, Pod.class));
        all.put("pods watch", client -> watches(client, Pod.class));
        all.put("pods get", this::touchesAPod);
        all.put("pods patch", this::touchesAPod);
        all.put("deployments get", this::scalesWhatItLeavesAlone);
        all.put("events create", this::publishesAnEvent);
        all.put("events get", this::countsAnEventAgain);
        all.put("events patch", this::countsAnEventAgain);
        all.put("networkpolicies deletecollection", this::closesEgressOfManyAtOnce);
        all.put("testwindows get", client -> client.resource(window).get());
        all.put("testwindows list", client -> lists(client, TestWindow.class));
        all.put("testwindows watch", client -> watches(client, TestWindow.class));
        all.put("testwindows patch", this::addsItsFinalizer);
        all.put("testwindows/status patch", this::writesTheStatus);
        return all;
    }

    /** The authorizer learns of Roles by a watch, a moment after they are stored. */
    void awaitRoles(KubernetesClient client) {
        await().atMost(Duration.ofSeconds(60)).ignoreExceptions().until(() -> {
            try {
                lists(client, Service.class);
            } catch (RuntimeException e) {
                lists(client, ConfigMap.class);
            }
            return true;
        });
    }

    private String fresh() {
        return "fresh-" + next.incrementAndGet();
    }

    private <T extends HasMetadata> void lists(KubernetesClient client, Class<T> kind) {
        client.resources(kind)
                .inNamespace(namespace)
                .withLabel("app.kubernetes.io/managed-by", "tom-operator")
                .list();
    }

    private <T extends HasMetadata> void watches(KubernetesClient client, Class<T> kind) {
        client.resources(kind)
                .inNamespace(namespace)
                .withLabel("app.kubernetes.io/managed-by", "tom-operator")
                .watch(new Watcher<>() {
                    @Override
                    public void eventReceived(Action action, T object) {}

                    @Override
                    public void onClose(WatcherException cause) {}
                })
                .close();
    }

    private static Applier applier(KubernetesClient client) {
        return new Applier(
                client, new Fence(() -> true, InstantSource.system()), new OperatorMeters(new SimpleMeterRegistry()));
    }

    private static void applies(KubernetesClient client, HasMetadata object) {
        applier(client).apply(List.of(new Change.Present(object)), List.of()).orThrow();
    }

    private void scalesWhatItLeavesAlone(KubernetesClient client) {
        HasMetadata deployment =
                admin.resource(object(Deployment.class, fresh())).create();
        applier(client)
                .apply(
                        List.of(new Change.Scaled(
                                namespace, deployment.getMetadata().getName(), 1)),
                        List.of(deployment))
                .orThrow();
    }

    private void takesForeignDataOut(KubernetesClient client) {
        String name = fresh();
        admin.resource(new ConfigMapBuilder((ConfigMap) object(ConfigMap.class, name))
                        .addToData("FOREIGN", "true")
                        .build())
                .create();
        applies(client, object(ConfigMap.class, name));
    }

    private void takesAForeignRuleOut(KubernetesClient client) {
        String name = fresh();
        HasMetadata policy = object(NetworkPolicy.class, name);
        admin.resource(policy).create();
        admin.network()
                .v1()
                .networkPolicies()
                .inNamespace(namespace)
                .withName(name)
                .patch(PatchContext.of(PatchType.JSON_MERGE), "{\"spec\":{\"ingress\":[{}]}}");
        applies(client, object(NetworkPolicy.class, name));
    }

    private void takesAway(KubernetesClient client, Class<? extends HasMetadata> kind) {
        takesAway(client, kind, admin.resource(object(kind, fresh())).create());
    }

    private void endsAPod(KubernetesClient client) {
        takesAway(client, Pod.class, pod());
    }

    private void takesAway(KubernetesClient client, Class<? extends HasMetadata> kind, HasMetadata object) {
        applier(client)
                .apply(
                        List.of(new Change.Absent(
                                kind, namespace, object.getMetadata().getName())),
                        List.of(object))
                .orThrow();
    }

    private void asksWhetherThePolicyIsGone(KubernetesClient client) {
        observes(
                client, "phase: Closing\nwindow: {openedAt: '2026-12-01T08:00:00Z', endsAt: '2026-12-01T09:00:00Z'}\n");
    }

    private void looksForASecret(KubernetesClient client) {
        observes(client, "phase: Pending\n");
    }

    private void observes(KubernetesClient client, String status) {
        TestWindow seen = admin.getKubernetesSerialization().clone(window);
        seen.setStatus(
                admin.getKubernetesSerialization().unmarshal(status, dev.tom.crds.v1alpha1.TestWindowStatus.class));
        try (BridgeClient bridges = new BridgeClient(answered -> {})) {
            new WorldReader(
                            client,
                            bridges,
                            new ServedApis(client, InstantSource.system()),
                            DEFAULTS,
                            GuardRails.NONE,
                            InstantSource.system())
                    .observe(seen, new Secondaries() {
                        @Override
                        public <T extends HasMetadata> Stream<T> of(Class<T> kind) {
                            return Stream.empty();
                        }
                    });
        }
    }

    private Pod pod() {
        return admin.resource(new PodBuilder()
                        .withNewMetadata()
                        .withName(fresh())
                        .withNamespace(namespace)
                        .endMetadata()
                        .withNewSpec()
                        .addNewContainer()
                        .withName("bridge")
                        .withImage("test")
                        .endContainer()
                        .endSpec()
                        .build())
                .create();
    }

    private void touchesAPod(KubernetesClient client) {
        Pod pod = pod();
        applier(client)
                .apply(
                        List.of(new Change.Annotated(
                                namespace, pod.getMetadata().getName(), "tom.dev/config-hash", "1")),
                        List.of(pod))
                .orThrow();
    }

    /** An Event that cannot be stored is only logged, so the API server is asked whether it is there. */
    private void publishesAnEvent(KubernetesClient client) {
        String text = fresh();
        new EventPublisher(client, "test")
                .publish(window, new Notice(Notice.Kind.FAILOVER, text), Instant.parse("2026-12-01T08:00:00Z"));
        boolean stored = admin.events().v1().events().inNamespace(namespace).list().getItems().stream()
                .anyMatch(event -> text.equals(event.getNote()));
        if (!stored) {
            throw new IllegalStateException("cannot create resource \"events\"");
        }
    }

    /** An Event that is there is counted up, also by a process that did not publish it. */
    private void countsAnEventAgain(KubernetesClient client) {
        String text = fresh();
        var notice = new Notice(Notice.Kind.FAILOVER, text);
        Instant now = Instant.parse("2026-12-01T08:00:00Z");
        new EventPublisher(admin, "before").publish(window, notice, now);
        new EventPublisher(admin, "before").publish(window, notice, now);
        new EventPublisher(client, "test").publish(window, notice, now);
        int count = admin.events().v1().events().inNamespace(namespace).list().getItems().stream()
                .filter(event -> text.equals(event.getNote()))
                .mapToInt(event -> event.getSeries().getCount())
                .sum();
        if (count != 3) {
            throw new IllegalStateException(
                    "cannot get resource \"events\", cannot patch resource \"events\": " + count);
        }
    }

    private void closesEgressOfManyAtOnce(KubernetesClient client) {
        applier(client).deleteAll(EgressPolicyKind.NETWORK_POLICY, namespace, "tom.dev/none=" + fresh());
    }

    private void addsItsFinalizer(KubernetesClient client) {
        TestWindow patch = new TestWindow();
        patch.getMetadata().setName("pilot");
        patch.getMetadata().setNamespace(namespace);
        patch.getMetadata().setFinalizers(List.of("tom.dev/egress"));
        client.resource(patch)
                .patch(new PatchContext.Builder()
                        .withPatchType(PatchType.JSON_MERGE)
                        .withFieldManager(Names.FIELD_MANAGER)
                        .build());
    }

    private void writesTheStatus(KubernetesClient client) {
        client.resources(TestWindow.class)
                .inNamespace(namespace)
                .withName("pilot")
                .subresource("status")
                .patch(PatchContext.of(PatchType.JSON_MERGE), "{\"status\":{\"phase\":\"Pending\"}}");
    }

    private HasMetadata object(Class<? extends HasMetadata> kind, String name) {
        String spec = switch (kind.getSimpleName()) {
            case "ConfigMap" -> "data: {KEY: value}";
            case "Service" -> "spec: {selector: {a: b}, ports: [{name: admin, port: 80, protocol: TCP}]}";
            case "ServiceAccount" -> "automountServiceAccountToken: false";
            case "PodDisruptionBudget" -> "spec: {maxUnavailable: 1, selector: {matchLabels: {a: b}}}";
            case "NetworkPolicy" -> "spec: {podSelector: {matchLabels: {a: b}}, policyTypes: [Ingress]}";
            case "Deployment" ->
                "spec: {replicas: 0, selector: {matchLabels: {a: b}}, template: {metadata: {labels: {a: b}},"
                        + " spec: {containers: [{name: c, image: i}]}}}";
            default -> throw new IllegalArgumentException(kind.getName());
        };
        String group = switch (kind.getSimpleName()) {
            case "Deployment" -> "apps/v1";
            case "PodDisruptionBudget" -> "policy/v1";
            case "NetworkPolicy" -> "networking.k8s.io/v1";
            default -> "v1";
        };
        return admin.getKubernetesSerialization()
                .unmarshal(
                        "apiVersion: %s\nkind: %s\nmetadata: {name: %s, namespace: %s}\n%s\n"
                                .formatted(group, kind.getSimpleName(), name, namespace, spec),
                        kind);
    }
}
