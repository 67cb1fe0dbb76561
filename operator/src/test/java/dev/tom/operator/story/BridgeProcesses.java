package dev.tom.operator.story;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tom.testkit.CallerOptions;
import dev.tom.testkit.ChildProcess;
import dev.tom.testkit.ForkCaller;
import dev.tom.testkit.ProviderOptions;
import dev.tom.testkit.ProviderSession;
import dev.tom.testkit.ScriptedProvider;
import dev.tom.testkit.Speech;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A node that runs bridge pods as what they are: the real program in a process, told by the pod's ConfigMap, with one directory of cost
 * records for all of them, a scripted provider to talk to, and callers.
 */
final class BridgeProcesses implements AutoCloseable {

    private static final String KEY = "sk-of-the-real-bridges";
    private static final Pattern PORT = Pattern.compile("telephone sockets on .*?:([0-9]+)/v1/fork");
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final KubernetesClient client;
    private final String namespace;
    private final Path folder;
    private final Vertx vertx = Vertx.vertx();
    private final HttpClient http = HttpClient.newHttpClient();
    private final ScriptedProvider provider = ScriptedProvider.start(vertx, ProviderOptions.standard(KEY));
    private final Map<String, Bridge> bridges = new LinkedHashMap<>();
    private final Set<Integer> known = new HashSet<>();
    private final int block = ThreadLocalRandom.current().nextInt(1, 250);

    /** A pod that runs. */
    record Bridge(String pod, String address, Path config, Path log, ChildProcess process) {}

    BridgeProcesses(KubernetesClient client, String namespace, Path folder) {
        this.client = client;
        this.namespace = namespace;
        this.folder = folder;
    }

    Path costs() {
        return folder.resolve("costs");
    }

    /** Runs the first so many pods that want to run. */
    List<String> run(int number) throws IOException {
        await("pods").atMost(PATIENCE).until(() -> pods().size() >= number);
        for (Pod pod : pods().subList(0, number)) {
            start(pod);
        }
        for (Bridge bridge : bridges.values()) {
            await(bridge.process().tail())
                    .atMost(PATIENCE)
                    .until(() -> PORT.matcher(Files.readString(bridge.log())).find());
            ready(bridge);
        }
        return List.copyOf(bridges.keySet());
    }

    private List<Pod> pods() {
        return client.pods().inNamespace(namespace).list().getItems();
    }

    private void start(Pod pod) throws IOException {
        String name = pod.getMetadata().getName();
        String address = "127.251.%d.%d".formatted(block, 1 + bridges.size());
        Path config = Files.createDirectories(folder.resolve(name));
        Path log = folder.resolve(name + ".log");
        project(config);
        bridges.put(
                name,
                new Bridge(
                        name,
                        address,
                        config,
                        log,
                        program(name, log, "bridge", "--config-dir", config.toString(), address)));
    }

    private ChildProcess program(String name, Path log, String... arguments) {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-Dlogback.configurationFile=logback.xml",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.tom.bridge.BridgeMain"));
        command.addAll(List.of(arguments));
        var environment = new TreeMap<>(Map.of("COST_LOG_DIR", costs().toString()));
        if (arguments[0].equals("bridge")) {
            String address = command.removeLast();
            environment.putAll(Map.of(
                    "HOSTNAME", name,
                    "REALTIME_API_KEY", KEY,
                    "TELEPHONY_HOST", address,
                    "TELEPHONY_PORT", "0",
                    "ADMIN_HOST", address));
        }
        return ChildProcess.start(name, command, environment, folder, log);
    }

    /** Brings the ConfigMap to where a bridge reads it, as a kubelet does; only the provider is another one. */
    private void project(Path config) throws IOException {
        Map<String, String> data = Objects.requireNonNull(client.configMaps()
                .inNamespace(namespace)
                .withName("pilot-bridge")
                .get()
                .getData());
        try (var present = Files.list(config)) {
            for (Path file : present.toList()) {
                if (!data.containsKey(String.valueOf(file.getFileName()))) {
                    Files.delete(file);
                }
            }
        }
        for (Map.Entry<String, String> setting : data.entrySet()) {
            Files.writeString(config.resolve(setting.getKey()), setting.getValue());
        }
        Files.writeString(config.resolve("REALTIME_WS_URL"), provider.url().toString());
    }

    /** Every bridge reads what its ConfigMap says now. */
    void readTheirConfiguration() throws IOException {
        for (Bridge bridge : bridges.values()) {
            project(bridge.config());
        }
    }

    private void ready(Bridge bridge) {
        Pod pod = client.pods().inNamespace(namespace).withName(bridge.pod()).get();
        client.resource(new PodBuilder(pod)
                        .withNewStatus()
                        .withPhase("Running")
                        .withPodIP(bridge.address())
                        .addNewPodIP()
                        .withIp(bridge.address())
                        .endPodIP()
                        .addNewCondition()
                        .withType("Ready")
                        .withStatus("True")
                        .endCondition()
                        .endStatus()
                        .build())
                .patchStatus();
        await("calls go to the provider")
                .atMost(PATIENCE)
                .until(() -> status(bridge.pod()).path("backend").asText().equals("provider"));
    }

    /** What a bridge says of itself. */
    JsonNode status(String pod) throws IOException, InterruptedException {
        URI page = URI.create("http://" + bridge(pod).address() + ":8085/status");
        return JSON.readTree(http.send(HttpRequest.newBuilder(page).build(), BodyHandlers.ofString())
                .body());
    }

    private Bridge bridge(String pod) {
        return Objects.requireNonNull(bridges.get(pod), pod);
    }

    /** Somebody calls, says something, and has got an answer that the provider has billed. */
    ForkCaller calls(String pod, String callId) throws Exception {
        Matcher port = PORT.matcher(Files.readString(bridge(pod).log()));
        if (!port.find()) {
            throw new IllegalStateException(bridge(pod).process().tail());
        }
        URI fork = URI.create("ws://" + bridge(pod).address() + ":" + port.group(1) + "/v1/fork");
        ForkCaller caller =
                ForkCaller.dial(vertx, CallerOptions.of(fork, callId)).get(10, TimeUnit.SECONDS);
        caller.say(Speech.CALLER_HOURS);
        ProviderSession session = await("a session for " + callId)
                .atMost(PATIENCE)
                .until(this::newSession, Optional::isPresent)
                .orElseThrow();
        await("an answer for " + callId)
                .atMost(PATIENCE)
                .until(() -> !session.billed().isEmpty());
        return caller;
    }

    private Optional<ProviderSession> newSession() {
        return provider.sessions().stream()
                .filter(session -> !known.contains(session.number()))
                .filter(session ->
                        !session.received("input_audio_buffer.append").isEmpty())
                .findAny()
                .map(session -> {
                    known.add(session.number());
                    return session;
                });
    }

    /** {@code kill -9}, and the pod with it. */
    void dies(String pod) {
        bridge(pod).process().kill();
        bridges.remove(pod);
        client.pods().inNamespace(namespace).withName(pod).withGracePeriod(0).delete();
    }

    /** {@code tom costs --json} over the directory. */
    JsonNode costsByBackend() throws IOException {
        Path out = folder.resolve("costs.json");
        ChildProcess costs = program("costs", out, "costs", "--json", "--by", "backend");
        await("tom costs").atMost(PATIENCE).until(() -> !costs.isAlive());
        String said = Files.readString(out);
        return JSON.readTree(said.substring(said.indexOf('{')));
    }

    @Override
    public void close() {
        bridges.values().forEach(bridge -> bridge.process().kill());
        http.close();
        vertx.close().await();
    }
}
