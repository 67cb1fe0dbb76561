package dev.tom.operator.apply;

import dev.tom.operator.desired.Openings;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Asked right before an object is written: a decision may have grown old on its way, in a process that was paused or on a machine that was
 * suspended. What only closes always passes. Thread-safe.
 *
 * @param certain whether it is certain that no other process acts
 * @param clock the wall clock
 */
public record Fence(BooleanSupplier certain, InstantSource clock) {

    /** The object would open egress, and may not. */
    static final class ClosedException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private ClosedException(String message) {
            super(message);
        }
    }

    void check(HasMetadata object) {
        Optional<Instant> until = Openings.until(object);
        if (until.isEmpty()) {
            return;
        }
        String name = object.getKind() + " " + object.getMetadata().getName();
        if (!certain.getAsBoolean()) {
            throw new ClosedException(
                    name + " is not written: the Lease has not been renewed in time, so another process may act");
        }
        if (!clock.instant().isBefore(until.get())) {
            throw new ClosedException(
                    name + " is not written: it would open egress until " + until.get() + ", which is over");
        }
    }
}
