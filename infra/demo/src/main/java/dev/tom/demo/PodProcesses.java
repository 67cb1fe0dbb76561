package dev.tom.demo;

import dev.tom.testkit.Await;
import dev.tom.testkit.ChildProcess;
import dev.tom.testkit.Probe;
import dev.tom.testkit.RunFailure;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarSource;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodConditionBuilder;
import io.fabric8.kubernetes.api.model.PodIPBuilder;
import io.fabric8.kubernetes.api.model.PodStatusBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One pod's containers as processes: command, environment and volumes come from the pod object that the API server holds, so what the
 * operator rendered is what runs. Paths of volumes are rewritten to directories here, because processes share the machine's files.
 */
final class PodProcesses implements AutoCloseable {

    private static final Duration READY_WITHIN = Duration.ofSeconds(60);

    /**
     * What the machine gives to every pod.
     *
     * @param program the command that stands for the image's entrypoint
     * @param environment set in every container, as a node's runtime would
     * @param claims directories that stand for persistent volume claims, by claim name
     * @param directory for volumes and working directories
     * @param logs one file per container
     */
    record Machine(
            List<String> program,
            Map<String, String> environment,
            Map<String, Path> claims,
            Path directory,
            Path logs) {}

    private final KubernetesClient client;
    private final Pod pod;
    private final String address;
    private final Path directory;
    private final Map<String, String> localPaths = new LinkedHashMap<>();
    private final Map<ProjectedVolume, String> configMaps = new LinkedHashMap<>();
    private final List<ChildProcess> containers = new ArrayList<>();
    private final Map<String, String> environment = new HashMap<>();
    private volatile boolean ready;

    private PodProcesses(KubernetesClient client, Pod pod, String address, Path directory) {
        this.client = client;
        this.pod = pod;
        this.address = address;
        this.directory = directory;
    }

    static PodProcesses start(KubernetesClient client, Pod pod, String address, Machine machine) {
        PodProcesses processes = new PodProcesses(
                client,
                pod,
                address,
                machine.directory().resolve(pod.getMetadata().getName()));
        processes.mountVolumes(machine.claims());
        processes.project();
        for (Container container : pod.getSpec().getContainers()) {
            processes.containers.add(processes.start(container, machine));
        }
        return processes;
    }

    String address() {
        return address;
    }

    boolean isReady() {
        return ready;
    }

    /** The pod's fork endpoint for telephone legs. */
    URI telephony() {
        return URI.create("ws://" + address + ":8080/v1/fork");
    }

    /** The directory of the cost log on this machine. */
    Path costLog() {
        return workingDirectory().resolve(environment.getOrDefault("COST_LOG_DIR", "data/cost_logs"));
    }

    void requireAlive() {
        containers.forEach(ChildProcess::requireAlive);
    }

    /** Brings every ConfigMap directory up to the API server's state. */
    void project() {
        configMaps.forEach((volume, name) -> {
            Map<String, String> data = new HashMap<>();
            configMap(name).getData().forEach((key, value) -> data.put(key, rewrite(value)));
            volume.project(data);
        });
    }

    /** Waits for the readiness probe of the bridge. */
    void awaitReady() {
        Probe probe = new Probe(URI.create("http://" + address + ":8085/readyz"));
        boolean answered = Await.holdsWithin(READY_WITHIN, () -> {
            requireAlive();
            return probe.succeeds();
        });
        if (!answered) {
            throw new RunFailure("the bridge was not ready within " + READY_WITHIN.toSeconds() + " s; its last lines:\n"
                    + containers.getFirst().tail());
        }
    }

    /** Writes the pod's status as a kubelet does: running, ready, with its address. */
    void reportReady() {
        String now = Instant.now().toString();
        client.pods()
                .inNamespace(namespace())
                .withName(pod.getMetadata().getName())
                .editStatus(current -> {
                    current.setStatus(new PodStatusBuilder(current.getStatus())
                            .withPhase("Running")
                            .withPodIP(address)
                            .withPodIPs(new PodIPBuilder().withIp(address).build())
                            .withStartTime(now)
                            .withConditions(List.of(condition("Ready", now), condition("ContainersReady", now)))
                            .build());
                    return current;
                });
        ready = true;
    }

