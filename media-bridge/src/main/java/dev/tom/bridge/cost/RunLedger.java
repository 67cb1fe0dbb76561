package dev.tom.bridge.cost;

import dev.tom.bridge.cost.account.DeadRuns;
import dev.tom.bridge.cost.journal.JournalOrigin;
import dev.tom.bridge.cost.journal.Journals;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Knows what runs of this window that are over have recorded. It looks every {@link #EVERY}: first which journals are there, because a run
 * whose journal is there lives or still owes records, then what the files hold. Runs on the thread of the record writer, a slice of a file at
 * a time, so that records do not wait for it.
 */
final class RunLedger implements Runnable {

    static final Duration EVERY = Duration.ofSeconds(5);

    /** Days before the start of this run whose files are read: a window lasts at most one. */
    private static final int DAYS_BACK = 2;

    private static final Logger log = LoggerFactory.getLogger(RunLedger.class);

    private final Path directory;
    private final Path ownJournal;
    private final DeadRuns runs;
    private final Map<Path, String> runOfJournal = new HashMap<>();
    private long nextNanos = System.nanoTime();
    private boolean reading;

    /**
     * @param ownJournal which nobody in this process may open
     * @param origin whose window counts, and whose own run does not
     */
    RunLedger(Path directory, Path ownJournal, JournalOrigin origin, Instant startedAt) {
        this.directory = directory;
        this.ownJournal = ownJournal;
        LocalDate from = LocalDate.ofInstant(startedAt, ZoneOffset.UTC).minusDays(DAYS_BACK);
        this.runs = new DeadRuns(directory, CostRecord.fileName(from), origin.window(), origin.run());
    }

    /** What is known, from any thread. */
    DeadRuns runs() {
        return runs;
    }

    /** Reads a slice, when there is one to read. */
    @Override
    public void run() {
        long nanos = System.nanoTime();
        if (!reading && nanos - nextNanos < 0) {
            return;
        }
        try {
            if (!reading) {
                runs.begin(unsettled());
                reading = true;
            }
            reading = runs.readOn();
        } catch (IOException | RuntimeException e) {
            reading = false;
            log.warn(
                    "The cost records of other bridges in {} cannot be read ({}); tried again",
                    directory,
                    e.toString());
        }
        nextNanos = nanos + EVERY.toNanos();
    }

    /** Runs that have a journal. What a journal says about its run never changes, so each is opened once. */
    private Set<String> unsettled() throws IOException {
        Set<Path> journals = new HashSet<>();
        for (Path journal : Journals.in(directory)) {
            boolean own = journal.getFileName()
                    .toString()
                    .startsWith(ownJournal.getFileName().toString());
            if (!own && journals.add(journal) && !runOfJournal.containsKey(journal)) {
                Journals.origin(journal).ifPresent(origin -> runOfJournal.put(journal, origin.run()));
            }
        }
        runOfJournal.keySet().retainAll(journals);
        return Set.copyOf(runOfJournal.values());
    }
}
