package dev.tom.bridge.cost.account;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What one run of one bridge has recorded. A value; {@link #plus} makes the next one.
 *
 * @param run its name
 * @param calls that have a record of their first segment
 * @param lastEnd latest end of a segment; {@link Instant#EPOCH} without any
 * @param backends by the backend's label
 */
public record RunAccount(String run, long calls, Instant lastEnd, SortedMap<String, BackendSums> backends) {

    public RunAccount {
        backends = new TreeMap<>(backends);
    }

    /** Of a run that has recorded nothing yet. */
    public static RunAccount empty(String run) {
        return new RunAccount(run, 0, Instant.EPOCH, new TreeMap<>());
    }

    /** With one record more. */
    public RunAccount plus(AccountEntry entry) {
        var sums = new TreeMap<>(backends);
        sums.merge(entry.backend(), entry.sums(), BackendSums::plus);
        return new RunAccount(
                run, calls + (entry.firstOfCall() ? 1 : 0), entry.end().isAfter(lastEnd) ? entry.end() : lastEnd, sums);
    }

    public long records() {
        return backends.values().stream().mapToLong(BackendSums::records).sum();
    }

    /** In EUR. */
    public BigDecimal eur() {
        return backends.values().stream().map(BackendSums::total).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    /** Of conversation on one backend, in milliseconds. */
    public long millis(String backend) {
        return backends.getOrDefault(backend, BackendSums.NONE).millis();
    }
}
