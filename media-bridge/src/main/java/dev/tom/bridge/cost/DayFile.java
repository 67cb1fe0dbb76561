package dev.tom.bridge.cost;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The records of one day. Appends whole lines and leaves no half line behind, neither its own nor another's. The file is locked while it
 * is written, because several pods may share the directory.
 */
final class DayFile {

    private static final String ID = "\"id\":\"";

    private DayFile() {}

    /** @param forced whether the lines are on the disk, and not only in the page cache, when it returns */
    static void append(Path file, List<String> lines, boolean forced) throws IOException {
        Path directory = Objects.requireNonNull(file.toAbsolutePath().getParent(), "a file is in a directory");
        Files.createDirectories(directory);
        boolean fresh = !Files.exists(file);
        try (var channel = FileChannel.open(
                        file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
                FileLock _ = locked(channel)) {
            long before = channel.size();
            var text = new StringBuilder(endsWithinALine(channel, before) ? "\n" : "");
            lines.forEach(line -> text.append(line).append('\n'));
            ByteBuffer bytes = ByteBuffer.wrap(text.toString().getBytes(StandardCharsets.UTF_8));
            try {
                channel.position(before);
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
                if (forced) {
                    channel.force(true);
                }
            } catch (IOException e) {
                channel.truncate(before);
                throw e;
            }
        }
        if (fresh && forced) {
            force(directory);
        }
    }

    /** Has what was written to a file, or the names in a directory, on the disk when it returns. */
    static void force(Path path) throws IOException {
        try (var channel = FileChannel.open(path, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    /** Which of these ids have a record in the file. */
    static Set<String> recorded(Path file, Set<String> ids) throws IOException {
        Set<String> found = new HashSet<>();
        try (BufferedReader lines = Files.newBufferedReader(file, StandardCharsets.ISO_8859_1)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                int at = line.indexOf(ID);
                int end = at < 0 ? -1 : line.indexOf('"', at + ID.length());
                // A torn line has no end and is no record.
                if (end > 0 && line.endsWith("}") && ids.contains(line.substring(at + ID.length(), end))) {
                    found.add(line.substring(at + ID.length(), end));
                }
            }
        }
        return found;
    }

    /** A file system without locks is better than no record: then only one pod may use the directory. */
    private static @Nullable FileLock locked(FileChannel channel) {
        try {
            return channel.lock();
        } catch (IOException e) {
            return null;
        }
    }

    private static boolean endsWithinALine(FileChannel channel, long size) throws IOException {
        if (size == 0) {
            return false;
        }
        ByteBuffer last = ByteBuffer.allocate(1);
        channel.read(last, size - 1);
        return last.get(0) != '\n';
    }
}
