package dev.tom.operator.reconcile;

import dev.tom.crds.v1alpha1.TestWindow;
import dev.tom.operator.apply.Applied;
import dev.tom.operator.apply.Applier;
import dev.tom.operator.desired.Change;
import dev.tom.operator.desired.DesiredState;
import dev.tom.operator.desired.OperatorDefaults;
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

/** Observe, decide, render, apply, report. Deletion takes the same line and lets go at its end. */
public final class TestWindowReconciler implements Reconciler<TestWindow>, Cleaner<TestWindow> {

    /** The cache will have caught up by then. */
    private static final Duration AGAIN = Duration.ofMillis(50);

    private final WorldReader reader;
    private final Applier applier;
    private final Reporter reporter;
    private final OperatorDefaults defaults;
    private final WallClockTick tick;
    private final InstantSource clock;

    public TestWindowReconciler(
            WorldReader reader, Applier applier, Reporter reporter, OperatorDefaults defaults, InstantSource clock) {
        this.reader = reader;
        this.applier = applier;
        this.reporter = reporter;
        this.defaults = defaults;
        this.clock = clock;
        tick = new WallClockTick(clock);
    }

    @Override
    public List<EventSource<?, TestWindow>> prepareEventSources(EventSourceContext<TestWindow> context) {
        return EventSources.of(context, tick);
    }

    @Override
    public UpdateControl<TestWindow> reconcile(TestWindow window, Context<TestWindow> context) {
        Step step = step(window, context);
        return UpdateControl.<TestWindow>noUpdate().rescheduleAfter(step.pause());
    }

    @Override
    public DeleteControl cleanup(TestWindow window, Context<TestWindow> context) {
        Step step = step(window, context);
        if (!step.release()) {
            return DeleteControl.noFinalizerRemoval()
                    .rescheduleAfter(step.pause().toMillis());
        }
        tick.forget(ResourceID.fromResource(window));
        reporter.forget(step.world());
        return DeleteControl.defaultDelete();
    }

    private Step step(TestWindow window, Context<TestWindow> context) {
        World world = reader.observe(window, context::getSecondaryResourcesAsStream);
        Decision decision = WindowMachine.decide(world.observed(), clock.instant());
        List<Change> changes = DesiredState.render(window, decision, world.bridgePods(), defaults);
        Applied applied = applier.apply(changes, world.objects());
        boolean remembered = reporter.report(world, decision);
        applied.orThrow();
        return next(world, decision, remembered);
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