    @Override
    public void close() {
        containers.forEach(ChildProcess::close);
    }

    private Path workingDirectory() {
        return directory.resolve("work");
    }

    private static io.fabric8.kubernetes.api.model.PodCondition condition(String type, String now) {
        return new PodConditionBuilder()
                .withType(type)
                .withStatus("True")
                .withLastTransitionTime(now)
                .build();
    }

    private void mountVolumes(Map<String, Path> claims) {
        for (Container container : pod.getSpec().getContainers()) {
            for (VolumeMount mount : container.getVolumeMounts()) {
                if (localPaths.containsKey(mount.getMountPath())) {
                    continue;
                }
                Volume volume = volume(mount.getName());
                Path path = directory.resolve("volumes").resolve(mount.getName());
                if (volume.getConfigMap() != null) {
                    configMaps.put(
                            new ProjectedVolume(path), volume.getConfigMap().getName());
                } else if (volume.getPersistentVolumeClaim() != null) {
                    path = claims.getOrDefault(volume.getPersistentVolumeClaim().getClaimName(), path);
                }
                localPaths.put(mount.getMountPath(), path.toString());
            }
        }
    }

    private Volume volume(String name) {
        return pod.getSpec().getVolumes().stream()
                .filter(volume -> volume.getName().equals(name))
                .findFirst()
                .orElseThrow(() -> new RunFailure("the pod mounts volume " + name + ", which it does not declare"));
    }

    /** A path below a mount becomes a path here; everything else stays as it is. */
    private String rewrite(String text) {
        for (Map.Entry<String, String> mount : localPaths.entrySet()) {
            if (text.equals(mount.getKey()) || text.startsWith(mount.getKey() + "/")) {
                return mount.getValue() + text.substring(mount.getKey().length());
            }
        }
        return text;
    }

    private ChildProcess start(Container container, Machine machine) {
        List<String> command = new ArrayList<>(machine.program());
        container.getArgs().forEach(arg -> command.add(rewrite(arg)));
        Map<String, String> own = new HashMap<>(machine.environment());
        own.put("TELEPHONY_HOST", address);
        own.put("ADMIN_HOST", address);
        container
                .getEnvFrom()
                .forEach(source -> configMap(source.getConfigMapRef().getName())
                        .getData()
                        .forEach((key, value) -> own.put(key, rewrite(value))));
        container.getEnv().forEach(variable -> own.put(variable.getName(), rewrite(value(variable))));
        environment.putAll(own);
        return ChildProcess.start(
                container.getName(),
                command,
                own,
                workingDirectory(),
                machine.logs().resolve(container.getName() + ".log"));
    }

    private String value(EnvVar variable) {
        EnvVarSource source = variable.getValueFrom();
        if (source == null) {
            return variable.getValue() == null ? "" : variable.getValue();
        }
        if (source.getSecretKeyRef() != null) {
            Secret secret = client.secrets()
                    .inNamespace(namespace())
                    .withName(source.getSecretKeyRef().getName())
                    .require();
            byte[] value = Base64.getDecoder()
                    .decode(secret.getData().get(source.getSecretKeyRef().getKey()));
            return new String(value, StandardCharsets.UTF_8);
        }
        return switch (source.getFieldRef().getFieldPath()) {
            case "metadata.name" -> pod.getMetadata().getName();
            case "metadata.namespace" -> namespace();
            case "status.podIP" -> address;
            case String other ->
                throw new RunFailure("the pod asks for " + other + ", which this node stand-in does not know");
        };
    }

    private ConfigMap configMap(String name) {
        return client.configMaps().inNamespace(namespace()).withName(name).require();
    }

    private String namespace() {
        return pod.getMetadata().getNamespace();
    }
}
