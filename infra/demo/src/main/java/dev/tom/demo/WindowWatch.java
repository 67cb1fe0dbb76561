package dev.tom.demo;

import dev.tom.crds.v1alpha1.TestWindow;
import dev.tom.crds.v1alpha1.TestWindowStatus;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** Follows one TestWindow and its egress policy on the API server and notes when what changed. Thread-safe. */
final class WindowWatch implements AutoCloseable {

    private final List<Phase> phases = new CopyOnWriteArrayList<>();
    private final SharedIndexInformer<TestWindow> windows;
    private final SharedIndexInformer<NetworkPolicy> policies;
    private volatile Optional<Instant> policyDeletedAt = Optional.empty();

    /** A phase and when it was seen. */
    record Phase(String name, Instant at) {}

    WindowWatch(KubernetesClient client, String namespace, String name, InstantSource clock, Consumer<String> events) {
        windows = client.resources(TestWindow.class)
                .inNamespace(namespace)
                .withName(name)
                .inform(new ResourceEventHandler<>() {
                    @Override
                    public void onAdd(TestWindow window) {
                        look(window);
                    }

                    @Override
                    public void onUpdate(TestWindow before, TestWindow window) {
                        look(window);
                    }

                    @Override
                    public void onDelete(TestWindow window, boolean unknownState) {
                        events.accept("TestWindow " + name + " is gone");
                    }

                    private void look(TestWindow window) {
                        String phase = phaseOf(window);
                        if (!phase.isEmpty()
                                && (phases.isEmpty() || !phases.getLast().name().equals(phase))) {
                            phases.add(new Phase(phase, clock.instant()));
                            events.accept("TestWindow " + name + ": " + phase);
                        }
                    }
                });
        policies = client.network()
                .v1()
                .networkPolicies()
                .inNamespace(namespace)
                .withName(name + "-provider-egress")
                .inform(new ResourceEventHandler<>() {
                    @Override
                    public void onAdd(NetworkPolicy policy) {
                        events.accept("NetworkPolicy " + policy.getMetadata().getName() + " exists: egress is open");
                    }

                    @Override
                    public void onUpdate(NetworkPolicy before, NetworkPolicy policy) {}

                    @Override
                    public void onDelete(NetworkPolicy policy, boolean unknownState) {
                        policyDeletedAt = Optional.of(clock.instant());
                        events.accept("NetworkPolicy " + policy.getMetadata().getName() + " is gone");
                    }
                });
    }

    /** Phases so far, in order, without repetition. */
    List<Phase> phases() {
        return List.copyOf(phases);
    }

    boolean reached(String phase) {
        return phases.stream().anyMatch(seen -> seen.name().equals(phase));
    }

    Optional<Instant> policyDeletedAt() {
        return policyDeletedAt;
    }

    @Override
    public void close() {
        windows.close();
        policies.close();
    }

    private static String phaseOf(TestWindow window) {
        TestWindowStatus status = window.getStatus();
        return status == null || status.phase() == null
                ? ""
                : Serialization.asJson(status.phase()).replace("\"", "");
    }
}
