package dev.tom.bridge.egress;

import dev.tom.bridge.call.egress.EgressLease;
import dev.tom.bridge.call.egress.EgressPermit;
import dev.tom.bridge.call.egress.EgressReason;
import dev.tom.bridge.call.egress.EgressTerms;
import dev.tom.bridge.call.egress.EgressVerdict;
import dev.tom.bridge.call.egress.ProviderSockets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the egress lease against the clock: one daemon thread looks every {@link #LOOK} and exactly when the lease closes. When it
 * closes, the listeners hear of it at once, on another thread so that none can hold the clock up; {@link #GRACE} later every provider
 * socket that is still there is cut.
 *
 * <p>{@link #open()} and {@link #openForNewSessions()} answer from memory against the monotonic clock and so are right even when the
 * daemon thread gets no processor. Thread-safe.
 */
public final class EgressGuard implements EgressPermit, ProviderSockets, AutoCloseable {

    /** How often the clocks are compared, at least. */
    static final Duration LOOK = Duration.ofMillis(50);

    /** From the closing of the permit to the cut: at the end of a window this is the deadline itself. */
    static final Duration GRACE = EgressLease.CLOSES_BEFORE_DEADLINE;

    private static final Logger log = LoggerFactory.getLogger(EgressGuard.class);

    private final InstantSource wall;
    private final LongSupplier nanos;
    private final OpenSockets sockets;
    private final List<EgressClosing> listeners = new CopyOnWriteArrayList<>();
    private final ExecutorService notifier = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().daemon().name("egress-notify").factory());
    private final Thread timer =
            Thread.ofPlatform().daemon().name("egress-guard").unstarted(this::keep);

    // Confined to the lock.
    private EgressLease lease;
    private EgressTerms terms = EgressTerms.NOT_ALLOWED;
    private long cutAtNanos;

    /** What the permit answers from; replaced as a whole. */
    private volatile Permit permit;

    private volatile boolean stopped;

    private record Permit(EgressVerdict verdict, long sessionsEndNanos, long closesAtNanos) {}

    public EgressGuard(InstantSource wall) {
        this(wall, System::nanoTime);
    }

    /**
     * @param wall the clock that EGRESS_UNTIL is written in
     * @param nanos a monotonic clock like {@link System#nanoTime()}
     */
    EgressGuard(InstantSource wall, LongSupplier nanos) {
        this.wall = wall;
        this.nanos = nanos;
        this.sockets = new OpenSockets(wall);
        Clocks now = readClocks();
        this.lease = EgressLease.none(now.wall, now.elapsed());
        this.permit = permitOf(lease.verdict(), now);
        this.cutAtNanos = now.nanos;
    }

    /** Starts the clock thread. */
    public EgressGuard start() {
        timer.start();
        return this;
    }

    /** Takes the terms of the configuration; from any thread. */
    public void configured(EgressTerms next) {
        synchronized (this) {
            Clocks now = readClocks();
            terms = next;
            take(lease.configured(next, now.wall, now.elapsed()), now);
        }
        LockSupport.unpark(timer);
    }

    /** Who hears when the permit closes. */
    public void onClosing(EgressClosing listener) {
        listeners.add(listener);
    }

    @Override
    public boolean open() {
        Permit current = permit;
        return current.verdict.open() && nanos.getAsLong() - current.closesAtNanos < 0;
    }

    @Override
    public boolean openForNewSessions() {
        Permit current = permit;
        return current.verdict.newSessions() && nanos.getAsLong() - current.sessionsEndNanos < 0;
    }

    /** {@inheritDoc} One that comes after the cut is cut by the next look. */
    @Override
    public Entry opened(Runnable cut) {
        Entry entry = sockets.add(cut);
        if (!open()) {
            LockSupport.unpark(timer);
        }
        return entry;
    }

    public EgressSnapshot snapshot() {
        Optional<Instant> until;
        synchronized (this) {
            until = terms instanceof EgressTerms.Stated stated ? stated.until() : Optional.empty();
        }
        boolean open = open();
        EgressReason reason = permit.verdict.reason();
        return new EgressSnapshot(
                open,
                until,
                reason == EgressReason.OPEN && !open ? EgressReason.PAST_DEADLINE : reason,
                sockets.count(),
                sockets.lastClosedAt());
    }

    /** Ends the clock thread. Closes the permit and cuts what is open: without its guard no provider use is allowed. */
    @Override
    public void close() {
        synchronized (this) {
            Clocks now = readClocks();
            take(lease.configured(EgressTerms.NOT_ALLOWED, now.wall, now.elapsed()), now);
        }
        stopped = true;
        LockSupport.unpark(timer);
        sockets.cutAll();
        notifier.shutdown();
    }

    private void keep() {
        while (!stopped) {
            try {
                LockSupport.parkNanos(this, look());
            } catch (RuntimeException | Error e) {
                log.error("The egress guard met an unexpected fault and goes on", e);
                LockSupport.parkNanos(this, LOOK.toNanos());
            }
        }
    }

    /** One look; gives the nanoseconds until the next. */
    private synchronized long look() {
        Clocks now = readClocks();
        take(lease.look(now.wall, now.elapsed()), now);
        EgressVerdict verdict = permit.verdict;
        if (verdict.open()) {
            return Math.max(1, Math.min(LOOK.toNanos(), verdict.closesIn().toNanos()));
        }
        long untilCut = cutAtNanos - now.nanos;
        if (untilCut > 0) {
            return Math.min(LOOK.toNanos(), untilCut);
        }
        sockets.cutAll();
        return LOOK.toNanos();
    }

    private void take(EgressLease next, Clocks now) {
        boolean wasOpen = permit.verdict.open();
        lease = next;
        EgressVerdict verdict = next.verdict();
        boolean newlyOpen = verdict.open() && !wasOpen;
        // The permit may have closed by its own clock a moment ago; the cut counts from then.
        long closedAt = wasOpen ? Math.min(now.nanos, permit.closesAtNanos) : now.nanos;
        permit = permitOf(verdict, now);
        if (newlyOpen) {
            log.info("Provider use is allowed{}", newSessionsNote(verdict));
        } else if (wasOpen && !verdict.open()) {
            cutAtNanos = closedAt + GRACE.toNanos();
            log.info(
                    "Provider use has ended ({}); {} provider sockets open",
                    verdict.reason().label(),
                    sockets.count());
            notifier.execute(() -> listeners.forEach(listener -> tell(listener, verdict.reason())));
        }
    }

    private static String newSessionsNote(EgressVerdict verdict) {
        return verdict.newSessions() ? "" : ", but the end is too near for new sessions";
    }

    private static void tell(EgressClosing listener, EgressReason reason) {
        try {
            listener.closed(reason);
        } catch (RuntimeException | Error e) {
            log.error("A listener failed when provider use ended; its sockets are cut all the same", e);
        }
    }

    private static Permit permitOf(EgressVerdict verdict, Clocks now) {
        long left = verdict.open() ? saturatedNanos(verdict.closesIn()) : 0;
        long sessions = left
                - EgressLease.LAST_SESSION_BEFORE_DEADLINE
                        .minus(EgressLease.CLOSES_BEFORE_DEADLINE)
                        .toNanos();
        return new Permit(verdict, now.nanos + sessions, now.nanos + left);
    }

    /** At most 30 days, so that sums with {@code nanoTime} stay comparable; looks renew it long before. */
    private static long saturatedNanos(Duration duration) {
        return (duration.compareTo(Duration.ofDays(30)) > 0 ? Duration.ofDays(30) : duration).toNanos();
    }

    private record Clocks(Instant wall, long nanos) {
        Duration elapsed() {
            return Duration.ofNanos(nanos);
        }
    }

    /** Both clocks as one: read again when the thread was held up in between, which would look like a jump. */
    private Clocks readClocks() {
        Clocks read;
        long before;
        int tries = 0;
        do {
            before = nanos.getAsLong();
            read = new Clocks(wall.instant(), nanos.getAsLong());
        } while (read.nanos - before > 20_000_000L && ++tries < 10);
        return read;
    }
}
