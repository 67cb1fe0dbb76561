package dev.tom.demo;

import com.marcnuri.helm.Helm;
import dev.tom.crds.v1alpha1.TestWindow;
import dev.tom.kube.TestCluster;
import dev.tom.testkit.Await;
import dev.tom.testkit.ChildProcess;
import dev.tom.testkit.Probe;
import dev.tom.testkit.RunFailure;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The cluster with TOM on it: a real API server, the chart installed by the real Helm library, and the operator as a process that has
 * just the rights of the chart's ServiceAccount.
 */
final class ControlPlane implements AutoCloseable {

    static final String NAMESPACE = "voice";
    private static final String SYSTEM = "tom-system";
    private static final String RELEASE = "tom";
    private static final String OPERATOR_PORT = "18080";

    private final DemoSettings settings;
    private final TestCluster cluster;
    private ChildProcess operator;

    private ControlPlane(DemoSettings settings, TestCluster cluster, ChildProcess operator) {
        this.settings = settings;
        this.cluster = cluster;
        this.operator = operator;
    }

    /**
     * Installs TOM on a cluster, which is closed with the control plane.
     *
     * @param progress takes one sentence at a time
     */
    static ControlPlane start(DemoSettings settings, TestCluster cluster, Consumer<String> progress) {
        try {
            KubernetesClient client = cluster.client();
            client.namespaces()
                    .resource(new NamespaceBuilder()
                            .withNewMetadata()
                            .withName(NAMESPACE)
                            .endMetadata()
                            .build())
                    .serverSideApply();
            new Helm(settings.root().resolve("helm/tom"))
                    .install()
                    .withName(RELEASE)
                    .withNamespace(SYSTEM)
                    .createNamespace()
                    .withKubeConfigContents(cluster.kubeconfig())
                    .call();
            progress.accept("chart helm/tom installed by Helm: CRD, Role, operator Deployment");
            ChildProcess operator = startOperator(settings, cluster);
            progress.accept("operator runs as process " + operator.pid()
                    + " with the rights of the chart's ServiceAccount only");
            return new ControlPlane(settings, cluster, operator);
        } catch (RuntimeException e) {
            cluster.close();
            throw e;
        }
    }

    KubernetesClient client() {
        return cluster.client();
    }

    String description() {
        return cluster.description();
    }

    void requireAlive() {
        operator.requireAlive();
    }

    /** {@code kill -9} for the operator. */
    void killOperator() {
        operator.kill();
    }

    /** Starts the operator again, as its Deployment would. */
    void restartOperator() {
        operator = startOperator(settings, cluster);
    }

    /** Creates the Secrets that the window names. */
    void createSecrets(String apiKey, String salt) {
        secret("realtime-api", Map.of("REALTIME_API_KEY", apiKey));
        secret("phone-hash-salt", Map.of("PHONE_HASH_SALT", salt));
    }

    /** {@code kubectl apply -f} by the real kubectl where there is one. */
    void apply(Path manifest) {
        String kubectl = cluster.kubectl().map(Path::toString).orElse("kubectl");
        Path kubeconfig = settings.output().resolve("kubeconfig");
        Path log = settings.output().resolve("kubectl.log");
        try {
            Files.writeString(kubeconfig, cluster.kubeconfig());
            Process process = new ProcessBuilder(
                            kubectl, "--kubeconfig", kubeconfig.toString(), "apply", "-f", manifest.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            if (process.waitFor() != 0) {
                throw new RunFailure("kubectl apply failed: " + Files.readString(log));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot run " + kubectl, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RunFailure("interrupted while kubectl ran");
        }
    }

    TestWindow window(String name) {
        return client().resources(TestWindow.class)
                .inNamespace(NAMESPACE)
                .withName(name)
                .require();
    }

    @Override
    public void close() {
        operator.close();
        cluster.close();
    }

    private void secret(String name, Map<String, String> data) {
        client().secrets()
                .inNamespace(NAMESPACE)
                .resource(new SecretBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .endMetadata()
                        .withStringData(data)
                        .build())
                .serverSideApply();
    }

    /** As the kubelet resolves it. The API server drops an empty value: absent and empty are the same. */
    private static String value(EnvVar variable) {
        if (variable.getValueFrom() == null) {
            return variable.getValue() == null ? "" : variable.getValue();
        }
        return switch (variable.getValueFrom().getFieldRef().getFieldPath()) {
            case "metadata.namespace" -> SYSTEM;
            case "metadata.name" -> "tom-operator-demo";
            case String other -> throw new RunFailure("the chart asks for " + other + ", which the demo does not know");
        };
    }

    /** The operator with the environment of the chart's own Deployment. */
    private static ChildProcess startOperator(DemoSettings settings, TestCluster cluster) {
        Deployment deployment = cluster.client().apps().deployments().inNamespace(SYSTEM).list().getItems().stream()
                .findFirst()
                .orElseThrow(() -> new RunFailure("the chart installed no Deployment"));
        var pod = deployment.getSpec().getTemplate().getSpec();
        Map<String, String> environment = new HashMap<>();
        pod.getContainers()
                .getFirst()
                .getEnv()
                .forEach(variable -> environment.put(variable.getName(), value(variable)));
        Path kubeconfig = settings.output().resolve("operator.kubeconfig");
        try {
            Files.writeString(
                    kubeconfig, cluster.asServiceAccount(SYSTEM, pod.getServiceAccountName()), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + kubeconfig, e);
        }
        environment.put("KUBECONFIG", kubeconfig.toString());
        environment.put("TOM_HTTP_PORT", OPERATOR_PORT);
        ChildProcess operator = ChildProcess.start(
                "operator",
                List.of(
                        settings.java(),
                        "-jar",
                        settings.root().resolve("operator/target/operator.jar").toString()),
                environment,
                settings.output(),
                settings.output().resolve("operator.log"));
        Probe ready = new Probe(URI.create("http://127.0.0.1:" + OPERATOR_PORT + "/readyz"));
        Await.until("ready operator", Duration.ofSeconds(30), () -> {
            operator.requireAlive();
            return ready.succeeds();
        });
        return operator;
    }
}
