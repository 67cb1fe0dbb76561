package dev.tom.operator.report;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Latencies, counted in steps by the upper end of each in milliseconds. Histograms of several bridges add up exactly, so that a percentile
 * over all of them is one of all turns, and not a mean of percentiles.
 */
public record Histogram(SortedMap<Integer, Long> counts) {

    public static final Histogram EMPTY = new Histogram(new TreeMap<>());

    public Histogram {
        counts = Collections.unmodifiableSortedMap(new TreeMap<>(counts));
    }

    @JsonCreator
    static Histogram of(@Nullable Map<Integer, Long> counts) {
        return counts == null ? EMPTY : new Histogram(new TreeMap<>(counts));
    }

    /** As it stands in JSON. */
    @JsonValue
    @Override
    public SortedMap<Integer, Long> counts() {
        return counts;
    }

    public long count() {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }

    Histogram plus(Histogram more) {
        var sum = new TreeMap<>(counts);
        more.counts.forEach((step, count) -> sum.merge(step, count, Long::sum));
        return new Histogram(sum);
    }

    /** Upper end of the step in which the percentile lies: so many percent waited at most so long. 0 without any. */
    public int percentile(int percent) {
        long rank = (count() * percent + 99) / 100;
        long seen = 0;
        for (Map.Entry<Integer, Long> step : counts.entrySet()) {
            seen += step.getValue();
            if (seen >= rank) {
                return step.getKey();
            }
        }
        return 0;
    }
}
