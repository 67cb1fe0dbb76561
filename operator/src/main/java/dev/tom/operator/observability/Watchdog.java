package dev.tom.operator.observability;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Judges informers that do not watch. While the API server is away they cannot, and a restart would only cost what is known; when it answers
 * and they still do not, they will not by themselves. Thread-safe.
 */
public final class Watchdog {

    /** Longer than any reconnect of an informer with its longest pause. */
    static final Duration PATIENCE = Duration.ofMinutes(2);

    private final LongSupplier nanoTime;
    private long blindSince;
    private boolean blind;

    /** Nothing is wrong yet. */
    public Watchdog(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /**
     * Whether to go on.
     *
     * @param watching whether all informers watch
     * @param answers whether the API server answers requests
     */
    public synchronized boolean fine(boolean watching, boolean answers) {
        if (watching || !answers) {
            blind = false;
            return true;
        }
        if (!blind) {
            blind = true;
            blindSince = nanoTime.getAsLong();
        }
        return nanoTime.getAsLong() - blindSince < PATIENCE.toNanos();
    }
}
