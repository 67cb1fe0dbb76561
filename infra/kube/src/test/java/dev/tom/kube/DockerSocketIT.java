package dev.tom.kube;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Docker counts as present only when an engine answers, not because a socket file or a client program lies about. */
class DockerSocketIT {

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({"HTTP/1.0 200 OK, true", "HTTP/1.0 503 down, false", "SSH-2.0, false", "'', false"})
    void onlyAnAnswerOf200IsAnEngine(String answer, boolean engine) throws Exception {
        Path socket = folder.resolve("docker.sock");
        try (ServerSocketChannel server = listening(socket)) {
            Thread serving = Thread.ofVirtual().start(() -> serve(server, answer));
            assertThat(DockerCluster.answers(socket)).isEqualTo(engine);
            serving.join();
        }
    }

    @Test
    void aSocketThatAcceptsAndNeverAnswersDoesNotHoldUpTheTests() throws IOException {
        Path socket = folder.resolve("mute.sock");
        try (ServerSocketChannel server = listening(socket)) {
            assertThat(server.isOpen()).isTrue();
            assertThat(DockerCluster.answers(socket)).isFalse();
        }
    }

    @Test
    void aMissingSocketAndOneThatNobodyServesAreNoEngine() throws IOException {
        assertThat(DockerCluster.answers(folder.resolve("missing.sock"))).isFalse();
        Path left = folder.resolve("left.sock");
        listening(left).close();
        assertThat(DockerCluster.answers(left)).isFalse();
    }

    private static ServerSocketChannel listening(Path socket) throws IOException {
        return ServerSocketChannel.open(StandardProtocolFamily.UNIX).bind(UnixDomainSocketAddress.of(socket));
    }

    private static void serve(ServerSocketChannel server, String answer) {
        try (SocketChannel client = server.accept()) {
            client.read(ByteBuffer.allocate(256));
            client.write(ByteBuffer.wrap(answer.getBytes(StandardCharsets.US_ASCII)));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
