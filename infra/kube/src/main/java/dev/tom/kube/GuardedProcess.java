package dev.tom.kube;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A program that ends with this JVM, however the JVM ends; its output goes to a file. */
final class GuardedProcess implements AutoCloseable {

    private static final int TAIL_LINES = 8;

    private final String name;
    private final Path log;
    private final Process process;

    private GuardedProcess(String name, Path log, Process process) {
        this.name = name;
        this.log = log;
        this.process = process;
    }

    /**
     * Starts a program.
     *
     * @param log file that takes its output
     * @param removeAtEnd folder to remove when the program is ended, or an empty string
     */
    static GuardedProcess start(String name, Path log, String removeAtEnd, List<String> command) throws IOException {
        var guarded = new ArrayList<>(List.of("sh", "-c", guard(), "guard", removeAtEnd));
        guarded.addAll(command);
        Process process = new ProcessBuilder(guarded)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        return new GuardedProcess(name, log, process);
    }

    private static String guard() throws IOException {
        try (InputStream script = GuardedProcess.class.getResourceAsStream("guard.sh")) {
            if (script == null) {
                throw new IllegalStateException("guard.sh is missing on the class path");
            }
            return new String(script.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** Waits, and returns early with a failure when the program has ended by itself. */
    void pause(Duration time) throws InterruptedException {
        if (process.waitFor(time.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new ClusterUnavailableException(
                    "%s ended with exit status %d: %s".formatted(name, process.exitValue(), tail()));
        }
    }

    /** The last lines of the program's output. */
    String tail() {
        try {
            List<String> lines = Files.readAllLines(log);
            return String.join("\n", lines.subList(Math.max(0, lines.size() - TAIL_LINES), lines.size()));
        } catch (IOException e) {
            return "(its log cannot be read: " + e.getMessage() + ")";
        }
    }

    /** Sends the program, not its guard, a signal such as {@code STOP}. */
    void signal(String name) throws IOException, InterruptedException {
        long program = process.children()
                .filter(child -> child.info()
                        .command()
                        .filter(path -> !path.endsWith("sh"))
                        .isPresent())
                .findFirst()
                .orElseThrow(() -> new ClusterUnavailableException(this.name + " does not run, so it gets no signal"))
                .pid();
        int status = new ProcessBuilder("kill", "-" + name, Long.toString(program))
                .inheritIO()
                .start()
                .waitFor();
        if (status != 0) {
            throw new IOException("kill -" + name + " of " + this.name + " ended with " + status);
        }
    }

    /** Kills the program and waits until it is gone. The data are throwaway, so nothing is flushed. */
    @Override
    public void close() {
        try {
            process.getOutputStream().close();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot end " + name, e);
        }
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
