package dev.tom.bridge;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The program in a process of its own. */
final class BridgeProcess implements AutoCloseable {

    private static final Pattern PORTS =
            Pattern.compile("telephone sockets on .*?:([0-9]+)/v1/fork, admin on .*?:([0-9]+),");

    private final Process process;
    private final Path output;

    BridgeProcess(Path folder, Map<String, String> environment, String... arguments) throws IOException {
        this(folder, "logback.xml", environment, arguments);
    }

    /** @param logging configuration of the log, a file or a resource */
    BridgeProcess(Path folder, String logging, Map<String, String> environment, String... arguments)
            throws IOException {
        output = Files.createTempFile(folder, "bridge", ".log");
        List<String> command = Stream.concat(
                        Stream.of(
                                Path.of(System.getProperty("java.home"), "bin", "java")
                                        .toString(),
                                "--enable-native-access=ALL-UNNAMED",
                                "-Dlogback.configurationFile=" + logging,
                                "-cp",
                                System.getProperty("java.class.path"),
                                "dev.tom.bridge.BridgeMain"),
                        Arrays.stream(arguments))
                .toList();
        var builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
        builder.environment().keySet().removeIf(name -> !name.equals("PATH"));
        builder.environment().putAll(environment);
        process = builder.start();
    }

    /** All it has written. */
    String output() {
        try {
            return Files.readString(output);
        } catch (IOException e) {
            return "";
        }
    }

    /** Waits until it says its ports: telephone, admin. */
    int[] ports() {
        await().atMost(Duration.ofSeconds(60))
                .until(() -> PORTS.matcher(output()).find());
        Matcher ports = PORTS.matcher(output());
        if (!ports.find()) {
            throw new IllegalStateException(output());
        }
        return new int[] {Integer.parseInt(ports.group(1)), Integer.parseInt(ports.group(2))};
    }

    /** Sends SIGTERM. */
    void terminate() {
        process.destroy();
    }

    /** Sends SIGKILL and waits until it is gone. */
    void kill() throws InterruptedException {
        process.destroyForcibly();
        exitCode();
    }

    /** Waits for the end. */
    int exitCode() throws InterruptedException {
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            throw new IllegalStateException("it still runs: " + output());
        }
        return process.exitValue();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
