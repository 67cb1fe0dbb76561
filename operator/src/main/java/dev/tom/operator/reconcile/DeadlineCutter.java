package dev.tom.operator.reconcile;

import dev.tom.crds.v1alpha1.TestWindow;
import dev.tom.operator.apply.Applier;
import dev.tom.operator.desired.EgressPolicyKind;
import dev.tom.operator.desired.Labels;
import dev.tom.operator.observability.LogKeys;
import dev.tom.operator.observability.OperatorMeters;
import dev.tom.operator.reconcile.DueCuts.Candidate;
import dev.tom.operator.reconcile.DueCuts.Cut;
import io.javaoperatorsdk.operator.processing.event.source.AbstractEventSource;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The deadline path: deletes provider-egress policies whose end has come, many by one request, on threads of its own. It never waits for a
 * reconcile or a report, reads caches only, and only ever deletes; what it misses the reconcile of the window does.
 */
public final class DeadlineCutter extends AbstractEventSource<Void, TestWindow> {

    private static final Logger LOG = LoggerFactory.getLogger(DeadlineCutter.class);

    /** The clock is looked at so often at least: a step of the clock makes a cut late by no more. */
    private static final Duration LONGEST_PAUSE = Duration.ofMillis(200);
    /** A policy that is still there this long after the answer is cut again. */
    private static final Duration AGAIN = Duration.ofSeconds(1);
    /** With so many at once, everything else holds still. */
    private static final int STAMPEDE = 16;

    /** A cut that is so near must not find the process stopped by something that could wait. */
    private static final Duration NEAR = Duration.ofSeconds(2);

    /** At the most; the hold ends with the cut. */
    private static final Duration HOLD = Duration.ofSeconds(10);
    /** The API server works off one request object by object, so it is several requests that keep it busy. */
    private static final int THREADS = 8;

    private final CachedPolicies policies;
    private final Applier applier;
    private final Turnstile turnstile;
    private final Runnable callNext;
    private final OperatorMeters meters;
    private final BooleanSupplier leads;
    private final InstantSource clock;
    /** Policies of requests that are under way. */
    private final Set<Asked> asking = ConcurrentHashMap.newKeySet();
    /** When a request for them was answered. */
    private final Map<Asked, Instant> asked = new ConcurrentHashMap<>();

    private final AtomicInteger requests = new AtomicInteger();
    private volatile Instant next = Instant.MAX;
    private @Nullable ScheduledExecutorService watch;
    private @Nullable ExecutorService cutting;

    /**
     * Cuts once started by the SDK.
     *
     * @param policies which policies there are
     * @param callNext wakes those who may pass the turnstile once a cut is over
     * @param leads whether this process is the one that acts
     */
    DeadlineCutter(
            CachedPolicies policies,
            Applier applier,
            Turnstile turnstile,
            Runnable callNext,
            OperatorMeters meters,
            BooleanSupplier leads,
            InstantSource clock) {
        super(Void.class, "deadline");
        this.policies = policies;
        this.applier = applier;
        this.turnstile = turnstile;
        this.callNext = callNext;
        this.meters = meters;
        this.leads = leads;
        this.clock = clock;
    }

    /** A policy that a request has named. */
    private record Asked(EgressPolicyKind kind, String namespace, String window, Instant endsAt) {}

    @Override
    public synchronized void start() {
        super.start();
        if (watch == null) {
            cutting = Executors.newFixedThreadPool(
                    THREADS, Thread.ofPlatform().name("tom-cut-", 0).daemon().factory());
            watch = Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().name("tom-deadline").daemon().factory());
            watch.execute(this::look);
        }
    }

    @Override
    public synchronized void stop() {
        super.stop();
        if (watch != null && cutting != null) {
            watch.shutdownNow();
            cutting.shutdownNow();
            watch = null;
            cutting = null;
        }
    }

    private void look() {
        Duration pause = LONGEST_PAUSE;
        try {
            if (leads.getAsBoolean()) {
                Instant now = clock.instant();
                asked.values()
                        .removeIf(since -> Duration.between(since, now).abs().compareTo(AGAIN) > 0);
                DueCuts due = DueCuts.at(now, policies.candidates(now, this::notAsked));
                next = due.next().orElse(Instant.MAX);
                cut(due, now);
                pause = pause(due, clock.instant());
            }
        } catch (RuntimeException e) {
            LOG.warn("the deadline path tries again in {} ms: {}", pause.toMillis(), e.toString());
        } finally {
            again(pause);
        }
    }

    private boolean notAsked(Candidate policy) {
        var key = new Asked(policy.kind(), policy.namespace(), policy.window(), policy.endsAt());
        return !asking.contains(key) && !asked.containsKey(key);
    }

    private static Duration pause(DueCuts due, Instant now) {
        return due.next()
                .map(next -> Duration.between(now, next))
                .filter(wait -> wait.compareTo(LONGEST_PAUSE) < 0)
                .map(wait -> wait.isPositive() ? wait : Duration.ofMillis(1))
                .orElse(LONGEST_PAUSE);
    }

    private synchronized void again(Duration pause) {
        if (watch != null) {
            watch.schedule(this::look, pause.toNanos(), TimeUnit.NANOSECONDS);
        }
    }

    /** Waits for no answer: what is due a moment later must not queue behind it. */
    private void cut(DueCuts due, Instant now) {
        meters.due(due.policies() + asking.size());
        ExecutorService threads = cutting;
        if (due.cuts().isEmpty() || threads == null) {
            return;
        }
        // Before the hold, which the last answer to an earlier request would end otherwise.
        requests.addAndGet(due.cuts().size());
        if (due.policies() >= STAMPEDE) {
            turnstile.hold(now.plus(HOLD));
        }
        due.cuts().forEach(cut -> {
            asking.addAll(asked(cut));
            threads.execute(() -> attempt(cut));
        });
    }

    private static List<Asked> asked(Cut cut) {
        return cut.windows().stream()
                .map(window -> new Asked(cut.kind(), cut.namespace(), window, cut.endsAt()))
                .toList();
    }

    private void attempt(Cut cut) {
        try {
            cut(cut);
        } catch (RuntimeException e) {
            LOG.warn("a cut failed and is tried again: {}", e.toString());
        } finally {
            asked(cut).forEach(asking::remove);
            if (requests.decrementAndGet() == 0) {
                turnstile.release();
                callNext.run();
            }
        }
    }

    private void cut(Cut cut) {
        applier.deleteAll(cut.kind(), cut.namespace(), selector(cut));
        Instant now = clock.instant();
        asked(cut).forEach(policy -> asked.put(policy, now));
        meters.cut(cut.windows().size(), Duration.between(cut.endsAt(), now));
        LOG.atInfo()
                .addKeyValue(LogKeys.NAMESPACE, cut.namespace())
                .addKeyValue(LogKeys.WINDOWS, cut.windows().size())
                .log("egress of windows that ended at {} was cut", cut.endsAt());
    }

    /** Whether a cut is under way or near. Any thread may ask. */
    boolean hurries() {
        return requests.get() > 0 || !clock.instant().plus(NEAR).isBefore(next);
    }

    private static String selector(Cut cut) {
        return "%s=%s,%s=%d,%s in (%s)"
                .formatted(
                        Labels.MANAGED_BY,
                        Labels.OPERATOR,
                        Labels.ENDS,
                        cut.endsAt().getEpochSecond(),
                        Labels.WINDOW,
                        String.join(",", cut.windows()));
    }

    @Override
    public Set<Void> getSecondaryResources(TestWindow window) {
        return Set.of();
    }
}
