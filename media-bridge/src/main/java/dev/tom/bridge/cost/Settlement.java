package dev.tom.bridge.cost;

import dev.tom.bridge.cost.journal.AbandonedJournal;
import dev.tom.bridge.cost.journal.JournalContent;
import dev.tom.bridge.cost.journal.Journals;
import dev.tom.bridge.cost.tariff.Tariff;
import dev.tom.bridge.session.CallSegment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes the records that dead processes owe: at the start, and again and again for pods that never come back. First the records are
 * on the disk, then the journal goes; a crash in between makes the next one look, and it finds the records by their ids. Runs on the
 * thread of the record writer.
 */
final class Settlement implements Runnable {

    /** Between two looks; of many journals a look costs more, so each adds a second, up to {@link #AT_MOST}. */
    static final Duration EVERY = Duration.ofSeconds(10);

    static final Duration AT_MOST = Duration.ofMinutes(1);

    private static final Logger log = LoggerFactory.getLogger(Settlement.class);

    private final Path directory;
    private final Path own;
    private final Tariff tariff;
    private final Consumer<CostRecord> settled;
    private long nextNanos = System.nanoTime();

    /**
     * @param own journal of this process
     * @param settled hears of each record that was missing and now is written
     */
    Settlement(Path directory, Path own, Tariff tariff, Consumer<CostRecord> settled) {
        this.directory = directory;
        this.own = own;
        this.tariff = tariff;
        this.settled = settled;
    }

    /** Looks, when it is time to. */
    @Override
    public void run() {
        long nanos = System.nanoTime();
        if (nanos - nextNanos < 0) {
            return;
        }
        nextNanos = nanos + EVERY.toNanos();
        try {
            List<Path> journals = Journals.in(directory);
            nextNanos = nanos + pause(journals.size()).toNanos();
            for (Path journal : journals) {
                if (!journal.getFileName()
                        .toString()
                        .startsWith(own.getFileName().toString())) {
                    settle(journal);
                }
            }
        } catch (IOException | RuntimeException e) {
            log.warn("Journals of earlier processes in {} cannot be read ({}); tried again", directory, e.toString());
        }
    }

    private static Duration pause(int journals) {
        return Duration.ofSeconds(Math.clamp(journals, EVERY.toSeconds(), AT_MOST.toSeconds()));
    }

    private void settle(Path path) {
        try {
            var taken = AbandonedJournal.take(path);
            if (taken.isPresent()) {
                try (AbandonedJournal journal = taken.get()) {
                    settle(path, journal.content());
                    journal.delete();
                }
            }
        } catch (IOException | RuntimeException e) {
            log.error(
                    "The journal {} of an earlier process cannot be settled ({}): make room or repair the directory; it is kept and"
                            + " tried again",
                    path,
                    e.toString());
        }
    }

    private void settle(Path path, JournalContent content) throws IOException {
        Set<String> present = recorded(content);
        Map<String, List<CostRecord>> missing = content.unrecorded().stream()
                .filter(segment -> !present.contains(segment.id()))
                .map(segment -> CostRecord.of(segment, content.origin(), tariff))
                .collect(Collectors.groupingBy(CostRecord::fileName, LinkedHashMap::new, Collectors.toList()));
        for (var day : missing.entrySet()) {
            DayFile.append(
                    directory.resolve(day.getKey()),
                    day.getValue().stream().map(CostRecord::line).toList(),
                    true);
            day.getValue().forEach(settled);
        }
        long written = missing.values().stream().mapToLong(List::size).sum();
        if (!content.unrecorded().isEmpty() || content.unreadable() > 1) {
            log.warn(
                    "An earlier process died at {} with {} open call segments: {} records written, {} were there ({}, {} unreadable"
                            + " lines)",
                    content.lastSign(),
                    content.unrecorded().size(),
                    written,
                    present.size(),
                    path.getFileName(),
                    content.unreadable());
        }
    }

    /** Owed segments that have a record all the same, in the files of the days on which one can have ended. */
    private Set<String> recorded(JournalContent content) throws IOException {
        Set<String> found = new HashSet<>();
        Set<String> ids = content.unrecorded().stream().map(CallSegment::id).collect(Collectors.toSet());
        if (ids.isEmpty()) {
            return found;
        }
        LocalDate first = content.unrecorded().stream()
                .map(segment -> LocalDate.ofInstant(segment.start(), ZoneOffset.UTC))
                .min(LocalDate::compareTo)
                .orElseThrow();
        LocalDate last = content.unrecorded().stream()
                .map(segment -> LocalDate.ofInstant(segment.end(), ZoneOffset.UTC))
                .max(LocalDate::compareTo)
                .orElseThrow()
                .plusDays(1);
        try (var files = Files.list(directory)) {
            for (Path file : files.filter(file -> between(file, first, last)).toList()) {
                found.addAll(DayFile.recorded(file, ids));
            }
        }
        return found;
    }

    /** Names sort like days. */
    private static boolean between(Path file, LocalDate first, LocalDate last) {
        String name = file.getFileName().toString();
        return name.endsWith(".jsonl")
                && name.compareTo(CostRecord.fileName(first)) >= 0
                && name.compareTo(CostRecord.fileName(last)) <= 0;
    }
}
