package dev.tom.operator.reconcile;

import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Lets a bounded number of windows be worked on at once; the others wait in the order in which they came. When many windows end or start
 * together, this keeps threads free for a window that must end now, and the API server free for the cut. Thread-safe.
 */
final class Turnstile {

    /** About half of the SDK's threads: what must end now always finds one. */
    static final int PLACES = 24;

    /** Who waits looks again by itself after so long, should the call that it may go be lost. Thousands may wait, and each look in vain costs. */
    static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Set<ResourceID> waiting = new LinkedHashSet<>();
    private int busy;
    private Instant heldUntil = Instant.MIN;

    /** Whether the window may be worked on now. If so, {@link #leave} must follow; if not, it is called when its turn comes. */
    synchronized boolean enter(ResourceID window, Instant now) {
        if (busy >= PLACES || isHeld(now)) {
            waiting.add(window);
            return false;
        }
        waiting.remove(window);
        busy++;
        return true;
    }

    /**
     * Whether a window that has a reason to wake need not: it waits for its turn already, or does from now on because everybody holds still. In both cases
     * it will be called.
     */
    synchronized boolean keeps(ResourceID window, Instant now) {
        if (isHeld(now)) {
            waiting.add(window);
        }
        return waiting.contains(window);
    }

    /** The work on a window is done. */
    synchronized void leave() {
        busy--;
    }

    /** Nobody enters before {@code until}: something more urgent needs the API server. */
    synchronized void hold(Instant until) {
        heldUntil = until;
    }

    /** Whether everybody holds still: whoever is woken now could only wait. */
    synchronized boolean isHeld(Instant now) {
        return now.isBefore(heldUntil);
    }

    synchronized void release() {
        heldUntil = Instant.MIN;
    }

    /** Those whose turn it is: wake them. */
    synchronized List<ResourceID> called(Instant now) {
        var called = new ArrayList<ResourceID>();
        if (!isHeld(now)) {
            for (var window = waiting.iterator(); window.hasNext() && called.size() < PLACES - busy; ) {
                called.add(window.next());
                window.remove();
            }
        }
        return called;
    }

    synchronized int waiting() {
        return waiting.size();
    }
}
