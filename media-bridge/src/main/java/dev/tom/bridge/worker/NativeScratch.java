package dev.tom.bridge.worker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The folders in the temporary directory into which the native libraries unpack themselves, about 40 MB, and which they leave behind. A
 * folder is marked with the process that uses it; the next worker removes those of processes that are gone. Every step is best effort: a
 * worker works without it.
 */
final class NativeScratch {

    private static final Pattern FOLDER = Pattern.compile("(/\\S*/(?:whisper-jni-|piper-jni-native)[^/\\s]*)/");
    private static final String OWNER = "owner.pid";
    private static final Duration UNMARKED_AGE = Duration.ofHours(1);

    private NativeScratch() {}

    /** Marks the folders that this process has libraries loaded from (Linux only). */
    static void claim() {
        for (Path folder : own()) {
            try {
                Files.writeString(
                        folder.resolve(OWNER),
                        Long.toString(ProcessHandle.current().pid()));
            } catch (IOException e) {
                // An unmarked folder is removed later, by its age.
            }
        }
    }

    /** Removes the folders of this process; its libraries stay mapped. */
    static void remove() {
        own().forEach(NativeScratch::delete);
    }

    /** Removes the folders of workers that are gone. */
    static void removeLeftovers() {
        Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
        try (Stream<Path> files = Files.list(temporary)) {
            files.filter(file -> FOLDER.matcher(file + "/").matches())
                    .filter(NativeScratch::abandoned)
                    .toList()
                    .forEach(NativeScratch::delete);
        } catch (IOException e) {
            // Then loading the libraries says what is wrong with the directory.
        }
    }

    private static boolean abandoned(Path folder) {
        try {
            Path owner = folder.resolve(OWNER);
            if (!Files.exists(owner)) {
                return Files.getLastModifiedTime(folder)
                        .toInstant()
                        .isBefore(Instant.now().minus(UNMARKED_AGE));
            }
            long pid = Long.parseLong(Files.readString(owner).strip());
            // In a container every worker has the same number, and this one has not unpacked anything yet.
            return pid == ProcessHandle.current().pid() || ProcessHandle.of(pid).isEmpty();
        } catch (IOException | NumberFormatException e) {
            return false;
        }
    }

    private static Set<Path> own() {
        Set<Path> folders = new TreeSet<>();
        try (Stream<String> maps = Files.lines(Path.of("/proc/self/maps"))) {
            maps.forEach(line -> {
                Matcher matcher = FOLDER.matcher(line);
                if (matcher.find()) {
                    folders.add(Path.of(matcher.group(1)));
                }
            });
        } catch (IOException | java.io.UncheckedIOException e) {
            return Set.of();
        }
        return folders;
    }

    private static void delete(Path folder) {
        List<Path> files = new ArrayList<>();
        try (Stream<Path> walk = Files.walk(folder)) {
            walk.forEach(files::add);
            for (Path file : files.reversed()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException | java.io.UncheckedIOException e) {
            // Another worker may be removing it too.
        }
    }
}
