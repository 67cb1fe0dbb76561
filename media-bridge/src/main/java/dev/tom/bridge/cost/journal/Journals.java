package dev.tom.bridge.cost.journal;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** Names of journals in the directory of the cost records. */
public final class Journals {

    private static final String BEGIN = "open_";
    private static final String END = ".journal";

    /** Ends the name of a journal that is not one yet. */
    static final String UNFINISHED = ".new";

    /** Longest pod name in a file name. */
    private static final int POD = 100;

    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmssSSS").withZone(ZoneOffset.UTC);

    private Journals() {}

    /**
     * A name that no other process has.
     *
     * @param salt tells apart two processes of one pod name that start in the same millisecond
     */
    static Path fresh(Path directory, String pod, Instant now, int salt) {
        String safe = pod.replaceAll("[^A-Za-z0-9.-]", "-");
        String shortened = safe.length() > POD ? safe.substring(0, POD) : safe;
        return directory.resolve(BEGIN + shortened + "_" + STAMP.format(now) + "_"
                + HexFormat.of().toHexDigits(salt) + END);
    }

    /**
     * The journals in a directory, of live processes and of dead ones, and what is left of unfinished ones; none when there is no such
     * directory.
     */
    public static List<Path> in(Path directory) throws IOException {
        List<Path> found = new ArrayList<>();
        try (DirectoryStream<Path> files =
                Files.newDirectoryStream(directory, BEGIN + "*" + END + "{," + UNFINISHED + "}")) {
            files.forEach(found::add);
        } catch (NoSuchFileException | NotDirectoryException e) {
            return List.of();
        }
        found.sort(null);
        return found;
    }

    /**
     * Whose journal it is; never to be asked about the own one, because closing a file gives up the locks on it.
     *
     * @return empty when it is gone or says nothing
     */
    public static Optional<JournalOrigin> origin(Path journal) throws IOException {
        // Bytes that are no UTF-8 make a line unreadable, not the reading fail.
        try (BufferedReader lines = Files.newBufferedReader(journal, StandardCharsets.ISO_8859_1)) {
            String first = lines.readLine();
            return first == null
                    ? Optional.empty()
                    : JournalLine.decode(
                                    new String(first.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8))
                            .filter(JournalEvent.Began.class::isInstance)
                            .map(event -> ((JournalEvent.Began) event).origin());
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    /** Whether it was never finished, and so never named a segment that is not in a finished one. */
    static boolean unfinished(Path journal) {
        return journal.getFileName().toString().endsWith(UNFINISHED);
    }
}
