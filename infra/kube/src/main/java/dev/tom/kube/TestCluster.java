package dev.tom.kube;

import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * A real Kubernetes API server with working controllers, for tests and the demo. Threads may share it.
 *
 * <p>Where it comes from (the first that works): a kubeconfig named by {@code TOM_TEST_KUBECONFIG}; K3s in Docker; binaries on this
 * machine; binaries that can be downloaded; binaries built by Go. Only the first two have a kubelet: on the others Pods stay Pending.
 */
public final class TestCluster implements AutoCloseable {

    private static final Duration ACCOUNT_WITHIN = Duration.ofMinutes(2);

    private final String kubeconfig;
    private final String description;
    private final Config config;
    private final KubernetesClient client;
    private final Optional<AutoCloseable> owned;
    private final Queue<String> namespaces = new ConcurrentLinkedQueue<>();
    private Optional<Path> kubectl = Optional.empty();
    private Optional<Outages> outages = Optional.empty();

    private TestCluster(String kubeconfig, String description, Optional<AutoCloseable> owned) {
        this.kubeconfig = kubeconfig;
        this.description = description;
        this.owned = owned;
        config = Config.fromKubeconfig(kubeconfig);
        client = new KubernetesClientBuilder().withConfig(config).build();
    }

    /**
     * Finds or starts a cluster. The last line of progress begins with {@code cluster:} and says which it is and why.
     *
     * @param progress takes one sentence at a time for the user
     * @throws ClusterUnavailableException when none can be had here
     */
    public static TestCluster start(ClusterSettings settings, Consumer<String> progress) {
        return start(ClusterSource.inOrder(), settings, progress);
    }

    static TestCluster start(List<ClusterSource> sources, ClusterSettings settings, Consumer<String> progress) {
        long started = System.nanoTime();
        var reasons = new ArrayList<String>();
        for (ClusterSource source : sources) {
            switch (source.open(settings, progress)) {
                case ClusterSource.Outcome.Opened(TestCluster cluster) -> {
                    double seconds = (System.nanoTime() - started) / 1e9;
                    progress.accept(String.format(
                            "cluster: %s; ready in %.1f s%s", cluster.description, seconds, because(reasons)));
                    return cluster;
                }
                case ClusterSource.Outcome.NotHere(String reason) -> reasons.add(reason);
            }
        }
        throw new ClusterUnavailableException(
                "no Kubernetes API server for the tests: start Docker, or install Go 1.24 or newer, or name a kubeconfig in "
                        + ClusterSettings.KUBECONFIG_NAME + " (" + String.join("; ", reasons) + ")");
    }

    private static String because(List<String> reasons) {
        return reasons.isEmpty() ? "" : " (" + String.join("; ", reasons) + ")";
    }

    /** A cluster that others use too: only the namespaces made here are removed at the end. */
    static TestCluster shared(String kubeconfig, String description) {
        return new TestCluster(kubeconfig, description, Optional.empty());
    }

    /** A cluster that ends with {@link #close()}. */
    static TestCluster throwaway(String kubeconfig, String description, AutoCloseable owned) {
        return new TestCluster(kubeconfig, description, Optional.of(owned));
    }

    TestCluster withKubectl(Path programs) {
        kubectl = Optional.of(programs.resolve("kubectl")).filter(Files::isExecutable);
        return this;
    }

    TestCluster with(Outages possible) {
        outages = Optional.of(possible);
        return this;
    }

    /** What can be made to go wrong; empty where the processes are not ours. Use an {@link OwnCluster} for it. */
    public Optional<Outages> outages() {
        return outages;
    }

    /** A client with all rights; closed together with the cluster. */
    public KubernetesClient client() {
        return client;
    }

    /** Contents of a kubeconfig with all rights. */
    public String kubeconfig() {
        return kubeconfig;
    }

    /** What this cluster is, for people. */
    public String description() {
        return description;
    }

    /** A kubectl of the cluster's version, where one came with it. */
    public Optional<Path> kubectl() {
        return kubectl;
    }

    /**
     * Creates a namespace with a name that nobody else has, and waits for its default ServiceAccount, without which no Pod can be made.
     *
     * @param prefix start of the name, at most 50 characters of {@code a-z0-9-}
     * @return the name
     */
    public String newNamespace(String prefix) {
        String name = prefix + "-"
                + Integer.toString(ThreadLocalRandom.current().nextInt(36 * 36 * 36, 36 * 36 * 36 * 36), 36);
        client.namespaces()
                .resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .endMetadata()
                        .build())
                .create();
        namespaces.add(name);
        client.serviceAccounts()
                .inNamespace(name)
                .withName("default")
                .waitUntilCondition(account -> account != null, ACCOUNT_WITHIN.toSeconds(), TimeUnit.SECONDS);
        return name;
    }

    /**
     * Contents of a kubeconfig that acts as a ServiceAccount, by a token of the TokenRequest API that is valid for one hour.
     *
     * @param namespace of the ServiceAccount
     * @param name of an existing ServiceAccount
     */
    public String asServiceAccount(String namespace, String name) {
        String token = client.serviceAccounts()
                .inNamespace(namespace)
                .withName(name)
                .tokenRequest()
                .getStatus()
                .getToken();
        return Kubeconfigs.withToken(config.getMasterUrl(), caData(), token);
    }

    /** A client that acts as a ServiceAccount; the caller closes it. */
    public KubernetesClient clientAs(String namespace, String name) {
        return new KubernetesClientBuilder()
                .withConfig(Config.fromKubeconfig(asServiceAccount(namespace, name)))
                .build();
    }

    private String caData() {
        if (config.getCaCertData() != null) {
            String data = config.getCaCertData();
            return data.startsWith("-----")
                    ? Base64.getEncoder().encodeToString(data.getBytes(StandardCharsets.US_ASCII))
                    : data;
        }
        try {
            return Base64.getEncoder().encodeToString(Files.readAllBytes(Path.of(config.getCaCertFile())));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the CA of " + description, e);
        }
    }

    /** Ends a cluster started here; removes from a shared one the namespaces made here, without waiting for them to be gone. */
    @Override
    public void close() {
        if (owned.isEmpty()) {
            namespaces.forEach(name -> client.namespaces().withName(name).delete());
        }
        client.close();
        owned.ifPresent(TestCluster::end);
    }

    private static void end(AutoCloseable owned) {
        try {
            owned.close();
        } catch (Exception e) {
            throw new IllegalStateException("cannot end the cluster", e);
        }
    }
}
