package dev.tom.operator.observe;

import dev.tom.crds.v1alpha1.Backend;
import dev.tom.crds.v1alpha1.SecretKeyRef;
import dev.tom.crds.v1alpha1.TestWindow;
import dev.tom.operator.desired.BridgeConfig;
import dev.tom.operator.desired.Names;
import dev.tom.operator.desired.OperatorDefaults;
import dev.tom.operator.desired.PodSecrets;
import dev.tom.operator.window.BridgeReading;
import dev.tom.operator.window.EgressChoice;
import dev.tom.operator.window.Finding;
import dev.tom.operator.window.GuardRails;
import dev.tom.operator.window.Observed;
import dev.tom.operator.window.PreflightChecks;
import dev.tom.operator.window.PreflightChecks.NamedSecret;
import dev.tom.operator.window.PreflightChecks.Presence;
import dev.tom.operator.window.WindowHistory;
import dev.tom.operator.window.WindowPlan;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.net.URI;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Turns caches, Secrets and bridges into one value. Thread-safe. */
public final class WorldReader {

    private static final List<Class<? extends HasMetadata>> OWNED = List.of(
            ConfigMap.class,
            Deployment.class,
            NetworkPolicy.class,
            GenericKubernetesResource.class,
            Service.class,
            ServiceAccount.class,
            PodDisruptionBudget.class,
            Pod.class);

    private final KubernetesClient client;
    private final BridgeClient bridges;
    private final EgressReading egress;
    private final GuardRails rails;

    /** Reads what {@code client} may see; {@code defaults} tell which means of egress there are, {@code rails} what is allowed. */
    public WorldReader(
            KubernetesClient client,
            BridgeClient bridges,
            ServedApis apis,
            OperatorDefaults defaults,
            GuardRails rails) {
        this.client = client;
        this.bridges = bridges;
        this.rails = rails;
        egress = new EgressReading(client, apis, defaults);
    }

    /** The end by the spec and the guard rails alone. */
    public Instant plannedEnd(TestWindow window) {
        return SpecReading.plan(window, rails).endsAt();
    }

    /** Whether a bridge in the pod may hold a socket. */
    public static boolean mayRun(Pod pod) {
        return !EgressReading.isGateway(pod) && !new BridgePod(pod).notRunning();
    }

    /** Reads everything; blocks while bridges answer. */
    public World observe(TestWindow window, Secondaries secondaries) {
        var objects = new ArrayList<HasMetadata>();
        OWNED.forEach(kind -> secondaries.of(kind).forEach(objects::add));
        List<BridgePod> pods = objects.stream()
                .filter(Pod.class::isInstance)
                .filter(pod -> !EgressReading.isGateway(pod))
                .map(pod -> new BridgePod((Pod) pod))
                .sorted(Comparator.comparing(BridgePod::name))
                .toList();
        WindowHistory history = SpecReading.history(window);
        var statuses = new ArrayList<BridgeStatus>();
        List<BridgeReading> readings = read(window, pods, statuses);
        WindowPlan plan = SpecReading.plan(window, rails);
        Optional<Instant> lease = lease(window, objects);
        EgressChoice choice = egress.choice(window, history, lease.isPresent(), objects);
        Observed observed = new Observed(
                plan,
                history,
                SpecReading.deletedAt(window),
                missing(window, plan, history, choice),
                lease,
                choice,
                egress.policy(window, history, choice.means(), objects),
                egress.gateway(window, history, choice.means(), objects),
                readings,
                (int) pods.stream().filter(BridgePod::ready).count());
        return new World(
                window,
                observed,
                statuses,
                pods.stream()
                        .filter(pod -> pod.pod().getMetadata().getDeletionTimestamp() == null)
                        .map(BridgePod::name)
                        .toList(),
                objects);
    }

    private List<BridgeReading> read(TestWindow window, List<BridgePod> pods, List<BridgeStatus> statuses) {
        var addresses = new TreeMap<String, URI>();
        for (BridgePod pod : pods) {
            if (!pod.notRunning()) {
                pod.statusAddress().ifPresent(address -> addresses.put(pod.name(), address));
            }
        }
        Map<String, BridgeClient.Answer> answers = bridges.ask(addresses);
        var readings = new ArrayList<BridgeReading>();
        for (BridgePod pod : pods) {
            readings.add(
                    pod.notRunning()
                            ? new BridgeReading.NotRunning(pod.name())
                            : reading(window, pod.name(), answers.get(pod.name()), statuses));
        }
        return readings;
    }

    private static BridgeReading reading(
            TestWindow window, String pod, BridgeClient.@Nullable Answer answer, List<BridgeStatus> statuses) {
        if (answer == null) {
            return new BridgeReading.Silent(pod, "no address");
        }
        return switch (answer) {
            case BridgeClient.Answer.Nothing(String why) -> new BridgeReading.Silent(pod, why);
            case BridgeClient.Answer.Told(BridgeStatus status) -> {
                if (!status.window().equals(window.getMetadata().getName())) {
                    yield new BridgeReading.Silent(pod, "its address answers for another window");
                }
                statuses.add(status);
                yield new BridgeReading.Answered(
                        pod,
                        status.providerSockets(),
                        status.lease().allowed(),
                        status.backend(),
                        status.backendReason());
            }
        };
    }

    /** Requirements matter until the window has opened; after that nothing they say could change what is right. */
    private List<Finding> missing(TestWindow window, WindowPlan plan, WindowHistory history, EgressChoice choice) {
        if (history.openedAt().isPresent() || history.closedAt().isPresent()) {
            return List.of();
        }
        var spec = window.getSpec();
        var secrets = new ArrayList<NamedSecret>();
        var missing = new ArrayList<>(plan.broken());
        if (spec.backend() == Backend.PROVIDER && spec.provider() != null) {
            secrets.add(find(
                    window, "spec.provider.apiKeySecretRef", spec.provider().apiKeySecretRef()));
        }
        PodSecrets.of(spec).forEach(named -> secrets.add(find(window, named.field(), named.ref())));
        missing.addAll(PreflightChecks.missing(secrets));
        if (spec.backend() == Backend.PROVIDER) {
            choice.missing().ifPresent(missing::add);
        }
        return missing;
    }

    private NamedSecret find(TestWindow window, String field, SecretKeyRef ref) {
        Secret secret = client.secrets()
                .inNamespace(window.getMetadata().getNamespace())
                .withName(ref.name())
                .get();
        if (secret == null) {
            return new NamedSecret(field, ref.name(), ref.key(), Presence.NO_SECRET);
        }
        String value = secret.getData() == null ? null : secret.getData().get(ref.key());
        return new NamedSecret(
                field, ref.name(), ref.key(), value == null || value.isEmpty() ? Presence.NO_KEY : Presence.THERE);
    }

    private static Optional<Instant> lease(TestWindow window, List<HasMetadata> objects) {
        String name = Names.bridge(window.getMetadata().getName());
        return objects.stream()
                .filter(ConfigMap.class::isInstance)
                .map(ConfigMap.class::cast)
                .filter(map -> map.getMetadata().getName().equals(name) && map.getData() != null)
                .filter(map -> "true".equals(map.getData().get(BridgeConfig.ALLOW_EGRESS)))
                .findFirst()
                .flatMap(map -> instant(map.getData().get(BridgeConfig.EGRESS_UNTIL)));
    }

    private static Optional<Instant> instant(@Nullable String text) {
        try {
            return Optional.ofNullable(text).map(Instant::parse);
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
