package dev.tom.demo;

import dev.tom.testkit.RunFailure;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/**
 * Stands in for the kubelet: runs the containers of each bridge pod as processes of this machine, gives each pod a loopback address of
 * its own, projects its ConfigMap into a directory and reports it ready when its probe answers.
 *
 * <p>As with a real kubelet, a changed ConfigMap alone reaches the directory late (not at all, within a demo): the directory is synced
 * at once when the pod object changes, which is what the operator's annotation is for.
 */
final class NodeStandIn implements AutoCloseable {

    private final KubernetesClient client;
    private final PodProcesses.Machine machine;
    private final Consumer<String> events;
    private final Map<String, PodProcesses> running = new ConcurrentHashMap<>();
    private final ExecutorService kubelet = Executors.newSingleThreadExecutor(
            task -> Thread.ofPlatform().daemon().name("node-stand-in").unstarted(task));
    private final SharedIndexInformer<Pod> pods;
    private volatile Optional<String> failure = Optional.empty();
    private int lastAddress = 1;

    NodeStandIn(KubernetesClient client, String namespace, PodProcesses.Machine machine, Consumer<String> events) {
        this.client = client;
        this.machine = machine;
        this.events = events;
        this.pods = client.pods()
                .inNamespace(namespace)
                .withLabel("app.kubernetes.io/name", "tom-bridge")
                .inform(new ResourceEventHandler<>() {
                    @Override
                    public void onAdd(Pod pod) {
                        kubelet.execute(() -> start(pod));
                    }

                    @Override
                    public void onUpdate(Pod before, Pod after) {
                        if (!Objects.equals(
                                before.getMetadata().getAnnotations(),
                                after.getMetadata().getAnnotations())) {
                            kubelet.execute(() -> sync(after));
                        }
                    }

                    @Override
                    public void onDelete(Pod pod, boolean unknownState) {
                        kubelet.execute(() -> stop(pod));
                    }
                });
    }

    /** The processes of the only bridge pod, once it runs. */
    PodProcesses theBridge() {
        return running.values().stream()
                .findFirst()
                .orElseThrow(() -> new RunFailure("no bridge pod runs; see the operator's log"));
    }

    /**
     * Whether a bridge pod is ready.
     *
     * @throws RunFailure when one failed to start
     */
    boolean hasBridge() {
        failure.ifPresent(reason -> {
            throw new RunFailure(reason);
        });
        return running.values().stream().anyMatch(PodProcesses::isReady);
    }

    private void start(Pod pod) {
        String name = pod.getMetadata().getName();
        try {
            events.accept("pod " + name + " appears: starting its containers as processes");
            PodProcesses processes = PodProcesses.start(client, pod, "127.77.0." + ++lastAddress, machine);
            running.put(pod.getMetadata().getUid(), processes);
            Thread.ofVirtual().start(() -> awaitReady(name, processes));
        } catch (RuntimeException e) {
            failure = Optional.of("pod " + name + " failed: " + e.getMessage());
        }
    }

    /** On a thread of its own: a pod that starts slowly must not delay the ConfigMap of any pod. */
    private void awaitReady(String name, PodProcesses processes) {
        try {
            processes.awaitReady();
            processes.reportReady();
            events.accept("pod " + name + " is ready at " + processes.address());
        } catch (RuntimeException e) {
            failure = Optional.of("pod " + name + " failed: " + e.getMessage());
        }
    }

    private void sync(Pod pod) {
        PodProcesses processes = running.get(pod.getMetadata().getUid());
        if (processes != null) {
            processes.project();
        }
    }

    private void stop(Pod pod) {
        PodProcesses processes = running.remove(pod.getMetadata().getUid());
        if (processes != null) {
            processes.close();
        }
    }

    @Override
    public void close() {
        pods.close();
        kubelet.shutdownNow();
        running.values().forEach(PodProcesses::close);
    }
}
