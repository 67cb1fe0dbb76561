package dev.tom.testkit;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A real Squid with the configuration of one test, run as in a pod: in the foreground, and never as root. */
public final class SquidProcess implements AutoCloseable {

    /** What a test says where there is none. */
    public static final String ABSENT = "squid is not installed: apt-get install squid";

    private static final String NOBODY = "65532";

    private final Process process;
    private final Path log;

    private SquidProcess(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    /** Whether this machine has one. */
    public static boolean isInstalled() {
        return program("squid").isPresent();
    }

    private static Optional<Path> program(String name) {
        return Stream.concat(Arrays.stream(System.getenv("PATH").split(":")), Stream.of("/usr/sbin"))
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /**
     * Starts it and waits until it takes connections.
     *
     * @param configuration text of {@code squid.conf}
     * @param port where it says that it listens, on loopback
     * @param folder for the configuration and what Squid writes; made readable for everyone, as a mounted ConfigMap is
     */
    public static SquidProcess start(String configuration, int port, Path folder) throws IOException {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        Path file = Files.writeString(folder.resolve("squid.conf"), configuration);
        Path log = Files.writeString(folder.resolve("squid.log"), "");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        Files.setPosixFilePermissions(log, PosixFilePermissions.fromString("rw-rw-rw-"));
        var command = new ArrayList<String>();
        if ("root".equals(System.getProperty("user.name"))) {
            command.addAll(
                    List.of("setpriv", "--reuid", NOBODY, "--regid", NOBODY, "--clear-groups", "--no-new-privs"));
        }
        command.addAll(List.of(program("squid").orElseThrow().toString(), "-N", "-d", "1", "-f", file.toString()));
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
        var squid = new SquidProcess(process, log);
        try {
            Await.until("squid on port " + port, Duration.ofSeconds(20), () -> squid.accepts(port));
        } catch (RuntimeException e) {
            process.destroyForcibly();
            throw new IllegalStateException("squid does not start: " + squid.log(), e);
        }
        return squid;
    }

    private boolean accepts(int port) {
        if (!process.isAlive()) {
            throw new IllegalStateException("it ended at once");
        }
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress("127.0.0.1", port), 1_000);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** Everything it has said. */
    public String log() throws IOException {
        return Files.readString(log);
    }

    /** SIGTERM. */
    public void terminate() {
        process.destroy();
    }

    /** SIGKILL. */
    public void kill() {
        process.destroyForcibly();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
