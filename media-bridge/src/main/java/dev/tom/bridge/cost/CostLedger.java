package dev.tom.bridge.cost;

import dev.tom.bridge.cost.account.LedgerStatus;
import dev.tom.bridge.cost.account.RunAccount;
import dev.tom.bridge.cost.journal.Journal;
import dev.tom.bridge.cost.journal.JournalOrigin;
import dev.tom.bridge.cost.tariff.Tariff;
import dev.tom.bridge.session.CallSegment;
import dev.tom.bridge.session.OpenSegment;
import dev.tom.bridge.session.SegmentObserver;
import dev.tom.bridge.session.SegmentUse;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One record per call segment, whatever happens to the process. A journal knows what is open; a record is written when a segment ends,
 * and only then the journal forgets it; what a dead process left open becomes records at the next start. Nothing here blocks an event
 * loop. Thread-safe.
 */
public final class CostLedger implements SegmentObserver, AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(CostLedger.class);

    private final Tariff tariff;
    private final JournalOrigin origin;
    private final CostObserver observer;
    private final Journal journal;
    private final RecordWriter writer;
    private final AtomicBoolean warned = new AtomicBoolean();
    private final RunLedger runs;
    private RunAccount own;

    /** @param origin what the records carry */
    public CostLedger(
            CostSettings settings, Tariff tariff, JournalOrigin origin, CostObserver observer, InstantSource clock) {
        this.tariff = tariff;
        this.origin = origin;
        this.observer = observer;
        this.journal = new Journal(settings.directory(), origin, settings.fsync() != FsyncPolicy.OFF, clock);
        this.own = RunAccount.empty(origin.run());
        this.runs = new RunLedger(settings.directory(), journal.path(), origin, clock.instant());
        var settlement = new Settlement(settings.directory(), journal.path(), tariff, this::settled);
        this.writer = new RecordWriter(settings, observer, entry -> journal.recorded(entry.segment()), () -> {
            settlement.run();
            runs.run();
        });
    }

    /** Starts the journal, the writer, and the settlement of what earlier processes owe. */
    public CostLedger start() {
        journal.start();
        writer.start();
        return this;
    }

    @Override
    public void segmentOpened(OpenSegment segment) {
        journal.opened(segment);
    }

    @Override
    public void segmentProgress(OpenSegment segment, SegmentUse use) {
        journal.used(segment, use);
    }

    @Override
    public void segmentEnded(CallSegment segment) {
        var entry = CostRecord.of(segment, origin, tariff);
        count(entry);
        journal.ended(segment);
        writer.take(entry);
    }

    /** What this run has recorded so far, and what is known of runs that are over. Never waits for a disk. */
    public LedgerStatus status() {
        return new LedgerStatus(account(), runs.runs().told(), runs.runs().omitted());
    }

    /** What this run has recorded so far; what it wrote for dead runs is theirs. */
    public synchronized RunAccount account() {
        return own;
    }

    /** Records that are not on the disk yet. */
    public int waiting() {
        return writer.waiting();
    }

    /** Writes what is open, for at most 12 s, and stops; what has no record then stays in the journal. */
    @Override
    public void close() {
        writer.close();
        journal.close();
    }

    /** The meters count what a dead process of this window could not; the account of this run does not. */
    private void settled(CostRecord entry) {
        if (entry.origin().window().equals(origin.window())) {
            charge(entry);
        }
    }

    private void count(CostRecord entry) {
        synchronized (this) {
            own = own.plus(entry.entry());
        }
        charge(entry);
    }

    private void charge(CostRecord entry) {
        observer.charged(entry.segment().backend(), entry.cost());
        if (!entry.cost().priced() && warned.compareAndSet(false, true)) {
            log.warn(
                    "No price for {} at {}: its records carry tokens and \"priced\":false; add the model or a version to COST_TARIFF",
                    entry.model().isEmpty() ? entry.segment().backend().label() : entry.model(),
                    entry.segment().start());
        }
    }
}
