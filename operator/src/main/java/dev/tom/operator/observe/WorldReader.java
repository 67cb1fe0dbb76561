package dev.tom.operator.observe;

import dev.tom.crds.v1alpha1.Backend;
import dev.tom.crds.v1alpha1.TestWindow;
import dev.tom.operator.desired.BridgeConfig;
import dev.tom.operator.desired.Names;
import dev.tom.operator.desired.OperatorDefaults;
import dev.tom.operator.window.BridgeReading;
import dev.tom.operator.window.EgressChoice;
import dev.tom.operator.window.Finding;
import dev.tom.operator.window.GuardRails;
import dev.tom.operator.window.Observed;
import dev.tom.operator.window.Preflight;
import dev.tom.operator.window.PreflightChecks;
import dev.tom.operator.window.WindowHistory;
import dev.tom.operator.window.WindowPlan;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.net.URI;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
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
    private final SecretsLook secrets;
    private final MonitoringApi monitoring;

    /**
     * Reads what {@code client} may see; {@code defaults} tell which means of egress there are, {@code rails} what is allowed, {@code clock} how long
     * an answer holds.
     */
    public WorldReader(
            KubernetesClient client,
            BridgeClient bridges,
            ServedApis apis,
            OperatorDefaults defaults,
            GuardRails rails,
            InstantSource clock) {
        this.client = client;
        this.bridges = bridges;
        this.rails = rails;
        egress = new EgressReading(client, apis, defaults);
        secrets = new SecretsLook(client);
        monitoring = new MonitoringApi(client, clock);
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
        int ready = (int) pods.stream().filter(BridgePod::ready).count();
        Observed observed = new Observed(
                plan,
                history,
                SpecReading.deletedAt(window),
                preflight(window, plan, history, choice, own(window, pods, readings), ready),
                lease,
                choice,
                egress.policy(window, history, choice.means(), objects),
                egress.gateway(window, history, choice.means(), objects),
                readings,
                ready);
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
                            : reading(window, pod, answers.get(pod.name()), statuses));
        }
        return readings;
    }

    private static BridgeReading reading(
            TestWindow window, BridgePod pod, BridgeClient.@Nullable Answer answer, List<BridgeStatus> statuses) {
        if (answer == null) {
            return new BridgeReading.Silent(pod.name(), "no address");
        }
        return switch (answer) {
            case BridgeClient.Answer.Nothing(String why) -> new BridgeReading.Silent(pod.name(), why);
            case BridgeClient.Answer.Told(BridgeStatus status) -> {
                if (!status.window().equals(window.getMetadata().getName())) {
                    yield new BridgeReading.Silent(pod.name(), "its address answers for another window");
                }
                // A pod of an earlier window of this name is evidence, but none of its figures are this window's.
                if (Ownership.since(window, pod.pod())) {
                    statuses.add(status);
                }
                yield status.reading(pod.name(), pod.workerFailure());
            }
        };
    }

    /** What the window's own pods said. */
    private static List<BridgeReading> own(TestWindow window, List<BridgePod> pods, List<BridgeReading> readings) {
        Set<String> names = pods.stream()
                .filter(pod -> Ownership.since(window, pod.pod()))
                .map(BridgePod::name)
                .collect(Collectors.toSet());
        return readings.stream()
                .filter(reading -> names.contains(reading.pod()))
                .toList();
    }

    /** Requirements matter until the window has opened, and are shown until it is over; Secrets are not read again once it is open. */
    private Preflight preflight(
            TestWindow window,
            WindowPlan plan,
            WindowHistory history,
            EgressChoice choice,
            List<BridgeReading> own,
            int ready) {
        if (history.closedAt().isPresent() || history.ended()) {
            return Preflight.NOT_LOOKED;
        }
        var spec = window.getSpec();
        var missing = new ArrayList<Finding>();
        if (history.openedAt().isEmpty()) {
            missing.addAll(plan.broken());
        }
        boolean provider = spec.backend() == Backend.PROVIDER && spec.provider() != null;
        if (provider) {
            choice.missing().ifPresent(missing::add);
        }
        return PreflightChecks.of(
                new PreflightChecks.Found(
                        SpecReading.required(window),
                        provider,
                        spec.local() != null,
                        history.openedAt().isPresent() ? Optional.empty() : Optional.of(secrets.namedIn(window)),
                        missing,
                        own,
                        ready,
                        spec.bridge().replicas(),
                        monitoring.served()),
                history);
    }

    private static Optional<Instant> lease(TestWindow window, List<HasMetadata> objects) {
        return Ownership.configMap(window, Names.bridge(window.getMetadata().getName()), objects)
                .filter(map -> "true".equals(map.getData().get(BridgeConfig.ALLOW_EGRESS)))
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
