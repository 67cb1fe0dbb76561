package dev.tom.bridge.cost.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * The journal of a live process: locked for as long as it lives, because a journal whose lock is free is taken for the legacy of a dead
 * one. Never open it a second time in the same process: on POSIX, closing any descriptor of a file gives up all locks on it.
 */
final class JournalFile implements AutoCloseable {

    private final Path path;
    private final FileChannel channel;
    private long size;

    private JournalFile(Path path, FileChannel channel, long size) {
        this.path = path;
        this.channel = channel;
        this.size = size;
    }

    /**
     * Writes a journal in place of the one that may be there: first beside it and locked, then renamed over it, so that at every moment
     * one whole journal exists and nobody finds it unlocked.
     */
    static JournalFile replace(Path path, List<String> lines) throws IOException {
        Files.createDirectories(path.toAbsolutePath().getParent());
        Path beside = path.resolveSibling(path.getFileName() + Journals.UNFINISHED);
        FileChannel channel = FileChannel.open(
                beside, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE);
        try {
            if (channel.tryLock() == null) {
                throw new IOException("another process has locked " + beside);
            }
            var journal = new JournalFile(path, channel, 0);
            journal.append(lines);
            journal.force();
            Files.move(beside, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            return journal;
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    /** Appends whole lines: in the page cache when it returns, which a dying process does not take along. */
    void append(List<String> lines) throws IOException {
        var text = new StringBuilder();
        lines.forEach(line -> text.append(line).append('\n'));
        ByteBuffer bytes = ByteBuffer.wrap(text.toString().getBytes(StandardCharsets.UTF_8));
        long at = size;
        while (bytes.hasRemaining()) {
            at += channel.write(bytes, at);
        }
        size = at;
    }

    /** Has everything on the disk when it returns. */
    void force() throws IOException {
        channel.force(false);
    }

    /** In bytes. */
    long size() {
        return size;
    }

    /** Nothing is owed: the file goes, then its lock. */
    void delete() throws IOException {
        try (channel) {
            Files.deleteIfExists(path);
        }
    }

    /** Leaves the file to whoever comes. */
    @Override
    public void close() throws IOException {
        channel.close();
    }
}
