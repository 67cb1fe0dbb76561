package dev.tom.bridge.soak;

import org.HdrHistogram.Histogram;

/**
 * A distribution in a few numbers, milliseconds. All zero when nothing was measured.
 *
 * @param count of values
 */
public record Percentiles(long count, long min, long p50, long p95, long p99, long max) {

    static Percentiles of(Histogram histogram) {
        return histogram.getTotalCount() == 0
                ? new Percentiles(0, 0, 0, 0, 0, 0)
                : new Percentiles(
                        histogram.getTotalCount(),
                        histogram.getMinValue(),
                        histogram.getValueAtPercentile(50),
                        histogram.getValueAtPercentile(95),
                        histogram.getValueAtPercentile(99),
                        histogram.getMaxValue());
    }
}
