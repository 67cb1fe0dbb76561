package dev.tom.bridge.cost.journal;

import dev.tom.bridge.session.CallSegment;
import dev.tom.bridge.session.OpenSegment;
import dev.tom.bridge.session.SegmentUse;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps open segments on the disk, from one thread of its own. A process that is killed loses what it was told within the last {@link
 * #PAUSE}; the end of its open segments is dated too early by at most {@link #HEARTBEAT} and {@link #BEAT} together. A machine that
 * loses power loses also what was told since the last {@link #BEAT}, or whatever the kernel held back when nothing is forced. All
 * methods may be called from event loops.
 */
public final class Journal implements AutoCloseable {

    /** Longest time between two signs of life while a segment is open. */
    static final Duration HEARTBEAT = Duration.ofSeconds(2);

    /** Between two writes; what is told in between about one segment becomes one line. */
    static final Duration PAUSE = Duration.ofMillis(20);

    /** How often the writer looks at the clock, and how often it forces the file to the disk. */
    static final Duration BEAT = Duration.ofSeconds(1);

    /** A journal of so many bytes, and {@link #BYTES_PER_OPEN} more for each open segment, is written anew with what is open. */
    static final long COMPACT_AT = 1 << 20;

    private static final long BYTES_PER_OPEN = 1_000;

    /** It has grown by so many bytes before it is written anew again, however long its lines are. */
    private static final long COMPACT_AFTER = 1 << 18;

    private static final Duration RETRY = Duration.ofSeconds(1);
    /** Of so many failures, a second apart, one is said. */
    private static final int SAY_EVERY = 60;

    private static final Duration LAST_TRY = Duration.ofSeconds(2);
    private static final Logger log = LoggerFactory.getLogger(Journal.class);

    private final Path path;
    private final JournalOrigin origin;
    private final boolean forced;
    private final InstantSource clock;
    private final OpenSegments open = new OpenSegments();
    private final Semaphore news = new Semaphore(0);
    private final Thread writer =
            Thread.ofPlatform().daemon().name("cost-journal").unstarted(this::run);
    private volatile boolean closing;

    // What follows belongs to the writer.
    private Optional<JournalFile> file = Optional.empty();
    private long bytesAtFirst;
    private long aliveNanos;
    private long forcedNanos;
    private boolean unforced;
    private boolean broken;
    private int failures;

    /**
     * @param directory of the cost records
     * @param forced whether it is forced to the disk while it grows
     */
    public Journal(Path directory, JournalOrigin origin, boolean forced, InstantSource clock) {
        this.path = Journals.fresh(
                directory,
                origin.pod(),
                clock.instant(),
                ThreadLocalRandom.current().nextInt());
        this.origin = origin;
        this.forced = forced;
        this.clock = clock;
    }

    /** The own file, which nobody may open. */
    public Path path() {
        return path;
    }

    public void start() {
        writer.start();
    }

    public void opened(OpenSegment segment) {
        open.opened(segment);
        news.release();
    }

    public void used(OpenSegment segment, SegmentUse use) {
        open.used(segment, use);
        news.release();
    }

    public void ended(CallSegment segment) {
        open.ended(segment);
        news.release();
    }

    /** The record of this segment is on the disk. */
    public void recorded(CallSegment segment) {
        open.recorded(segment.id());
        news.release();
    }

    /** Stops. The file goes when every segment has its record; otherwise it stays for the next process. */
    @Override
    public void close() {
        closing = true;
        news.release();
        try {
            writer.join(LAST_TRY);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            while (!closing) {
                if (news.tryAcquire(BEAT.toNanos(), TimeUnit.NANOSECONDS)) {
                    TimeUnit.NANOSECONDS.sleep(PAUSE.toNanos());
                    news.drainPermits();
                }
                if (!write()) {
                    TimeUnit.NANOSECONDS.sleep(RETRY.toNanos());
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        end();
    }

    /** Writes what is new; after a failure a whole file, because nobody knows how far the last one got. */
    private boolean write() {
        try {
            Instant now = clock.instant();
            if (broken || file.isEmpty() || tooLong(file.get().size())) {
                rewrite(now);
            } else {
                append(now);
            }
            force(file.orElseThrow());
            return true;
        } catch (IOException | RuntimeException e) {
            if (failures++ % SAY_EVERY == 0) {
                log.error(
                        "The journal of open calls {} cannot be written ({}): make room or repair the directory; while this lasts, a crash"
                                + " loses the cost of live calls",
                        path,
                        e.toString());
            }
            broken = true;
            return false;
        }
    }

    private boolean tooLong(long bytes) {
        return bytes > COMPACT_AT + BYTES_PER_OPEN * open.count() && bytes > bytesAtFirst + COMPACT_AFTER;
    }

    private void append(Instant now) throws IOException {
        List<JournalEvent> events = open.take(now);
        long nanos = System.nanoTime();
        if (events.isEmpty() && open.any() && nanos - aliveNanos >= HEARTBEAT.toNanos()) {
            events.add(new JournalEvent.Alive(now));
        }
        if (!events.isEmpty()) {
            file.orElseThrow().append(lines(events));
            aliveNanos = nanos;
            unforced = true;
        }
    }

    private void rewrite(Instant now) throws IOException {
        List<JournalEvent> events = new ArrayList<>();
        events.add(new JournalEvent.Began(origin, now));
        events.addAll(open.takeAll(now));
        JournalFile fresh = JournalFile.replace(path, lines(events));
        letGo();
        file = Optional.of(fresh);
        broken = false;
        bytesAtFirst = fresh.size();
        aliveNanos = System.nanoTime();
    }

    private void force(JournalFile journal) throws IOException {
        long nanos = System.nanoTime();
        if (forced && unforced && nanos - forcedNanos >= BEAT.toNanos()) {
            journal.force();
            forcedNanos = nanos;
            unforced = false;
        } else if (!forced) {
            unforced = false;
        }
    }

    /** Gives up the lock. Only when another file holds what this one held, or at the end: a journal without a lock is settled. */
    private void letGo() {
        try {
            if (file.isPresent()) {
                file.get().close();
            }
        } catch (IOException e) {
            log.debug("closing {} failed", path, e);
        }
        file = Optional.empty();
    }

    private void end() {
        if (open.any() || open.unwritten()) {
            write();
        }
        try {
            if (file.isPresent() && !open.any()) {
                file.get().delete();
                file = Optional.empty();
            }
        } catch (IOException e) {
            log.warn(
                    "The journal {} owes nothing but cannot be deleted ({}); the next start does it",
                    path,
                    e.toString());
        }
        letGo();
    }

    private static List<String> lines(List<JournalEvent> events) {
        return events.stream().map(JournalLine::encode).toList();
    }
}
