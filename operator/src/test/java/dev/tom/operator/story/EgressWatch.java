package dev.tom.operator.story;

import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Somebody who watches the provider-egress policies of a namespace, and notes by the wall clock when they come and go. */
final class EgressWatch implements AutoCloseable {

    private final Map<String, Instant> there = new ConcurrentHashMap<>();
    private final Map<String, Instant> gone = new ConcurrentHashMap<>();
    private final Queue<Coming> comings = new ConcurrentLinkedQueue<>();
    private final SharedIndexInformer<NetworkPolicy> watch;

    /** A policy that was created. */
    record Coming(String window, Instant at) {}

    EgressWatch(KubernetesClient client, String namespace) {
        watch = client.network()
                .v1()
                .networkPolicies()
                .inNamespace(namespace)
                .withLabel("tom.dev/ends")
                .inform(new ResourceEventHandler<>() {
                    @Override
                    public void onAdd(NetworkPolicy policy) {
                        there.put(window(policy), Instant.now());
                        comings.add(new Coming(window(policy), Instant.now()));
                    }

                    @Override
                    public void onUpdate(NetworkPolicy before, NetworkPolicy policy) {}

                    @Override
                    public void onDelete(NetworkPolicy policy, boolean unknown) {
                        there.remove(window(policy));
                        gone.put(window(policy), Instant.now());
                    }
                });
    }

    private static String window(NetworkPolicy policy) {
        return policy.getMetadata().getLabels().getOrDefault("tom.dev/window", "");
    }

    int open() {
        return there.size();
    }

    boolean open(String window) {
        return there.containsKey(window);
    }

    /** Waits until no policy is there. */
    void awaitsNone(Duration within) {
        await("no provider-egress policy").atMost(within).until(there::isEmpty);
    }

    /** How long after {@code end} the policy of a window was seen to go; a watch may tell a moment later than the API server. */
    Duration late(String window, Instant end) {
        await("the policy of " + window + " is seen to go")
                .atMost(Duration.ofSeconds(5))
                .until(() -> gone.containsKey(window));
        return Duration.between(end, Objects.requireNonNull(gone.get(window)));
    }

    /** Milliseconds from {@code end} to each policy's end, ascending. */
    List<Long> lateMillis(Instant end) {
        return gone.values().stream()
                .map(at -> Duration.between(end, at).toMillis())
                .sorted()
                .toList();
    }

    /** Policies that were created after {@code time}. */
    List<Coming> comingsAfter(Instant time) {
        var after = new ArrayList<>(comings);
        after.removeIf(coming -> !coming.at().isAfter(time));
        return after;
    }

    @Override
    public void close() {
        watch.close();
    }
}
