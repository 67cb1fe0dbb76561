package dev.tom.testkit;

import java.time.Duration;
import java.time.Instant;

/**
 * How an answer was cut off.
 *
 * @param onsetAt when the caller's first voiced frame left
 * @param lastOldAudioAt when the last audible frame of the old answer came in; the onset when none came after it
 * @param killedAt when the kill came in
 * @param silentAt when the caller had heard the last of the old answer
 */
public record BargeIn(Instant onsetAt, Instant lastOldAudioAt, Instant killedAt, Instant silentAt) {

    /** First voiced sample sent to last old answer frame received, in milliseconds. */
    public long latencyMillis() {
        return Duration.between(onsetAt, lastOldAudioAt).toMillis();
    }

    /** First voiced sample sent to silence in the caller's ear, in milliseconds. */
    public long silentAfterMillis() {
        return Duration.between(onsetAt, silentAt).toMillis();
    }
}
