package dev.tom.operator.observe;

import dev.tom.crds.v1alpha1.EgressMode;
import dev.tom.crds.v1alpha1.Provider;
import dev.tom.crds.v1alpha1.TestWindow;
import dev.tom.operator.desired.BridgeConfig;
import dev.tom.operator.desired.CiliumEgressPolicy;
import dev.tom.operator.desired.Labels;
import dev.tom.operator.desired.Names;
import dev.tom.operator.desired.OperatorDefaults;
import dev.tom.operator.desired.ProviderTarget;
import dev.tom.operator.window.EgressChoice;
import dev.tom.operator.window.EgressMeans;
import dev.tom.operator.window.GatewayReading;
import dev.tom.operator.window.WindowHistory;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What there is of a window's way to the provider, and by which means it is to be opened. Thread-safe. */
final class EgressReading {

    private final KubernetesClient client;
    private final ServedApis apis;
    private final OperatorDefaults defaults;

    EgressReading(KubernetesClient client, ServedApis apis, OperatorDefaults defaults) {
        this.client = client;
        this.apis = apis;
        this.defaults = defaults;
    }

    /** A window that has opened keeps what it opened with, whatever is installed or set meanwhile. */
    EgressChoice choice(TestWindow window, WindowHistory history, boolean leased, List<HasMetadata> objects) {
        Provider provider = window.getSpec().provider();
        if (provider == null) {
            return EgressChoice.NONE;
        }
        Optional<EgressMeans> kept = EgressChoice.kept(history, leased, existing(window, objects));
        var gateway = provider.egress().gateway();
        return EgressChoice.of(
                new EgressChoice.Wish(
                        mode(provider.egress().mode()),
                        !provider.egress().cidrs().isEmpty(),
                        ProviderTarget.of(provider),
                        provider.url().startsWith("wss://")),
                new EgressChoice.Offer(
                        apis.cilium(),
                        (gateway != null && gateway.image() != null)
                                || defaults.gatewayImage().isPresent()),
                kept);
    }

    private static Optional<EgressMeans> mode(EgressMode mode) {
        return switch (mode) {
            case AUTO -> Optional.empty();
            case NETWORK_POLICY -> Optional.of(EgressMeans.NETWORK_POLICY);
            case CILIUM -> Optional.of(EgressMeans.CILIUM);
            case GATEWAY -> Optional.of(EgressMeans.GATEWAY);
        };
    }

    /** What was opened before the status could say so. */
    private static Optional<EgressMeans> existing(TestWindow window, List<HasMetadata> objects) {
        String policy = Names.providerEgress(window.getMetadata().getName());
        boolean proxied = Ownership.configMap(
                        window, Names.bridge(window.getMetadata().getName()), objects)
                .filter(map -> map.getData().containsKey(BridgeConfig.PROVIDER_PROXY))
                .isPresent();
        if (proxied) {
            return Optional.of(EgressMeans.GATEWAY);
        }
        return objects.stream()
                .filter(object -> object.getMetadata().getName().equals(policy))
                .flatMap(object -> means(object).stream())
                .findFirst();
    }

    private static Optional<EgressMeans> means(HasMetadata object) {
        if (object instanceof NetworkPolicy) {
            return Optional.of(EgressMeans.NETWORK_POLICY);
        }
        return object.getKind().equals(CiliumEgressPolicy.KIND) ? Optional.of(EgressMeans.CILIUM) : Optional.empty();
    }

    /** While a window is being closed the cache's word that the policy is gone is not enough: the API server is asked. */
    boolean policy(TestWindow window, WindowHistory history, EgressMeans means, List<HasMetadata> objects) {
        String name = Names.providerEgress(window.getMetadata().getName());
        boolean cached = objects.stream()
                .anyMatch(object -> object.getMetadata().getName().equals(name)
                        && means(object).isPresent());
        return cached || (closing(history) && stored(window, means, name));
    }

    private static boolean closing(WindowHistory history) {
        return history.phase().isPresent() && history.closedAt().isEmpty();
    }

    private boolean stored(TestWindow window, EgressMeans means, String name) {
        String namespace = window.getMetadata().getNamespace();
        return switch (means) {
            case NETWORK_POLICY, GATEWAY ->
                client.network()
                                .v1()
                                .networkPolicies()
                                .inNamespace(namespace)
                                .withName(name)
                                .get()
                        != null;
            case CILIUM ->
                client.genericKubernetesResources(CiliumEgressPolicy.API_VERSION, CiliumEgressPolicy.KIND)
                                .inNamespace(namespace)
                                .withName(name)
                                .get()
                        != null;
        };
    }

    /** As with the policy, what a cache does not hold is asked for while its absence is to prove something. */
    GatewayReading gateway(TestWindow window, WindowHistory history, EgressMeans means, List<HasMetadata> objects) {
        GatewayReading cached = reading(window, objects.stream());
        if (cached.present() || means != EgressMeans.GATEWAY || !closing(history)) {
            return cached;
        }
        String namespace = window.getMetadata().getNamespace();
        String name = Names.gateway(window.getMetadata().getName());
        var stored = new ArrayList<HasMetadata>(client.pods()
                .inNamespace(namespace)
                .withLabels(Labels.gatewaySelector(window))
                .list()
                .getItems());
        Optional.ofNullable(client.apps()
                        .deployments()
                        .inNamespace(namespace)
                        .withName(name)
                        .get())
                .ifPresent(stored::add);
        return reading(window, stored.stream());
    }

    private static GatewayReading reading(TestWindow window, Stream<HasMetadata> objects) {
        String name = Names.gateway(window.getMetadata().getName());
        Optional<Instant> since = Optional.empty();
        var pods = new ArrayList<String>();
        var leaving = new ArrayList<String>();
        int ready = 0;
        for (HasMetadata object : (Iterable<HasMetadata>) objects::iterator) {
            if (object instanceof Deployment && object.getMetadata().getName().equals(name)) {
                since = Optional.of(Instant.parse(object.getMetadata().getCreationTimestamp()));
            } else if (object instanceof Pod pod && isGateway(pod)) {
                boolean goes = pod.getMetadata().getDeletionTimestamp() != null;
                (goes ? leaving : pods).add(pod.getMetadata().getName());
                ready += new BridgePod(pod).ready() ? 1 : 0;
            }
        }
        return new GatewayReading(since, pods, leaving, ready);
    }

    static boolean isGateway(HasMetadata object) {
        return object.getMetadata().getLabels() != null
                && Labels.GATEWAY.equals(object.getMetadata().getLabels().get(Labels.NAME));
    }
}
