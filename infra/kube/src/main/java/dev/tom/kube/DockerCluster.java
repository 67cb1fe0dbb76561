package dev.tom.kube;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Consumer;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.k3s.K3sContainer;
import org.testcontainers.utility.DockerImageName;

/** K3s in a container, where a Docker engine answers. */
record DockerCluster() implements ClusterSource {

    private static final String PING = "GET /_ping HTTP/1.0\r\nHost: docker\r\n\r\n";
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(2);
    private static final DockerImageName IMAGE = DockerImageName.parse("rancher/k3s:v1.34.1-k3s1");

    @Override
    public Outcome open(ClusterSettings settings, Consumer<String> progress) {
        // Asked first, because Testcontainers searches for seconds and logs stack traces when there is no engine.
        if (settings.dockerHost().isEmpty() && settings.dockerSockets().stream().noneMatch(DockerCluster::answers)) {
            return new Outcome.NotHere("no Docker engine answers");
        }
        if (!DockerClientFactory.instance().isDockerAvailable()) {
            return new Outcome.NotHere("the Docker engine does not accept Testcontainers");
        }
        progress.accept("starting " + IMAGE + " in Docker; the first time it is pulled (about 80 MB)");
        var container = new K3sContainer(IMAGE);
        try {
            container.start();
        } catch (RuntimeException e) {
            container.stop();
            return new Outcome.NotHere("Docker is there, but " + IMAGE + " did not start: " + e.getMessage());
        }
        return new Outcome.Opened(TestCluster.throwaway(
                container.getKubeConfigYaml(), "K3s " + IMAGE.getVersionPart() + " in Docker", container::stop));
    }

    /** Whether a Docker engine answers its ping on a Unix socket, within two seconds. */
    static boolean answers(Path socket) {
        if (!Files.exists(socket)) {
            return false;
        }
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
                Selector selector = Selector.open()) {
            channel.connect(UnixDomainSocketAddress.of(socket));
            channel.write(ByteBuffer.wrap(PING.getBytes(StandardCharsets.US_ASCII)));
            channel.configureBlocking(false).register(selector, SelectionKey.OP_READ);
            var status = ByteBuffer.allocate("HTTP/1.0 200".length());
            int read = 0;
            while (read >= 0 && status.hasRemaining()) {
                selector.selectedKeys().clear();
                if (selector.select(ANSWER_WITHIN.toMillis()) == 0) {
                    return false;
                }
                read = channel.read(status);
            }
            return new String(status.array(), StandardCharsets.US_ASCII).endsWith(" 200");
        } catch (IOException e) {
            return false;
        }
    }
}
