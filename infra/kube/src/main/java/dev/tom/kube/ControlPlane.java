package dev.tom.kube;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * etcd, kube-apiserver and kube-controller-manager as processes of this machine. Without the controller manager a Deployment
 * makes no Pods, a namespace is never deleted, and no ServiceAccount appears. There is no kubelet and no scheduler: Pods stay Pending.
 */
final class ControlPlane implements Outages, AutoCloseable {

    private static final Duration READY_WITHIN = Duration.ofSeconds(60);
    private static final Duration POLL = Duration.ofMillis(50);
    private static final int ATTEMPTS = 3;

    private final Deque<GuardedProcess> processes = new ArrayDeque<>();
    private final Path directory;
    private final Path programs;
    private final Credentials credentials;
    private final String kubeconfig;
    private final String etcdAddress;
    private final int apiPort;
    private final GuardedProcess etcd;
    private GuardedProcess api;

    /**
     * Starts a control plane and waits until it serves and its controllers work.
     *
     * @param programs folder with etcd, kube-apiserver and kube-controller-manager
     * @throws ClusterUnavailableException when a program ends early or is not ready within 60 s
     */
    static ControlPlane start(Path programs) {
        for (int attempt = 1; ; attempt++) {
            try {
                return new ControlPlane(programs);
            } catch (ClusterUnavailableException e) {
                // A port was free when it was chosen, and taken when the program bound it.
                if (attempt == ATTEMPTS || !String.valueOf(e.getMessage()).contains("address already in use")) {
                    throw e;
                }
            } catch (IOException e) {
                throw new UncheckedIOException("cannot start a control plane from " + programs, e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new ClusterUnavailableException("interrupted while the control plane started", e);
            }
        }
    }

    private ControlPlane(Path programs) throws IOException, InterruptedException {
        this.programs = programs;
        directory = Files.createTempDirectory("tom-kube-");
        try {
            credentials = Credentials.create(directory);
            Instant giveUp = Instant.now().plus(READY_WITHIN);
            List<Integer> ports = freePorts(3);
            etcdAddress = "http://127.0.0.1:" + ports.get(0);
            apiPort = ports.get(2);
            etcd = startEtcd(etcdAddress, "http://127.0.0.1:" + ports.get(1));
            api = startApiServer(etcdAddress, apiPort);
            Path certificate = directory.resolve("pki/apiserver.crt");
            while (!Files.exists(certificate) || Files.size(certificate) == 0) {
                pause(api, giveUp);
            }
            String server = "https://127.0.0.1:" + apiPort;
            String ca = Base64.getEncoder().encodeToString(Files.readAllBytes(certificate));
            kubeconfig = Kubeconfigs.withToken(server, ca, credentials.adminToken());
            try (KubernetesClient probe = Kubeconfigs.impatientClient(kubeconfig)) {
                while (!serves(probe)) {
                    pause(api, giveUp);
                }
                GuardedProcess controllers =
                        startControllers(Kubeconfigs.withToken(server, ca, credentials.controllerToken()), certificate);
                while (probe.serviceAccounts()
                                .inNamespace("default")
                                .withName("default")
                                .get()
                        == null) {
                    pause(controllers, giveUp);
                }
            }
        } catch (IOException | InterruptedException | RuntimeException e) {
            close();
            throw e;
        }
    }

    String kubeconfig() {
        return kubeconfig;
    }

    @Override
    public synchronized void stopApiServer() {
        api.close();
        processes.remove(api);
    }

    @Override
    public synchronized void startApiServer() {
        try (KubernetesClient probe = Kubeconfigs.impatientClient(kubeconfig)) {
            api = startApiServer(etcdAddress, apiPort);
            Instant giveUp = Instant.now().plus(READY_WITHIN);
            while (!serves(probe)) {
                pause(api, giveUp);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start the API server again", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ClusterUnavailableException("interrupted while the API server started again", e);
        }
    }

    @Override
    public void freezeStore() {
        signalStore("STOP");
    }

    @Override
    public void thawStore() {
        signalStore("CONT");
    }

    private void signalStore(String signal) {
        try {
            etcd.signal(signal);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Ends the processes, the last one started first, and removes their folder. */
    @Override
    public void close() {
        while (!processes.isEmpty()) {
            processes.pop().close();
        }
        // The guard of etcd removes it too, also when this JVM is killed: whoever comes second finds less.
        try {
            Files.walkFileTree(directory, new Remover());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot remove " + directory, e);
        }
    }

    private static final class Remover extends SimpleFileVisitor<Path> {
        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException gone) {
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException gone) throws IOException {
            Files.deleteIfExists(folder);
            return FileVisitResult.CONTINUE;
        }
    }

    private GuardedProcess startEtcd(String client, String peer) throws IOException {
        // No fsync: the data need not survive a power cut, and writes get much faster.
        return run(
                "etcd",
                directory.toString(),
                "--name=tom",
                "--data-dir=" + directory.resolve("etcd"),
                "--unsafe-no-fsync",
                "--log-level=warn",
                "--listen-client-urls=" + client,
                "--advertise-client-urls=" + client,
                "--listen-peer-urls=" + peer,
                "--initial-advertise-peer-urls=" + peer,
                "--initial-cluster=tom=" + peer);
    }

    private GuardedProcess startApiServer(String etcd, int port) throws IOException {
        return run(
                "kube-apiserver",
                "",
                "--etcd-servers=" + etcd,
                "--bind-address=127.0.0.1",
                "--advertise-address=127.0.0.1",
                "--secure-port=" + port,
                "--cert-dir=" + directory.resolve("pki"),
                "--authorization-mode=RBAC",
                "--token-auth-file=" + credentials.tokens(),
                "--endpoint-reconciler-type=none",
                "--allow-privileged=true",
                "--service-cluster-ip-range=10.96.0.0/16",
                "--service-account-issuer=https://kubernetes.default.svc",
                "--service-account-key-file=" + credentials.verifyingKey(),
                "--service-account-signing-key-file=" + credentials.signingKey(),
                "--profiling=false");
    }

    private GuardedProcess startControllers(String kubeconfigText, Path certificate) throws IOException {
        Path file = Files.writeString(directory.resolve("controller-manager.kubeconfig"), kubeconfigText);
        // The default limit of 20 requests a second makes the controllers start one by one over 5 s.
        return run(
                "kube-controller-manager",
                "",
                "--kubeconfig=" + file,
                "--use-service-account-credentials",
                "--service-account-private-key-file=" + credentials.signingKey(),
                "--root-ca-file=" + certificate,
                "--leader-elect=false",
                "--secure-port=0",
                "--kube-api-qps=500",
                "--kube-api-burst=1000",
                "--flex-volume-plugin-dir=" + directory.resolve("volume-plugins"));
    }

    private GuardedProcess run(String program, String removeAtEnd, String... flags) throws IOException {
        var command = new ArrayList<String>();
        command.add(programs.resolve(program).toString());
        command.addAll(List.of(flags));
        GuardedProcess started =
                GuardedProcess.start(program, directory.resolve(program + ".log"), removeAtEnd, command);
        processes.push(started);
        return started;
    }

    private static void pause(GuardedProcess process, Instant giveUp) throws InterruptedException {
        process.pause(POLL);
        if (Instant.now().isAfter(giveUp)) {
            throw new ClusterUnavailableException("the control plane was not ready within %d s; the last words: %s"
                    .formatted(READY_WITHIN.toSeconds(), process.tail()));
        }
    }

    private static boolean serves(KubernetesClient probe) {
        try {
            return "ok".equals(probe.raw("/readyz"));
        } catch (KubernetesClientException e) {
            return false;
        }
    }

    /** Ports that were free a moment ago; all are held open together, so that none comes twice. */
    private static List<Integer> freePorts(int count) throws IOException {
        var held = new ArrayList<ServerSocket>();
        try {
            for (int i = 0; i < count; i++) {
                held.add(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
            }
            return held.stream().map(ServerSocket::getLocalPort).toList();
        } finally {
            for (ServerSocket socket : held) {
                socket.close();
            }
        }
    }
}
