package dev.tom.bridge.cost.account;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The accounts of a window's dead runs, read from a directory that several bridges may share. {@link #begin} and {@link #readOn} belong to
 * one thread; {@link #told} and {@link #omitted} may be asked by any.
 */
public final class DeadRuns {

    /** Accounts that are told; a status page is no archive. */
    public static final int MAX_TOLD = 100;

    /** What was found by a look that came to its end. */
    private record Found(List<RunAccount> told, long omitted) {}

    private final Path directory;
    private final String firstFile;
    private final RunBook book;
    private final Map<Path, GrowingFile> files = new HashMap<>();
    private final Deque<GrowingFile> toRead = new ArrayDeque<>();
    private Set<String> alive = Set.of();
    private volatile Found found = new Found(List.of(), 0);

    /**
     * @param firstFile name of the first day's file that counts; names sort like days
     * @param window whose records count
     * @param ownRun whose records do not
     */
    public DeadRuns(Path directory, String firstFile, String window, String ownRun) {
        this.directory = directory;
        this.firstFile = firstFile;
        this.book = new RunBook(window, ownRun);
    }

    /**
     * Begins a look.
     *
     * @param unsettled runs that live or owe records; to be found out before the files are looked at, because a run that is settled in
     *     between has all its records in them
     */
    public void begin(Set<String> unsettled) throws IOException {
        alive = unsettled;
        toRead.clear();
        try (DirectoryStream<Path> days = Files.newDirectoryStream(directory, "costs_*.jsonl")) {
            for (Path day : days) {
                if (day.getFileName().toString().compareTo(firstFile) >= 0) {
                    toRead.add(files.computeIfAbsent(day, GrowingFile::new));
                }
            }
        } catch (NoSuchFileException | NotDirectoryException e) {
            // nobody has recorded anything
        }
    }

    /**
     * Reads one slice.
     *
     * @return whether there is more; if not, what was found is told from now on
     */
    public boolean readOn() throws IOException {
        GrowingFile file = toRead.peek();
        if (file != null) {
            switch (file.read(book::take)) {
                case MORE, BUSY -> {
                    return true;
                }
                case END -> toRead.remove();
                case SHRUNK -> {
                    // Somebody edited a file: everything is summed anew.
                    files.clear();
                    book.clear();
                    begin(alive);
                }
            }
        }
        if (!toRead.isEmpty()) {
            return true;
        }
        List<RunAccount> dead = book.without(alive);
        found = new Found(dead.stream().limit(MAX_TOLD).toList(), Math.max(0, dead.size() - MAX_TOLD));
        return false;
    }

    /** Dead runs that owe nothing, the latest first. */
    public List<RunAccount> told() {
        return found.told();
    }

    /** How many more there are. */
    public long omitted() {
        return found.omitted();
    }
}
