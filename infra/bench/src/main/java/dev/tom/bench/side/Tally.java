package dev.tom.bench.side;

import io.vertx.core.json.JsonObject;
import java.nio.ByteBuffer;
import java.util.Base64;
import org.HdrHistogram.Histogram;

/** Times of one kind, in microseconds, up to a minute. One thread. */
public final class Tally {

    private static final long MOST_MICROS = 60_000_000;

    private final Histogram histogram = new Histogram(MOST_MICROS, 3);

    /** Counts one; what is below zero counts as zero. */
    void nanos(long nanos) {
        histogram.recordValue(Math.clamp(nanos / 1_000, 0, MOST_MICROS));
    }

    void clear() {
        histogram.reset();
    }

    /** The figures, in milliseconds, and the whole distribution. */
    JsonObject toJson() {
        ByteBuffer bytes = ByteBuffer.allocate(histogram.getNeededByteBufferCapacity());
        int length = histogram.encodeIntoCompressedByteBuffer(bytes);
        return new JsonObject()
                .put("count", histogram.getTotalCount())
                .put("p50", millis(histogram.getValueAtPercentile(50)))
                .put("p99", millis(histogram.getValueAtPercentile(99)))
                .put("p999", millis(histogram.getValueAtPercentile(99.9)))
                .put("max", millis(histogram.getMaxValue()))
                .put("histogram", Base64.getEncoder().encodeToString(java.util.Arrays.copyOf(bytes.array(), length)));
    }

    private static double millis(long micros) {
        return micros / 1_000.0;
    }
}
