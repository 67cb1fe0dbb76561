package dev.tom.bench.profile;

import dev.tom.testkit.ChildProcess;
import dev.tom.testkit.RunFailure;
import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
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

    private final ChildProcess process;
    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();

    private Child(ChildProcess process) {
        this.process = process;
        Thread.ofPlatform().daemon().name(process.name() + "-lines").start(this::read);
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
        return new Child(ChildProcess.startPiped(name, pinned, environment, log));
    }

    long pid() {
        return process.pid();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    void requireAlive() {
        process.requireAlive();
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
        throw new RunFailure(
                process.name() + " said nothing for " + ANSWER.toSeconds() + " s; its last lines:\n" + process.tail());
    }

    /** Tells it something and returns what it answers. */
    JsonObject tell(String told) {
        try {
            OutputStream in = process.input();
            in.write((told + "\n").getBytes(StandardCharsets.UTF_8));
            in.flush();
        } catch (IOException e) {
            throw new RunFailure(process.name() + " does not listen: " + e.getMessage() + "\n" + process.tail());
        }
        return line();
    }

    private void read() {
        try (BufferedReader out = process.output()) {
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                lines.add(line);
            }
        } catch (IOException | UncheckedIOException e) {
            // it is gone, which requireAlive says better
        }
    }

    @Override
    public void close() {
        process.close();
    }
}
