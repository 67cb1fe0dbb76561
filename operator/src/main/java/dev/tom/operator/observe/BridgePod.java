package dev.tom.operator.observe;

import dev.tom.operator.desired.Names;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodStatus;
import java.net.URI;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** A bridge pod as the API server shows it. */
record BridgePod(Pod pod) {

    private static final Set<String> OVER = Set.of("Succeeded", "Failed");

    /** Of a worker's last words; a condition is read by people. */
    private static final int MAX_WORDS = 300;

    String name() {
        return pod.getMetadata().getName();
    }

    /** Takes calls: ready, and not on its way out. */
    boolean ready() {
        return pod.getMetadata().getDeletionTimestamp() == null
                && status().getConditions().stream()
                        .anyMatch(condition -> condition.getType().equals("Ready")
                                && condition.getStatus().equals("True"));
    }

    /**
     * The API server says that no process of the bridge runs. In doubt the answer is no: a pod with an address, or in phase Running, may hold a
     * socket unless its bridge container is reported as waiting or terminated.
     */
    boolean notRunning() {
        if (status().getPhase() != null && OVER.contains(status().getPhase())) {
            return true;
        }
        Optional<ContainerStatus> bridge = status().getContainerStatuses().stream()
                .filter(container -> container.getName().equals(Names.BRIDGE_CONTAINER))
                .findFirst();
        if (bridge.isPresent() && bridge.get().getState() != null) {
            return bridge.get().getState().getRunning() == null;
        }
        return "Pending".equals(status().getPhase()) && status().getPodIP() == null;
    }

    /** Where it serves its status; empty without an address. */
    Optional<URI> statusAddress() {
        String ip = status().getPodIP();
        if (ip == null || ip.isEmpty()) {
            return Optional.empty();
        }
        String host = ip.contains(":") ? "[" + ip + "]" : ip;
        return adminPort().map(port -> URI.create("http://" + host + ":" + port + "/status"));
    }

    /** The last words of a speech worker that ended by itself, such as a model that is missing; empty when it said none. */
    Optional<String> workerFailure() {
        return status().getContainerStatuses().stream()
                .filter(container -> container.getName().equals(Names.WORKER_CONTAINER))
                .flatMap(container -> Stream.of(container.getState(), container.getLastState()))
                .filter(Objects::nonNull)
                .map(ContainerState::getTerminated)
                .filter(ended -> ended != null && ended.getExitCode() != null && ended.getExitCode() != 0)
                .map(ContainerStateTerminated::getMessage)
                .filter(words -> words != null && !words.isBlank())
                .map(BridgePod::lastLine)
                .findFirst();
    }

    private static String lastLine(String words) {
        String line = words.strip().lines().reduce("", (before, next) -> next).strip();
        return line.length() <= MAX_WORDS ? line : line.substring(0, MAX_WORDS);
    }

    private Optional<Integer> adminPort() {
        return pod.getSpec().getContainers().stream()
                .map(Container::getPorts)
                .flatMap(java.util.List::stream)
                .filter(port -> Names.ADMIN_PORT.equals(port.getName()))
                .map(ContainerPort::getContainerPort)
                .findFirst();
    }

    private PodStatus status() {
        return pod.getStatus() == null ? new PodStatus() : pod.getStatus();
    }
}
