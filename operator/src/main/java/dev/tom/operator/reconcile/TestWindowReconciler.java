package dev.tom.operator.reconcile;

import dev.tom.crds.v1alpha1.TestWindow;
import dev.tom.crds.v1alpha1.TestWindowStatus;
import dev.tom.operator.apply.Applied;
import dev.tom.operator.apply.Applier;
import dev.tom.operator.desired.Change;
import dev.tom.operator.desired.DesiredState;
import dev.tom.operator.desired.OperatorDefaults;
import dev.tom.operator.observability.OperatorMeters;
import dev.tom.operator.observe.ServedApis;
import dev.tom.operator.observe.World;
import dev.tom.operator.observe.WorldReader;
import dev.tom.operator.window.Decision;
import dev.tom.operator.window.WindowMachine;
import io.javaoperatorsdk.operator.api.reconciler.Cleaner;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.DeleteControl;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.BooleanSupplier;

/** Observe, decide, render, apply, report. Deletion takes the same line and lets go at its end. */
public final class TestWindowReconciler implements Reconciler<TestWindow>, Cleaner<TestWindow> {

    /** The cache will have caught up by then. */
    private static final Duration AGAIN = Duration.ofMillis(50);

    /** The wall clock wakes a window; the SDK's timer comes so much later, should that fail. Many windows would be woken twice otherwise. */
    private static final Duration SPARE = Duration.ofSeconds(2);

    /** More than bridges have time to answer. */
    private static final Duration FRESH = Duration.ofSeconds(2);

    private final WorldReader reader;
    private final ServedApis apis;
    private final Applier applier;
    private final Reporter reporter;
    private final Rollouts rollouts;
    private final OperatorDefaults defaults;
    private final OperatorMeters meters;
    private final Turnstile turnstile = new Turnstile();
    private final WallClockTick tick;
    private final DeadlineCutter cutter;
    private final EventSources sources;
    private final InstantSource clock;

    /**
     * Looks after windows once the SDK starts it.
     *
     * @param leads whether this process is the one that acts
     */
    public TestWindowReconciler(
            WorldReader reader,
            ServedApis apis,
            Applier applier,
            Reporter reporter,
            OperatorDefaults defaults,
            OperatorMeters meters,
            BooleanSupplier leads,
            InstantSource clock) {
        this.reader = reader;
        this.apis = apis;
        this.applier = applier;
        this.reporter = reporter;
        rollouts = new Rollouts(applier);
        this.defaults = defaults;
        this.meters = meters;
        this.clock = clock;
        tick = new WallClockTick(clock, turnstile);
        var cachedPolicies = new CachedPolicies(reader::plannedEnd);
        cutter = new DeadlineCutter(cachedPolicies, applier, turnstile, tick::callNext, meters, leads, clock);
        sources = new EventSources(tick, cutter, cachedPolicies, window -> !turnstile.keeps(window, clock.instant()));
        meters.waiting(turnstile::waiting);
    }

    @Override
    public List<EventSource<?, TestWindow>> prepareEventSources(EventSourceContext<TestWindow> context) {
        return sources.all(context);
    }

    /** Windows take turns; one that its user stopped does not wait. */
    @Override
    public UpdateControl<TestWindow> reconcile(TestWindow window, Context<TestWindow> context) {
        if (mustEndNow(window)) {
            return look(window, context);
        }
        if (!turnstile.enter(ResourceID.fromResource(window), clock.instant())) {
            return UpdateControl.<TestWindow>noUpdate().rescheduleAfter(Turnstile.PATIENCE);
        }
        try {
            return look(window, context);
        } finally {
            turnstile.leave();
            tick.callNext();
        }
    }

    private UpdateControl<TestWindow> look(TestWindow window, Context<TestWindow> context) {
        return UpdateControl.<TestWindow>noUpdate()
                .rescheduleAfter(step(window, context).pause().plus(SPARE));
    }

    /** Whether windows are being ended, or soon will be: what stops the process can wait. Any thread may ask. */
    public boolean hurries() {
        return cutter.hurries();
    }

    private static boolean mustEndNow(TestWindow window) {
        TestWindowStatus status = window.getStatus();
        return window.getSpec().stop()
                && status != null
                && status.window() != null
                && status.window().closedAt() == null;
    }

    @Override
    public DeleteControl cleanup(TestWindow window, Context<TestWindow> context) {
        Step step = step(window, context);
        if (!step.release()) {
            return DeleteControl.noFinalizerRemoval()
                    .rescheduleAfter(step.pause().toMillis());
        }
        tick.forget(ResourceID.fromResource(window));
        applier.forget(step.world().objects());
        reporter.forget(step.world());
        return DeleteControl.defaultDelete();
    }

    /** The SDK catches exceptions only: after an Error it would hold the window for being worked on, and never look at it again. */
    private Step step(TestWindow window, Context<TestWindow> context) {
        try {
            return steps(window, context);
        } catch (Error e) {
            throw new IllegalStateException("the step failed and is tried again: " + e, e);
        }
    }

    private Step steps(TestWindow window, Context<TestWindow> context) {
        if (apis.cilium()) {
            sources.alsoCilium(context);
        }
        World world = observe(window, context);
        Instant now = clock.instant();
        Decision decision = WindowMachine.decide(world.observed(), now);
        if (decision.phase().ended() && !world.observed().history().ended()) {
            meters.endSeen(Duration.between(decision.endsAt(), now));
        }
        List<Change> changes = DesiredState.render(window, decision, world.bridgePods(), defaults);
        Rollouts.Fitted fitted = rollouts.fit(changes, world, decision);
        Applied applied = applier.apply(fitted.changes(), world.objects());
        boolean remembered = reporter.report(world, decision, fitted.fact());
        applied.orThrow();
        return next(world, decision, remembered);
    }

    /** What bridges said before the end, or before this process was held up, proves nothing about now: then they are asked once more. */
    private World observe(TestWindow window, Context<TestWindow> context) {
        Instant asked = clock.instant();
        World world = reader.observe(window, context::getSecondaryResourcesAsStream);
        Instant now = clock.instant();
        Instant end = world.observed().plan().endsAt();
        boolean crossed = asked.isBefore(end) && !now.isBefore(end);
        boolean old = Duration.between(asked, now).compareTo(FRESH) > 0;
        return crossed || old ? reader.observe(window, context::getSecondaryResourcesAsStream) : world;
    }

    /** How a step ended. */
    private record Step(World world, boolean release, Duration pause) {}

    private Step next(World world, Decision decision, boolean remembered) {
        Instant now = clock.instant();
        Instant wakeAt = remembered ? decision.wakeAt() : now.plus(AGAIN);
        tick.remember(ResourceID.fromResource(world.window()), wakeAt);
        Duration pause = Duration.between(now, wakeAt);
        return new Step(world, decision.release() && remembered, pause.isPositive() ? pause : Duration.ofMillis(1));
    }
}
