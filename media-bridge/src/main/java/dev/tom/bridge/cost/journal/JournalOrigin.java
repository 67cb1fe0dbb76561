package dev.tom.bridge.cost.journal;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * Who writes, and what its records carry.
 *
 * @param pod name of the pod or host
 * @param window WINDOW_NAME, possibly empty
 * @param model the provider's model
 * @param run names one run of one bridge, from its start to its end; empty in journals of bridges that did not name it
 */
public record JournalOrigin(String pod, String window, String model, String run) {

    /** Of the run that began at {@code startedAt}; the status page tells the same pod and time. */
    public static JournalOrigin of(String pod, String window, String model, Instant startedAt) {
        return new JournalOrigin(pod, window, model, pod + "@" + startedAt.truncatedTo(ChronoUnit.MILLIS));
    }
}
