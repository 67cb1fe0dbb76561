package dev.tom.kube;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * {@code infra/kube/build}, which knows where the binaries of these sources are and how to make them.
 *
 * @param file the script; it need not exist
 */
record BuildScript(Path file) {

    private static final int BUILD_MINUTES = 30;

    static BuildScript in(Path root) {
        return new BuildScript(root.resolve("infra/kube/build"));
    }

    boolean exists() {
        return Files.isExecutable(file);
    }

    /** The folder of the binaries, if these very sources have been built before. */
    Optional<Path> builtBefore() {
        return exists() ? run(line -> {}, "--check").folder() : Optional.empty();
    }

    /** Builds if needed; takes minutes the first time. */
    Result build(Consumer<String> progress) {
        return run(progress);
    }

    private Result run(Consumer<String> progress, String... options) {
        var builder = new ProcessBuilder(file.toString());
        builder.command().addAll(List.of(options));
        try {
            Path answer = Files.createTempFile("tom-kube-build-", ".txt");
            try {
                Process process = builder.redirectOutput(answer.toFile()).start();
                String last = "";
                try (BufferedReader lines = process.errorReader()) {
                    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                        progress.accept(line);
                        last = line;
                    }
                }
                boolean ended = process.waitFor(BUILD_MINUTES, TimeUnit.MINUTES);
                if (!ended) {
                    process.destroyForcibly();
                    return new Result(Optional.empty(), "the build took more than " + BUILD_MINUTES + " minutes");
                }
                return process.exitValue() == 0
                        ? new Result(
                                Optional.of(Path.of(Files.readString(answer).strip())), last)
                        : new Result(Optional.empty(), last);
            } finally {
                Files.deleteIfExists(answer);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot run " + file, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ClusterUnavailableException("interrupted during " + file, e);
        }
    }

    /**
     * What the script answered.
     *
     * @param folder of the binaries; empty when there are none
     * @param lastWords its last line of progress, which says why there are none
     */
    record Result(Optional<Path> folder, String lastWords) {}
}
