package dev.tom.operator.story;

import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/**
 * Plays what a control plane without nodes lacks: a kubelet that runs each bridge pod of a namespace on a loopback address of its own, and
 * projects the ConfigMap into it when the pod starts and whenever its annotation changes; never otherwise, as a kubelet may take minutes. Of
 * a gateway it says that it runs.
 */
final class OutsideWorld implements AutoCloseable {

    private static final String TOUCHED = "tom.dev/config-hash";
    /** A block of 127/8 that no other run is likely to use; Linux answers on all of it. */
    private static final AtomicInteger NEXT =
            new AtomicInteger(ThreadLocalRandom.current().nextInt(10_000, 60_000) * 200);

    private final KubernetesClient client;
    private final String namespace;
    private final InstantSource clock;
    private final Map<String, FakeBridge> bridges = new ConcurrentHashMap<>();
    private final Map<String, String> touched = new ConcurrentHashMap<>();
    private final SharedIndexInformer<Pod> watch;
    private volatile boolean startsGateways = true;
    private volatile Predicate<String> room = window -> true;

    OutsideWorld(KubernetesClient client, String namespace, InstantSource clock) {
        this.client = client;
        this.namespace = namespace;
        this.clock = clock;
        watch = client.pods().inNamespace(namespace).inform(new ResourceEventHandler<>() {
            @Override
            public void onAdd(Pod pod) {
                sync(pod);
            }

            @Override
            public void onUpdate(Pod before, Pod pod) {
                sync(pod);
            }

            @Override
            public void onDelete(Pod pod, boolean unknown) {
                stopped(pod);
            }
        });
    }

    /** Nodes have room for pods of these windows only: the others stay Pending. */
    void hasRoomFor(Predicate<String> windows) {
        room = windows;
    }

    /** No node has room: pods stay Pending. */
    void hasNoRoom() {
        room = window -> false;
    }

    /** The gateway's image cannot be fetched, or now it can. */
    void startsGateways(boolean whether) {
        startsGateways = whether;
        if (whether) {
            client.pods().inNamespace(namespace).list().getItems().forEach(this::sync);
        }
    }

    /** Waits until so many bridges run, and returns them. */
    List<FakeBridge> runs(int number) {
        await("running bridges").until(() -> bridges.size() == number);
        return List.copyOf(bridges.values());
    }

    /** The running bridges of one window. */
    List<FakeBridge> bridges(String window) {
        return bridges.values().stream()
                .filter(bridge -> bridge.window().equals(window))
                .toList();
    }

    FakeBridge runsOne() {
        return runs(1).getFirst();
    }

    private void sync(Pod pod) {
        if (pod.getMetadata().getDeletionTimestamp() != null || !room.test(window(pod))) {
            return;
        }
        String name = pod.getMetadata().getName();
        if ("tom-gateway".equals(pod.getMetadata().getLabels().get("app.kubernetes.io/name"))) {
            startGateway(pod);
            return;
        }
        FakeBridge bridge = bridges.get(name);
        if (bridge == null) {
            start(pod);
            return;
        }
        String hash = annotation(pod);
        if (!hash.equals(touched.put(name, hash))) {
            bridge.reads(folder(pod));
        }
    }

    private void startGateway(Pod pod) {
        if (startsGateways && (pod.getStatus() == null || pod.getStatus().getPodIP() == null)) {
            try {
                client.resource(running(pod, "127.0.0.1")).patchStatus();
            } catch (KubernetesClientException e) {
                // it went while it came
            }
        }
    }

    private void start(Pod pod) {
        String name = pod.getMetadata().getName();
        int number = NEXT.incrementAndGet();
        String address = "127.%d.%d.%d".formatted(1 + (number >> 16) % 250, (number >> 8) & 255, 1 + number % 250);
        FakeBridge bridge;
        try {
            bridge = new FakeBridge(window(pod), name, address, folder(pod), clock);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot serve on " + address + ":8085", e);
        }
        touched.put(name, annotation(pod));
        try {
            client.resource(running(pod, address)).patchStatus();
            bridges.put(name, bridge);
        } catch (KubernetesClientException e) {
            bridge.close(); // it went while it came
        }
    }

    private static Pod running(Pod pod, String address) {
        return new PodBuilder(pod)
                .withNewStatus()
                .withPhase("Running")
                .withPodIP(address)
                .addNewPodIP()
                .withIp(address)
                .endPodIP()
                .addNewCondition()
                .withType("Ready")
                .withStatus("True")
                .endCondition()
                .addNewContainerStatus()
                .withName("bridge")
                .withImage("test")
                .withImageID("test")
                .withReady(true)
                .withRestartCount(0)
                .withNewState()
                .withNewRunning()
                .endRunning()
                .endState()
                .endContainerStatus()
                .endStatus()
                .build();
    }

    private void stopped(Pod pod) {
        FakeBridge bridge = bridges.remove(pod.getMetadata().getName());
        if (bridge != null) {
            bridge.close();
        }
    }

    private Map<String, String> folder(Pod pod) {
        ConfigMap map = client.configMaps()
                .inNamespace(namespace)
                .withName(window(pod) + "-bridge")
                .get();
        return map == null ? Map.of() : new TreeMap<>(map.getData());
    }

    private static String window(Pod pod) {
        return Objects.requireNonNull(pod.getMetadata().getLabels().get("tom.dev/window"));
    }

    private static String annotation(Pod pod) {
        Map<String, String> annotations = pod.getMetadata().getAnnotations();
        return annotations == null ? "" : annotations.getOrDefault(TOUCHED, "");
    }

    @Override
    public void close() {
        watch.close();
        bridges.values().forEach(FakeBridge::close);
    }
}
