package dev.tom.operator.reconcile;

import dev.tom.crds.v1alpha1.TestWindow;
import dev.tom.operator.apply.Applier;
import dev.tom.operator.desired.Labels;
import dev.tom.operator.observability.LogKeys;
import dev.tom.operator.observability.OperatorMeters;
import dev.tom.operator.observe.WorldReader;
import dev.tom.operator.reconcile.DueCuts.Candidate;
import dev.tom.operator.reconcile.DueCuts.Cut;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.javaoperatorsdk.operator.processing.event.Event;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.AbstractEventSource;
import io.javaoperatorsdk.operator.processing.event.source.IndexerResourceCache;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.stream.Stream;
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
    /** A policy that is still there this long after it was cut is cut again. */
    private static final Duration AGAIN = Duration.ofSeconds(1);
    /** With so many at once, everything else holds still. */
    private static final int STAMPEDE = 16;

    /** At the most; the hold ends with the cut. */
    private static final Duration HOLD = Duration.ofSeconds(10);
    /** The API server works off one request object by object, so it is several requests that keep it busy. */
    private static final int THREADS = 8;

    private final Function<TestWindow, Instant> plannedEnd;
    private final Applier applier;
    private final Turnstile turnstile;
    private final OperatorMeters meters;
    private final BooleanSupplier leads;
    private final InstantSource clock;
    private final Map<Asked, Instant> asked = new ConcurrentHashMap<>();
    private @Nullable InformerEventSource<NetworkPolicy, TestWindow> policies;
    private @Nullable InformerEventSource<Pod, TestWindow> pods;
    private @Nullable IndexerResourceCache<TestWindow> windows;
    private @Nullable ScheduledExecutorService watch;
    private @Nullable ExecutorService cutting;

    /**
     * Cuts once started by the SDK.
     *
     * @param plannedEnd the end of a window by its spec
     * @param leads whether this process is the one that acts
     */
    DeadlineCutter(
            Function<TestWindow, Instant> plannedEnd,
            Applier applier,
            Turnstile turnstile,
            OperatorMeters meters,
            BooleanSupplier leads,
            InstantSource clock) {
        super(Void.class, "deadline");
        this.plannedEnd = plannedEnd;
        this.applier = applier;
        this.turnstile = turnstile;
        this.meters = meters;
        this.leads = leads;
        this.clock = clock;
    }

    /** A policy that a request has named. */
    private record Asked(String namespace, String window, Instant endsAt) {}

    /** The caches it reads. */
    void reads(
            InformerEventSource<NetworkPolicy, TestWindow> policySource,
            InformerEventSource<Pod, TestWindow> podSource,
            IndexerResourceCache<TestWindow> windowCache) {
        policies = policySource;
        pods = podSource;
        windows = windowCache;
    }

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
                DueCuts due = DueCuts.at(now, candidates(now));
                cut(due, now);
                pause = pause(due, clock.instant());
            }
        } catch (RuntimeException e) {
            LOG.warn("the deadline path tries again in {} ms: {}", pause.toMillis(), e.toString());
        } finally {
            again(pause);
        }
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

    private List<Candidate> candidates(Instant now) {
        if (policies == null || !policies.isRunning()) {
            return List.of();
        }
        try (Stream<NetworkPolicy> all = policies.list(policy -> true)) {
            return all.flatMap(policy -> candidate(policy, now).stream()).toList();
        }
    }

    /** A policy without a label for its end, or with one that is no number, is left to the reconcile of its window. */
    private Optional<Candidate> candidate(NetworkPolicy policy, Instant now) {
        Map<String, String> labels = policy.getMetadata().getLabels();
        String ends = labels.get(Labels.ENDS);
        String window = labels.get(Labels.WINDOW);
        if (ends == null
                || window == null
                || ends.length() > 11
                || !ends.chars().allMatch(Character::isDigit)) {
            return Optional.empty();
        }
        Instant endsAt = Instant.ofEpochSecond(Long.parseLong(ends));
        String namespace = policy.getMetadata().getNamespace();
        if (asked.containsKey(new Asked(namespace, window, endsAt))) {
            return Optional.empty();
        }
        if (now.isBefore(endsAt)) {
            return Optional.of(new Candidate(namespace, window, endsAt, Optional.empty(), false));
        }
        Optional<TestWindow> owner =
                windows == null ? Optional.empty() : windows.get(new ResourceID(window, namespace));
        return Optional.of(new Candidate(
                namespace,
                window,
                endsAt,
                owner.map(plannedEnd),
                owner.filter(this::callsMayRun).isPresent()));
    }

    private boolean callsMayRun(TestWindow window) {
        return pods != null && pods.getSecondaryResources(window).stream().anyMatch(WorldReader::mayRun);
    }

    private void cut(DueCuts due, Instant now) {
        meters.due(due.policies());
        if (due.cuts().isEmpty()) {
            return;
        }
        if (due.policies() >= STAMPEDE) {
            turnstile.hold(now.plus(HOLD));
        }
        try {
            await(due.cuts());
        } finally {
            turnstile.release();
            turnstile
                    .called(clock.instant())
                    .forEach(window -> getEventHandler().handleEvent(new Event(window)));
        }
    }

    private void await(List<Cut> cuts) {
        var running = new ArrayList<Future<?>>();
        ExecutorService threads = cutting;
        if (threads == null) {
            return;
        }
        cuts.forEach(cut -> running.add(threads.submit(() -> cut(cut))));
        for (Future<?> one : running) {
            try {
                one.get();
            } catch (ExecutionException e) {
                LOG.warn("a cut failed and is tried again: {}", String.valueOf(e.getCause()));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private void cut(Cut cut) {
        applier.deleteAll(NetworkPolicy.class, cut.namespace(), selector(cut));
        Instant now = clock.instant();
        cut.windows().forEach(window -> asked.put(new Asked(cut.namespace(), window, cut.endsAt()), now));
        meters.cut(cut.windows().size(), Duration.between(cut.endsAt(), now));
        LOG.atInfo()
                .addKeyValue(LogKeys.NAMESPACE, cut.namespace())
                .addKeyValue(LogKeys.WINDOWS, cut.windows().size())
                .log("egress of windows that ended at {} was cut", cut.endsAt());
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
