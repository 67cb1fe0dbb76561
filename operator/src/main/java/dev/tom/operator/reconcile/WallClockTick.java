package dev.tom.operator.reconcile;

import dev.tom.crds.v1alpha1.TestWindow;
import io.javaoperatorsdk.operator.processing.event.Event;
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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Wakes windows whose time has come by the wall clock. The SDK's own timer is one per window, is replaced by a retry, and may sleep through a
 * suspended machine or a clock step; this one only compares, and holds still while a cut of many windows is under way.
 */
public final class WallClockTick extends AbstractEventSource<Void, TestWindow> {

    private static final Duration PERIOD = Duration.ofMillis(100);

    private static final Logger LOG = LoggerFactory.getLogger(WallClockTick.class);

    private final InstantSource clock;
    private final Turnstile turnstile;
    private final Map<ResourceID, Instant> wakeAt = new ConcurrentHashMap<>();
    private @Nullable ScheduledExecutorService thread;

    /** Ticks once started by the SDK. */
    WallClockTick(InstantSource clock, Turnstile turnstile) {
        super(Void.class, "wall-clock");
        this.clock = clock;
        this.turnstile = turnstile;
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

    /** An exception would end the ticking for good, without a word. */
    private void tick() {
        try {
            wake();
        } catch (RuntimeException e) {
            LOG.warn("a tick of the wall clock failed: {}", e.toString());
        }
    }

    /** Wakes those who may pass the turnstile now. */
    void callNext() {
        turnstile.called(clock.instant()).forEach(this::fire);
    }

    private void wake() {
        Instant now = clock.instant();
        if (turnstile.isHeld(now)) {
            return;
        }
        callNext();
        wakeAt.forEach((window, time) -> {
            // Removed first: the reconcile that follows remembers the next time.
            if (!now.isBefore(time) && wakeAt.remove(window, time)) {
                fire(window);
            }
        });
    }

    private void fire(ResourceID window) {
        getEventHandler().handleEvent(new Event(window));
    }

    @Override
    public Set<Void> getSecondaryResources(TestWindow window) {
        return Set.of();
    }
}
