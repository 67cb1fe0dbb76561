package dev.tom.bridge.observe;

import java.util.Optional;

/** Whether new calls should come to this pod, and if not, why. Thread-safe. */
public final class Readiness {

    private volatile Optional<String> notReady = Optional.of("The bridge is starting");
    private volatile boolean draining;

    /** Calls may come. */
    public void ready() {
        notReady = Optional.empty();
    }

    /** Calls should not come yet. */
    public void waiting(String sentence) {
        notReady = Optional.of(sentence);
    }

    /** No calls should come any more; for good. */
    public void drain() {
        draining = true;
    }

    /** Whether the bridge is on its way out. */
    public boolean draining() {
        return draining;
    }

    /** Why no new calls should come, or empty. */
    public Optional<String> notReadyBecause() {
        return draining ? Optional.of("The bridge is draining") : notReady;
    }
}
