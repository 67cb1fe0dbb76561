package dev.tom.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A ConfigMap as a directory, laid out as the kubelet does it: the files of one state lie in a directory of their own, {@code ..data}
 * is a symlink to it that is swapped by rename, and each key is a symlink through {@code ..data}. A reader sees one state or the next,
 * never a mixture.
 */
final class ProjectedVolume {

    private final Path directory;
    private int generation;

    ProjectedVolume(Path directory) {
        this.directory = directory;
    }

    Path directory() {
        return directory;
    }

    /** Replaces the whole content. */
    void project(Map<String, String> data) {
        try {
            Path state = Files.createDirectories(directory.resolve("..state-" + generation++));
            for (Map.Entry<String, String> entry : data.entrySet()) {
                Files.writeString(state.resolve(entry.getKey()), entry.getValue());
            }
            Path pointer = directory.resolve("..data");
            Path before = Files.exists(pointer) ? pointer.toRealPath() : state;
            Path fresh = directory.resolve("..data_tmp");
            Files.deleteIfExists(fresh);
            Files.createSymbolicLink(fresh, state.getFileName());
            Files.move(fresh, pointer, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            linkKeys(data);
            if (!before.equals(state.toRealPath())) {
                delete(before);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot project into " + directory, e);
        }
    }

    private void linkKeys(Map<String, String> data) throws IOException {
        try (Stream<Path> present = Files.list(directory)) {
            for (Path path : present.toList()) {
                String name = path.getFileName().toString();
                if (!name.startsWith("..") && !data.containsKey(name)) {
                    Files.delete(path);
                }
            }
        }
        for (String key : data.keySet()) {
            Path link = directory.resolve(key);
            if (!Files.isSymbolicLink(link)) {
                Files.createSymbolicLink(link, Path.of("..data", key));
            }
        }
    }

    private static void delete(Path tree) throws IOException {
        try (Stream<Path> paths = Files.walk(tree)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
