package dev.tom.bridge.soak;

import java.util.Arrays;
import java.util.List;

/**
 * A soak cut into at most {@value #MOST_BUCKETS} equal pieces of time.
 *
 * @param bucketSeconds length of a piece
 * @param buckets in order
 */
record Timeline(int bucketSeconds, List<Bucket> buckets) {

    static final int MOST_BUCKETS = 60;

    /** A percentile of fewer answers is one of them; but a plot needs a few pieces. */
    private static final int ANSWERS_IN_A_BUCKET = 8;

    private static final int FEWEST_BUCKETS = 8;

    private static final int[] LENGTHS = {1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 1_800};

    /**
     * A piece.
     *
     * @param atSeconds its beginning
     * @param p50 of the answers in it, milliseconds; 0 when there were none
     * @param alive the most sessions seen in it
     */
    record Bucket(long atSeconds, int answered, long p50, long p95, int failed, int alive) {}

    static Timeline of(SoakResult result) {
        long seconds = Math.max(1, (result.elapsedMillis() + 999) / 1_000);
        int length = Arrays.stream(LENGTHS)
                .filter(one -> seconds <= (long) one * MOST_BUCKETS)
                .filter(one -> result.points().size() * (long) one >= ANSWERS_IN_A_BUCKET * seconds
                        || one * 2L * FEWEST_BUCKETS > seconds)
                .findFirst()
                .orElse(LENGTHS[LENGTHS.length - 1]);
        int count = (int) ((seconds + length - 1) / length);
        Bucket[] buckets = new Bucket[count];
        for (int i = 0; i < count; i++) {
            long from = i * length * 1_000L;
            long to = from + length * 1_000L;
            long[] sorted = result.points().stream()
                    .filter(point -> from <= point.atMillis() && point.atMillis() < to)
                    .mapToLong(SoakBook.Point::e2eMillis)
                    .sorted()
                    .toArray();
            buckets[i] = new Bucket(
                    (long) i * length,
                    sorted.length,
                    at(sorted, 0.50),
                    at(sorted, 0.95),
                    (int) result.failures().stream()
                            .filter(failure -> from <= failure.atMillis() && failure.atMillis() < to)
                            .count(),
                    result.alive().stream()
                            .filter(one -> from <= one.atMillis() && one.atMillis() < to)
                            .mapToInt(SoakBook.Alive::sessions)
                            .max()
                            .orElse(0));
        }
        return new Timeline(length, List.of(buckets));
    }

    /** The smallest value that so many are not above. */
    private static long at(long[] sorted, double share) {
        return sorted.length == 0 ? 0 : sorted[(int) Math.ceil(share * sorted.length) - 1];
    }
}
