package dev.tom.operator.observe;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What the cost ledger says about one run of one bridge.
 *
 * @param run {@code <pod>@<when it started>}
 * @param calls that have a record of their first segment
 * @param lastEnd latest end of a segment, RFC 3339
 * @param backends by the backend's name
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record RunAccount(String run, int calls, @Nullable String lastEnd, Map<String, BackendAccount> backends) {

    public static final RunAccount NONE = new RunAccount("", 0, null, Map.of());

    public RunAccount {
        run = Objects.requireNonNullElse(run, "");
        backends = new TreeMap<>(Objects.requireNonNullElse(backends, Map.of()));
    }

    public long records() {
        return backends.values().stream().mapToLong(BackendAccount::records).sum();
    }

    /** The pod's name, in what {@link #run} says. */
    public String pod() {
        return run.substring(0, Math.max(0, run.lastIndexOf('@')));
    }

    /** When the run began, in what {@link #run} says. */
    public String startedAt() {
        return run.substring(run.lastIndexOf('@') + 1);
    }

    /** Whether nothing in it is later than {@code time}; false when it does not say. */
    public boolean endedBy(Instant time) {
        return lastEnd != null && !at(lastEnd).isAfter(time);
    }

    /** Whether the run began at {@code time} or later; false when it does not say. */
    public boolean beganSince(Instant time) {
        Instant began = at(startedAt());
        return !began.equals(Instant.MAX) && !began.isBefore(time);
    }

    private static Instant at(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeException e) {
            return Instant.MAX;
        }
    }
}
