package dev.tom.bridge.worker;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A real speech worker in a process of its own, as the bridge meets it. */
public final class WorkerProcess implements AutoCloseable {

    private static final int START_SECONDS = 60;

    private final Process process;
    private final int port;
    private final List<String> output = new CopyOnWriteArrayList<>();
    private final CompletableFuture<Void> ready = new CompletableFuture<>();

    private WorkerProcess(Process process, int port) {
        this.process = process;
        this.port = port;
        Thread.ofPlatform().daemon().name("worker-output").start(this::read);
    }

    /** Starts a worker on this port without waiting for it. */
    public static WorkerProcess launch(Path models, int port, String... more) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-Xmx256m",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                SpeechWorkerCommand.class.getName(),
                "--models",
                models.toString(),
                "--port",
                Integer.toString(port)));
        command.addAll(List.of(more));
        try {
            return new WorkerProcess(
                    new ProcessBuilder(command).redirectErrorStream(true).start(), port);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts a worker on a free port and waits until it is ready. */
    public static WorkerProcess start(String... more) {
        return launch(SpeechModels.folder(), freePort(), more).awaitReady();
    }

    public static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public WorkerProcess awaitReady() {
        try {
            ready.get(START_SECONDS, TimeUnit.SECONDS);
            return this;
        } catch (ExecutionException | TimeoutException e) {
            process.destroyForcibly();
            throw new IllegalStateException("the speech worker did not start: " + output, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    public URI url() {
        return URI.create("http://127.0.0.1:" + port);
    }

    public int port() {
        return port;
    }

    public boolean alive() {
        return process.isAlive();
    }

    /** What it printed, line by line. */
    public List<String> output() {
        return output;
    }

    /** Waits for its end. */
    public int exitCode() throws InterruptedException {
        if (!process.waitFor(START_SECONDS, TimeUnit.SECONDS)) {
            throw new IllegalStateException("the speech worker did not end: " + output);
        }
        return process.exitValue();
    }

    /** {@code kill -9}. */
    public void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** SIGTERM; what it prints then is still read. */
    public void terminate() {
        process.toHandle().destroy();
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    private void read() {
        try (BufferedReader lines = process.inputReader()) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                output.add(line);
                if (line.contains("ready on")) {
                    ready.complete(null);
                }
            }
        } catch (IOException e) {
            output.add(String.valueOf(e.getMessage()));
        }
        ready.completeExceptionally(new IllegalStateException("it ended"));
    }
}
