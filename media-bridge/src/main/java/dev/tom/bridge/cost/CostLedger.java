package dev.tom.bridge.cost;

import dev.tom.bridge.session.CallSegment;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes one record per call segment, in files by the UTC day of their end, from one thread of its own. {@link #record} never blocks
 * and never loses: when the queue is full, a virtual thread waits for room in the caller's place; when the disk is full, records stay
 * in memory, are tried again every {@link #RETRY} and said loudly; what cannot be written at the very end goes to the log.
 * Thread-safe.
 */
public final class CostLedger implements AutoCloseable {

    /** Room for the segments of many minutes of a full pod. */
    static final int QUEUE = 10_000;

    static final Duration RETRY = Duration.ofSeconds(1);

    private static final Duration LAST_TRY = Duration.ofSeconds(10);
    private static final Logger log = LoggerFactory.getLogger(CostLedger.class);

    private final CostSettings settings;
    private final Tariff tariff;
    private final String window;
    private final String model;
    private final CostObserver observer;
    private final BlockingQueue<CostRecord> queue = new ArrayBlockingQueue<>(QUEUE);
    /** Records accepted and not yet on the disk, wherever they wait. */
    private final AtomicInteger open = new AtomicInteger();

    private final Thread writer =
            Thread.ofPlatform().daemon().name("cost-ledger").unstarted(this::write);
    private volatile boolean closing;
    private volatile Totals totals = new Totals(0, BigDecimal.ZERO);

    /**
     * What was recorded since the start.
     *
     * @param records accepted
     * @param eur their sum
     */
    public record Totals(long records, BigDecimal eur) {
        private Totals plus(SegmentCost cost) {
            return new Totals(records + 1, eur.add(cost.total()));
        }
    }

    /**
     * @param window WINDOW_NAME for the records
     * @param model the provider's model
     */
    public CostLedger(CostSettings settings, Tariff tariff, String window, String model, CostObserver observer) {
        this.settings = settings;
        this.tariff = tariff;
        this.window = window;
        this.model = model;
        this.observer = observer;
    }

    /** Starts the writer. */
    public CostLedger start() {
        writer.start();
        return this;
    }

    /** Takes a segment; from any thread, also an event loop. */
    public void record(CallSegment segment) {
        SegmentCost cost = tariff.cost(segment, model);
        var entry = new CostRecord(segment, cost, window, model, tariff);
        synchronized (this) {
            totals = totals.plus(cost);
        }
        observer.charged(segment.backend(), cost);
        open.incrementAndGet();
        if (closing && !writer.isAlive()) {
            lastResort(entry);
            return;
        }
        if (!queue.offer(entry)) {
            observer.waiting(1);
            Thread.ofVirtual().start(() -> putWaiting(entry));
        }
    }

    /** What was recorded so far. */
    public Totals totals() {
        return totals;
    }

    /** Writes what is open, for at most 10 s, and stops. */
    @Override
    public void close() {
        closing = true;
        try {
            writer.join(LAST_TRY);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void putWaiting(CostRecord entry) {
        try {
            queue.put(entry);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void write() {
        List<CostRecord> pending = new ArrayList<>();
        long giveUpAt = Long.MAX_VALUE;
        try {
            while (!closing || open.get() > 0) {
                if (closing && giveUpAt == Long.MAX_VALUE) {
                    giveUpAt = System.nanoTime() + LAST_TRY.minus(RETRY).toNanos();
                }
                take(pending);
                if (!pending.isEmpty() && !writeAll(pending)) {
                    if (closing && System.nanoTime() > giveUpAt) {
                        break;
                    }
                    TimeUnit.NANOSECONDS.sleep(RETRY.toNanos());
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        queue.drainTo(pending);
        pending.forEach(CostLedger::lastResort);
    }

    private static void lastResort(CostRecord entry) {
        log.error("Cost record that could not be written: {}", entry.line());
    }

    private void take(List<CostRecord> pending) throws InterruptedException {
        if (pending.isEmpty()) {
            CostRecord first = queue.poll(100, TimeUnit.MILLISECONDS);
            if (first == null) {
                return;
            }
            pending.add(first);
        }
        queue.drainTo(pending, QUEUE - Math.min(QUEUE, pending.size()));
    }

    /** Writes file by file; what is on the disk leaves the list. */
    private boolean writeAll(List<CostRecord> pending) {
        Map<String, List<CostRecord>> byFile = new LinkedHashMap<>();
        pending.forEach(entry ->
                byFile.computeIfAbsent(entry.fileName(), _ -> new ArrayList<>()).add(entry));
        for (var file : byFile.entrySet()) {
            Path path = settings.directory().resolve(file.getKey());
            try {
                LedgerFile.append(
                        path, file.getValue().stream().map(CostRecord::line).toList());
            } catch (IOException | RuntimeException e) {
                log.error(
                        "{} cost records cannot be written to {} ({}): make room or repair the directory; they are kept in"
                                + " memory and tried again",
                        pending.size(),
                        path,
                        e.toString());
                return false;
            }
            pending.removeIf(entry -> entry.fileName().equals(file.getKey()));
            open.addAndGet(-file.getValue().size());
        }
        return true;
    }
}
