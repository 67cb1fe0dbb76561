package dev.tom.bench.profile;

import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A process of the bench: pinned to cores, spoken to by lines. Ends with this JVM. */
final class Child implements AutoCloseable {

    private static final Duration ANSWER = Duration.ofSeconds(20);
    private static final Duration GRACE = Duration.ofSeconds(15);

    private final String name;
    private final Process process;
    private final Path log;
    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
    private final Thread reaper;

    private Child(String name, Process process, Path log) {
        this.name = name;
        this.process = process;
        this.log = log;
        reaper = new Thread(process::destroyForcibly, "end-" + name);
        Runtime.getRuntime().addShutdownHook(reaper);
        Thread.ofPlatform().daemon().name(name + "-lines").start(this::read);
    }

    /**
     * Starts a program.
     *
     * @param cores as taskset takes them, or empty: any
     * @param log takes its standard error
     */
    static Child start(String name, String cores, List<String> command, Map<String, String> environment, Path log) {
        List<String> pinned = new ArrayList<>();
        if (!cores.isEmpty()) {
            pinned.addAll(List.of("taskset", "-c", cores));
        }
        pinned.addAll(command);
        ProcessBuilder builder =
                new ProcessBuilder(pinned).redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().keySet().retainAll(List.of("PATH", "HOME", "LANG"));
        builder.environment().putAll(environment);
        try {
            return new Child(name, builder.start(), log);
        } catch (IOException e) {
            throw new BenchFailure("cannot start " + name + " (" + pinned.getFirst() + "): " + e.getMessage());
        }
    }

    long pid() {
        return process.pid();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** The next line that it says. */
    JsonObject line() {
        try {
            for (long until = System.nanoTime() + ANSWER.toNanos(); System.nanoTime() < until; ) {
                String line = lines.poll(200, TimeUnit.MILLISECONDS);
                if (line != null && line.startsWith("{")) {
                    return new JsonObject(line);
                }
                requireAlive();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw new BenchFailure(name + " said nothing for " + ANSWER.toSeconds() + " s; its last lines:\n" + tail());
    }

    /** Tells it something and returns what it answers. */
    JsonObject tell(String told) {
        try {
            OutputStream in = process.getOutputStream();
            in.write((told + "\n").getBytes(StandardCharsets.UTF_8));
            in.flush();
        } catch (IOException e) {
            throw new BenchFailure(name + " does not listen: " + e.getMessage() + "\n" + tail());
        }
        return line();
    }

    void requireAlive() {
        if (!process.isAlive()) {
            throw new BenchFailure(
                    name + " ended with exit code " + process.exitValue() + "; its last lines:\n" + tail());
        }
    }

    String tail() {
        try {
            List<String> all = Files.readAllLines(log, StandardCharsets.UTF_8);
            return String.join("\n", all.subList(Math.max(0, all.size() - 15), all.size()));
        } catch (IOException e) {
            return "(no log: " + e.getMessage() + ")";
        }
    }

    private void read() {
        try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                lines.add(line);
            }
        } catch (IOException | UncheckedIOException e) {
            // it is gone, which requireAlive says better
        }
    }

    /** Asks it to end, and ends it when it does not. */
    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(GRACE.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
            }
            Runtime.getRuntime().removeShutdownHook(reaper);
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        } catch (IllegalStateException alreadyEnding) {
            // the hook runs or has run
        }
    }
}
