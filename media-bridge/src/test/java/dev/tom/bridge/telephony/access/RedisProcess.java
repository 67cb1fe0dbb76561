package dev.tom.bridge.telephony.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Assumptions;

/** A Redis of one test, on a port of its own; where there is none, the test is skipped, and with CI=true it fails. */
final class RedisProcess implements AutoCloseable {

    private static final String ABSENT = "redis-server and redis-cli are not installed: apt-get install redis-server";

    private final Path folder;
    private final String password;
    private final int port;
    private Process process;

    RedisProcess(Path folder, String password) throws IOException {
        if (!installed("redis-server") || !installed("redis-cli")) {
            if ("true".equals(System.getenv("CI"))) {
                fail(ABSENT);
            }
            Assumptions.abort(ABSENT);
        }
        this.folder = folder;
        this.password = password;
        try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        process = started();
    }

    private static boolean installed(String program) {
        return Arrays.stream(System.getenv("PATH").split(":"))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }

    URI url() {
        return URI.create("redis://:" + password + "@127.0.0.1:" + port);
    }

    void start() throws IOException {
        process = started();
    }

    private Process started() throws IOException {
        Process running = new ProcessBuilder(
                        "redis-server",
                        "--bind",
                        "127.0.0.1",
                        "--port",
                        String.valueOf(port),
                        "--requirepass",
                        password,
                        "--save",
                        "",
                        "--dir",
                        folder.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("redis.log").toFile())
                .start();
        await().until(() -> cli("ping").equals("PONG"));
        return running;
    }

    /** Dies without a farewell. */
    void kill() throws IOException {
        process.destroyForcibly();
        assertThat(process.onExit()).succeedsWithin(java.time.Duration.ofSeconds(10));
    }

    /** What the command line of Redis prints. */
    String cli(String... words) throws IOException {
        List<String> command =
                new ArrayList<>(List.of("redis-cli", "--no-auth-warning", "-a", password, "-p", String.valueOf(port)));
        command.addAll(List.of(words));
        Process asked = new ProcessBuilder(command).redirectErrorStream(true).start();
        return new String(asked.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
