package dev.tom.bridge.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;

/** Writes a directory as the kubelet projects a ConfigMap. */
final class Projection {

    private final Path directory;
    private int generation;

    Projection(Path directory) {
        this.directory = directory;
    }

    /** Replaces the content in one step. */
    void set(Map<String, String> settings) throws IOException {
        Path stamp = Files.createDirectory(directory.resolve("..2026_12_01_08_00_00." + ++generation));
        for (var entry : settings.entrySet()) {
            Files.writeString(stamp.resolve(entry.getKey()), entry.getValue());
        }
        Path data = directory.resolve("..data");
        Path old = Files.exists(data) ? data.toRealPath() : null;
        Path swap = Files.createSymbolicLink(directory.resolve("..data_tmp"), stamp.getFileName());
        Files.move(swap, data, StandardCopyOption.ATOMIC_MOVE);
        for (String key : settings.keySet()) {
            Path link = directory.resolve(key);
            if (!Files.isSymbolicLink(link)) {
                Files.createSymbolicLink(link, Path.of("..data", key));
            }
        }
        if (old != null) {
            removeTree(old);
        }
    }

    /** Takes the content away, as an unmounted volume would. */
    void remove() throws IOException {
        Path data = directory.resolve("..data");
        Path old = data.toRealPath();
        Files.delete(data);
        removeTree(old);
        try (var entries = Files.list(directory)) {
            for (Path entry : entries.toList()) {
                Files.delete(entry);
            }
        }
    }

    private static void removeTree(Path tree) throws IOException {
        try (var files = Files.list(tree)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(tree);
    }
}
