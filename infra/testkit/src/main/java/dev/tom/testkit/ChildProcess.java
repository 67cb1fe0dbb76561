package dev.tom.testkit;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A program of ours in a process of its own; what it says goes to a file, or is read by whoever started it. Ends with this JVM. */
public final class ChildProcess implements AutoCloseable {

    private static final Duration GRACE = Duration.ofSeconds(10);

    private final String name;
    private final Process process;
    private final Path log;
    private final Thread reaper;

    private ChildProcess(String name, Process process, Path log) {
        this.name = name;
        this.process = process;
        this.log = log;
        this.reaper = new Thread(process::destroyForcibly, "end-" + name);
        Runtime.getRuntime().addShutdownHook(reaper);
    }

    /**
     * Starts a program.
     *
     * @param environment the whole environment but for PATH, HOME and LANG, which are taken over
     * @param directory working directory, created when absent
     * @param log takes standard output and error
     */
    public static ChildProcess start(
            String name, List<String> command, Map<String, String> environment, Path directory, Path log) {
        try {
            Files.createDirectories(directory);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot create " + directory, e);
        }
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        return start(name, builder, environment, log);
    }

    /**
     * Starts a program that is spoken to over {@link #input} and {@link #output}.
     *
     * @param environment as of {@link #start(String, List, Map, Path, Path)}
     * @param log takes standard error
     */
    public static ChildProcess startPiped(
            String name, List<String> command, Map<String, String> environment, Path log) {
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()));
        return start(name, builder, environment, log);
    }

    private static ChildProcess start(String name, ProcessBuilder builder, Map<String, String> environment, Path log) {
        builder.environment().keySet().retainAll(List.of("PATH", "HOME", "LANG"));
        builder.environment().putAll(environment);
        try {
            return new ChildProcess(name, builder.start(), log);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "cannot start " + name + " (" + builder.command().getFirst() + ")", e);
        }
    }

    public String name() {
        return name;
    }

    /** What the program reads; of a piped one. */
    public OutputStream input() {
        return process.getOutputStream();
    }

    /** What the program says, in UTF-8; of a piped one. */
    public BufferedReader output() {
        return process.inputReader(StandardCharsets.UTF_8);
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    public long pid() {
        return process.pid();
    }

    /** Fails with the last lines of the log when the process has ended. */
    public void requireAlive() {
        if (!process.isAlive()) {
            throw new RunFailure(
                    name + " ended with exit code " + process.exitValue() + "; its last lines:\n" + tail());
        }
    }

    public String tail() {
        try {
            List<String> lines = Files.readAllLines(log, StandardCharsets.UTF_8);
            return String.join("\n", lines.subList(Math.max(0, lines.size() - 15), lines.size()));
        } catch (IOException e) {
            return "(no log: " + e.getMessage() + ")";
        }
    }

    /** Ends the process as a crash would (SIGKILL), and waits until it is gone. */
    public void kill() {
        process.destroyForcibly();
        process.onExit().join();
    }

    /** Asks the process to end (SIGTERM), and ends it when it does not. */
    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(GRACE.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        try {
            Runtime.getRuntime().removeShutdownHook(reaper);
        } catch (IllegalStateException alreadyEnding) {
            // the hook runs or has run: nothing to remove
        }
    }
}
