package dev.tom.bridge.cost;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Appends records to the files of their days, from one thread of its own, the only one that does. When the queue is full, a virtual
 * thread waits for room in the caller's place; when the disk is full, records stay in memory, are tried again every {@link #RETRY} and
 * said loudly; what cannot be written at the very end goes to the log. Thread-safe.
 */
final class RecordWriter implements AutoCloseable {

    /** Room for the segments of many minutes of a full pod. */
    static final int QUEUE = 10_000;

    static final Duration RETRY = Duration.ofSeconds(1);

    private static final Duration LAST_TRY = Duration.ofSeconds(10);
    private static final Duration FORCE_EVERY = Duration.ofSeconds(1);
    private static final Logger log = LoggerFactory.getLogger(RecordWriter.class);

    private final CostSettings settings;
    private final CostObserver observer;
    private final Consumer<CostRecord> written;
    private final Runnable beside;
    private final BlockingQueue<CostRecord> queue = new ArrayBlockingQueue<>(QUEUE);
    /** Records accepted and not yet written, wherever they wait. */
    private final AtomicInteger open = new AtomicInteger();

    private final Thread thread =
            Thread.ofPlatform().daemon().name("cost-ledger").unstarted(this::run);
    private volatile boolean closing;

    // What follows belongs to the thread.
    private final Set<Path> unforced = new LinkedHashSet<>();
    private long forcedNanos = System.nanoTime();

    /**
     * @param written hears of each record that is on the disk as far as the policy asks; on the writer's thread
     * @param beside runs on the writer's thread, first of all and then again and again: other work on the same files
     */
    RecordWriter(CostSettings settings, CostObserver observer, Consumer<CostRecord> written, Runnable beside) {
        this.settings = settings;
        this.observer = observer;
        this.written = written;
        this.beside = beside;
    }

    void start() {
        thread.start();
    }

    /** Takes a record; never blocks. */
    void take(CostRecord entry) {
        open.incrementAndGet();
        if (closing && !thread.isAlive()) {
            lastResort(entry);
            return;
        }
        if (!queue.offer(entry)) {
            observer.waiting(1);
            Thread.ofVirtual().start(() -> putWaiting(entry));
        }
    }

    /** Records accepted and not yet written. */
    int waiting() {
        return open.get();
    }

    /** Writes what is open, for at most 10 s, and stops. */
    @Override
    public void close() {
        closing = true;
        try {
            thread.join(LAST_TRY);
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

    private void run() {
        List<CostRecord> pending = new ArrayList<>();
        long giveUpAt = Long.MAX_VALUE;
        try {
            beside.run();
            while (!closing || open.get() > 0) {
                if (closing && giveUpAt == Long.MAX_VALUE) {
                    giveUpAt = System.nanoTime() + LAST_TRY.minus(RETRY).toNanos();
                }
                receive(pending);
                beside.run();
                if (!pending.isEmpty() && !writeAll(pending)) {
                    if (closing && System.nanoTime() > giveUpAt) {
                        break;
                    }
                    TimeUnit.NANOSECONDS.sleep(RETRY.toNanos());
                }
                forceEachSecond(false);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        forceEachSecond(true);
        queue.drainTo(pending);
        pending.forEach(RecordWriter::lastResort);
    }

    private static void lastResort(CostRecord entry) {
        log.error("Cost record that could not be written: {}", entry.line());
    }

    private void receive(List<CostRecord> pending) throws InterruptedException {
        if (pending.isEmpty()) {
            CostRecord first = queue.poll(100, TimeUnit.MILLISECONDS);
            if (first == null) {
                return;
            }
            pending.add(first);
        }
        queue.drainTo(pending, QUEUE - Math.min(QUEUE, pending.size()));
    }

    /** Writes file by file; what is written leaves the list. */
    private boolean writeAll(List<CostRecord> pending) {
        Map<String, List<CostRecord>> byFile = new LinkedHashMap<>();
        pending.forEach(entry ->
                byFile.computeIfAbsent(entry.fileName(), _ -> new ArrayList<>()).add(entry));
        for (var file : byFile.entrySet()) {
            Path path = settings.directory().resolve(file.getKey());
            try {
                append(path, file.getValue());
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
            file.getValue().forEach(written);
        }
        return true;
    }

    private void append(Path path, List<CostRecord> records) throws IOException {
        DayFile.append(path, records.stream().map(CostRecord::line).toList(), settings.fsync() == FsyncPolicy.RECORD);
        if (settings.fsync() == FsyncPolicy.SECOND) {
            unforced.add(path);
        }
    }

    private void forceEachSecond(boolean now) {
        long nanos = System.nanoTime();
        if (unforced.isEmpty() || (!now && nanos - forcedNanos < FORCE_EVERY.toNanos())) {
            return;
        }
        try {
            for (Path path : unforced) {
                DayFile.force(path);
            }
            DayFile.force(settings.directory());
            unforced.clear();
        } catch (IOException e) {
            log.warn("Cost records cannot be forced to the disk ({}); tried again", e.toString());
        }
        forcedNanos = nanos;
    }
}
