package dev.tom.operator.story;

import dev.tom.operator.OperatorProcess;
import dev.tom.operator.OperatorSettings;
import io.fabric8.kubernetes.client.Config;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The real operator, in this JVM with a clock that can be moved, or as a process of its own that can be killed. */
final class OperatorUnderTest implements AutoCloseable {

    private final String kubeconfig;
    private final String namespace;
    private final InstantSource clock;
    private @Nullable OperatorProcess inside;
    private final List<Replica> replicas = new ArrayList<>();

    OperatorUnderTest(String kubeconfig, String namespace, InstantSource clock) {
        this.kubeconfig = kubeconfig;
        this.namespace = namespace;
        this.clock = clock;
    }

    void starts() {
        starts(Map.of());
    }

    /** Starts with further settings. */
    void starts(Map<String, String> settings) {
        var env = new HashMap<>(settings);
        env.putAll(Map.of("TOM_NAMESPACES", namespace, "TOM_HTTP_PORT", "0", "TOM_BRIDGE_IMAGE", "tom-bridge:test"));
        inside = new OperatorProcess(OperatorSettings.from(env), Config.fromKubeconfig(kubeconfig), clock, () -> {});
        inside.start();
    }

    void stops() {
        if (inside != null) {
            inside.close();
            inside = null;
        }
    }

    /** Starts the packaged program; its log is kept in the build folder. */
    Replica startsAsAProcess() {
        Replica replica = replica("operator", false);
        replica.starts();
        return replica;
    }

    /** A packaged operator, not started yet; with election, one of those that share the Lease of the namespace. */
    Replica replica(String name, boolean election) {
        return replica(name, election, kubeconfig);
    }

    /** A packaged operator, not started yet, that reaches the API server over a wire only. */
    Replica replicaThrough(Wire wire, String name) {
        return replica(name, true, kubeconfig.replace(":" + apiPort(), ":" + wire.port()));
    }

    int apiPort() {
        return URI.create(Config.fromKubeconfig(kubeconfig).getMasterUrl()).getPort();
    }

    private Replica replica(String name, boolean election, String config) {
        try {
            Path file = Files.createTempFile("kubeconfig-", ".yaml");
            file.toFile().deleteOnExit();
            Files.writeString(file, config);
            var environment = new TreeMap<>(Map.of(
                    "KUBECONFIG",
                    file.toString(),
                    "TOM_NAMESPACES",
                    namespace,
                    "TOM_BRIDGE_IMAGE",
                    "tom-bridge:test",
                    "TOM_POD_NAME",
                    name));
            if (election) {
                environment.put("TOM_LEADER_ELECTION", "true");
                environment.put("TOM_LEADER_ELECTION_NAMESPACE", namespace);
            }
            Replica replica = new Replica(environment);
            replicas.add(replica);
            return replica;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String metrics() throws IOException, InterruptedException {
        if (inside == null) {
            throw new IllegalStateException("not started");
        }
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(
                            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + inside.httpPort() + "/metrics"))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString())
                    .body();
        }
    }

    @Override
    public void close() {
        stops();
        replicas.forEach(Replica::close);
    }
}
