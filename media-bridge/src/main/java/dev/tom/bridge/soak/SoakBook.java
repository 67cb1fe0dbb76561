package dev.tom.bridge.soak;

import dev.tom.bridge.caller.Line;
import dev.tom.bridge.caller.Turn;
import dev.tom.bridge.speech.TokenUsage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;

/**
 * What the sessions of a soak report. Times are milliseconds from the beginning of the soak. Thread-safe: sessions live on several event
 * loops.
 */
public final class SoakBook {

    /** Turns that are kept one by one for the plots: 5 MB, and a page that a browser still draws. All others are in the histograms. */
    static final int MAX_POINTS = 100_000;

    /** Different reasons that are told apart; a further one is counted as {@code other}. */
    static final int MAX_REASONS = 40;

    private static final long HIGHEST_MILLIS = 600_000;
    /** Four digits: exact up to 16 s. */
    private static final int DIGITS = 4;

    /** An answered turn. */
    public record Point(long atMillis, int session, long e2eMillis) {}

    /** A failed one, or a line that could not be opened. */
    public record Failure(long atMillis, String reason) {}

    /** How many sessions had a ready line at this moment. */
    public record Alive(long atMillis, int sessions) {}

    /**
     * How often something happened, and the first sentence about it.
     */
    public record Reason(long count, String example) {}

    /** The numbers of the progress line. */
    public record Progress(int alive, long answered, long failed, long dropped, long p50, long p95) {}

    private final Histogram e2e = new Histogram(HIGHEST_MILLIS, DIGITS);
    private final Histogram audio = new Histogram(HIGHEST_MILLIS, DIGITS);
    private final Histogram token = new Histogram(HIGHEST_MILLIS, DIGITS);
    private final Histogram connected = new Histogram(HIGHEST_MILLIS, DIGITS);
    private final Histogram ready = new Histogram(HIGHEST_MILLIS, DIGITS);
    private final List<Point> points = new ArrayList<>();
    private final List<Failure> failures = new ArrayList<>();
    private final List<Alive> alive = new ArrayList<>();
    private final Map<String, Reason> reasons = new LinkedHashMap<>();
    private TokenUsage usage = TokenUsage.NONE;
    private long failedTurns;
    private long failedCalls;
    private long dropped;
    private long opened;
    private long gaveUp;
    private int aliveNow;
    private int mostAlive;
    private long frames;
    private long lateFrames;

    synchronized void connected(long millis) {
        record(connected, millis);
    }

    synchronized void ready(long millis) {
        record(ready, millis);
        opened++;
        aliveNow++;
        mostAlive = Math.max(mostAlive, aliveNow);
    }

    synchronized void turn(long atMillis, int session, Turn turn) {
        switch (turn) {
            case Turn.Answered measured -> {
                record(e2e, measured.e2eMillis());
                record(audio, measured.audioMillis());
                measured.tokenMillis().ifPresent(millis -> record(token, millis));
                if (points.size() < MAX_POINTS) {
                    points.add(new Point(atMillis, session, measured.e2eMillis()));
                }
            }
            case Turn.Failed(var ending) -> {
                failedTurns++;
                failed(atMillis, ending);
            }
        }
    }

    /** A line could not be opened. */
    synchronized void notOpened(long atMillis, Line.Ending ending) {
        failedCalls++;
        failed(atMillis, ending);
    }

    /**
     * A line that was ready is gone.
     *
     * @param dropped whether the other side ended it
     */
    synchronized void gone(boolean dropped, long sentFrames, long lateOfThem) {
        aliveNow--;
        this.dropped += dropped ? 1 : 0;
        frames += sentFrames;
        lateFrames += lateOfThem;
    }

    /** A session that is not opened again. */
    synchronized void gaveUp() {
        gaveUp++;
    }

    synchronized void used(TokenUsage more) {
        usage = usage.plus(more);
    }

    /** To be called once a second. */
    synchronized void look(long atMillis) {
        alive.add(new Alive(atMillis, aliveNow));
    }

    public synchronized Progress progress() {
        return new Progress(
                aliveNow,
                e2e.getTotalCount(),
                failedTurns + failedCalls,
                dropped,
                e2e.getValueAtPercentile(50),
                e2e.getValueAtPercentile(95));
    }

    /** All of it, as it stands. */
    synchronized SoakResult result(SoakPlan plan, java.time.Instant startedAt, long elapsedMillis, boolean endedEarly) {
        return new SoakResult(
                plan,
                startedAt,
                elapsedMillis,
                endedEarly,
                new SoakResult.Latencies(
                        Percentiles.of(e2e),
                        Percentiles.of(audio),
                        Percentiles.of(token),
                        Percentiles.of(connected),
                        Percentiles.of(ready)),
                new SoakResult.Counts(
                        e2e.getTotalCount(),
                        failedTurns,
                        failedCalls,
                        opened,
                        dropped,
                        gaveUp,
                        mostAlive,
                        e2e.getTotalCount() - points.size(),
                        frames,
                        lateFrames),
                Map.copyOf(reasons),
                usage,
                List.copyOf(points),
                List.copyOf(failures),
                List.copyOf(alive),
                e2e.copy());
    }

    private void failed(long atMillis, Line.Ending ending) {
        String reason =
                reasons.containsKey(ending.reason()) || reasons.size() < MAX_REASONS ? ending.reason() : "other";
        Reason before = reasons.get(reason);
        reasons.put(
                reason,
                before == null ? new Reason(1, ending.sentence()) : new Reason(before.count + 1, before.example));
        if (failures.size() < MAX_POINTS) {
            failures.add(new Failure(atMillis, reason));
        }
    }

    private static void record(Histogram histogram, long millis) {
        histogram.recordValue(Math.clamp(millis, 0, HIGHEST_MILLIS));
    }
}
