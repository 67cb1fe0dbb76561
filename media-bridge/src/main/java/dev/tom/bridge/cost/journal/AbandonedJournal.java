package dev.tom.bridge.cost.journal;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The journal of a dead process, locked by the one that settles it. */
public final class AbandonedJournal implements AutoCloseable {

    private final Path path;
    private final FileChannel channel;

    private AbandonedJournal(Path path, FileChannel channel) {
        this.path = path;
        this.channel = channel;
    }

    /**
     * Takes a journal; never call it for the own one.
     *
     * @return empty when its process lives, or another one settles it or has settled it
     */
    public static Optional<AbandonedJournal> take(Path path) throws IOException {
        FileChannel channel;
        try {
            channel = FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
        try {
            // Whoever settled it may have deleted it between our open and our lock.
            if (channel.tryLock() != null && Files.exists(path)) {
                return Optional.of(new AbandonedJournal(path, channel));
            }
        } catch (OverlappingFileLockException e) {
            // it is in use in this very process
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
        channel.close();
        return Optional.empty();
    }

    public Path path() {
        return path;
    }

    /** What it owes. */
    public JournalContent content() throws IOException {
        if (Journals.unfinished(path)) {
            return JournalContent.of(List.of());
        }
        channel.position(0);
        List<String> lines = new ArrayList<>();
        var reader = new BufferedReader(Channels.newReader(channel, StandardCharsets.UTF_8));
        for (String line = reader.readLine(); line != null; line = reader.readLine()) {
            lines.add(line);
        }
        return JournalContent.of(lines);
    }

    /** It is settled. */
    public void delete() throws IOException {
        Files.deleteIfExists(path);
    }

    /** Leaves it, settled or not. */
    @Override
    public void close() throws IOException {
        channel.close();
    }
}
