package dev.tom.operator.reconcile;

import dev.tom.crds.v1alpha1.TestWindow;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.AbstractEventSource;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Wakes windows whose time has come by the wall clock. The SDK's own timer is precise, but it is one per window, is replaced by a retry, and
 * may sleep through a suspended machine or a clock step; this one only compares.
 */
public final class WallClockTick extends AbstractEventSource<Void, TestWindow> {

    private static final Duration PERIOD = Duration.ofMillis(500);

    private final InstantSource clock;
    private final Map<ResourceID, Instant> wakeAt = new ConcurrentHashMap<>();
    private @Nullable ScheduledExecutorService thread;

    /** Ticks once started by the SDK. */
    public WallClockTick(InstantSource clock) {
        super(Void.class, "wall-clock");
        this.clock = clock;
    }

    /** The window must be looked at when {@code time} has come. */
    void remember(ResourceID window, Instant time) {
        wakeAt.put(window, time);
    }

    void forget(ResourceID window) {
        wakeAt.remove(window);
    }

    @Override
    public synchronized void start() {
        super.start();
        if (thread == null) {
            thread = Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().name("tom-wall-clock").daemon().factory());
            thread.scheduleAtFixedRate(this::tick, PERIOD.toMillis(), PERIOD.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    @Override
    public synchronized void stop() {
        super.stop();
        if (thread != null) {
            thread.shutdownNow();
            thread = null;
        }
    }

    private void tick() {
        Instant now = clock.instant();
        wakeAt.forEach((window, time) -> {
            // Removed first: the reconcile that follows remembers the next time.
            if (!now.isBefore(time) && wakeAt.remove(window, time)) {
                getEventHandler().handleEvent(new io.javaoperatorsdk.operator.processing.event.Event(window));
            }
        });
    }

    @Override
    public Set<Void> getSecondaryResources(TestWindow window) {
        return Set.of();
    }
}
