package dev.tom.operator.story;

import static org.awaitility.Awaitility.await;

import dev.tom.operator.OperatorProcess;
import dev.tom.operator.OperatorSettings;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The real operator, in this JVM with a clock that can be moved, or as a process of its own that can be killed. */
final class OperatorUnderTest implements AutoCloseable {

    private static final Path JAR = Path.of("target", "operator.jar");
    private static final Path LOG = Path.of("target", "operator-process.log");

    private final String kubeconfig;
    private final String namespace;
    private final InstantSource clock;
    private @Nullable OperatorProcess inside;
    private @Nullable Process outside;

    OperatorUnderTest(String kubeconfig, String namespace, InstantSource clock) {
        this.kubeconfig = kubeconfig;
        this.namespace = namespace;
        this.clock = clock;
    }

    void starts() {
        var client = new KubernetesClientBuilder()
                .withConfig(Config.fromKubeconfig(kubeconfig))
                .build();
        inside = new OperatorProcess(
                OperatorSettings.from(Map.of(
                        "TOM_NAMESPACES", namespace, "TOM_HTTP_PORT", "0", "TOM_BRIDGE_IMAGE", "tom-bridge:test")),
                client,
                clock,
                () -> {});
        inside.start();
    }

    void stops() {
        if (inside != null) {
            inside.close();
            inside = null;
        }
    }

    /** Starts the packaged program; its log is kept in the build folder. */
    void startsAsAProcess(Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("kubeconfig"), kubeconfig);
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-jar", JAR.toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(LOG.toFile()));
        builder.environment().keySet().removeIf(name -> name.startsWith("TOM_"));
        builder.environment()
                .putAll(Map.of(
                        "KUBECONFIG",
                        file.toString(),
                        "TOM_NAMESPACES",
                        namespace,
                        "TOM_HTTP_PORT",
                        "0",
                        "TOM_BRIDGE_IMAGE",
                        "tom-bridge:test"));
        outside = builder.start();
    }

    /** {@code kill -9}. */
    void isKilled() {
        if (outside != null) {
            outside.destroyForcibly();
            await("end of the process").atMost(Duration.ofSeconds(10)).until(() -> !outsideAlive());
        }
    }

    private boolean outsideAlive() {
        return outside != null && outside.isAlive();
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
        isKilled();
    }
}
