package dev.tom.bridge.soak;

import dev.tom.bridge.caller.Verdict;
import dev.tom.bridge.speech.TokenUsage;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.HdrHistogram.Histogram;

/**
 * What a soak measured.
 *
 * @param elapsedMillis from the beginning to the end
 * @param endedEarly whether it was told to end before its time
 * @param reasons of failures
 * @param usage what a provider charged for; none for a bridge
 * @param points answered turns, in order, bounded
 * @param failures in order, bounded
 * @param alive once a second
 * @param e2e every answered turn; not to be changed
 */
public record SoakResult(
        SoakPlan plan,
        Instant startedAt,
        long elapsedMillis,
        boolean endedEarly,
        Latencies latencies,
        Counts counts,
        Map<String, SoakBook.Reason> reasons,
        TokenUsage usage,
        List<SoakBook.Point> points,
        List<SoakBook.Failure> failures,
        List<SoakBook.Alive> alive,
        Histogram e2e) {

    /** More failures than this make the verdict, however fast the rest is. */
    static final double MOST_FAILED_PERCENT = 1.0;

    /** The first three count from the last word of a question, the others from the start of a session. */
    public record Latencies(
            Percentiles e2e,
            Percentiles firstAudio,
            Percentiles firstToken,
            Percentiles connected,
            Percentiles ready) {}

    /**
     * How often.
     *
     * @param answered turns
     * @param failedTurns turns without an answer
     * @param failedCalls lines that could not be opened
     * @param opened lines that were
     * @param dropped of these the ones that the other side ended
     * @param gaveUp sessions that were refused too often in a row
     * @param mostAlive sessions at the same time
     * @param notPlotted answered turns beyond the bound of the plots
     * @param frames of 20 ms sent
     * @param lateFrames of these the ones that this machine sent more than 20 ms late
     */
    public record Counts(
            long answered,
            long failedTurns,
            long failedCalls,
            long opened,
            long dropped,
            long gaveUp,
            long mostAlive,
            long notPlotted,
            long frames,
            long lateFrames) {
        public long failed() {
            return failedTurns + failedCalls;
        }
    }

    /** Share of turns and calls that failed, in percent. */
    public double failedPercent() {
        long all = counts.answered + counts.failed();
        return all == 0 ? 0 : 100.0 * counts.failed() / all;
    }

    public double turnsPerMinute() {
        return elapsedMillis == 0 ? 0 : counts.answered * 60_000.0 / elapsedMillis;
    }

    public Verdict verdict() {
        return counts.answered == 0 || failedPercent() > MOST_FAILED_PERCENT
                ? Verdict.FAILED
                : Verdict.of(latencies.e2e.p95());
    }

    /** The verdict in one sentence. */
    public String sentence() {
        Verdict verdict = verdict();
        if (verdict == Verdict.FAILED) {
            return counts.answered == 0
                    ? "failed: no turn was answered"
                    : String.format(
                            Locale.ROOT,
                            "failed: %.1f %% of the turns and calls failed, at most %.0f %% may",
                            failedPercent(),
                            MOST_FAILED_PERCENT);
        }
        return String.format(
                Locale.ROOT,
                "%s: 95 of 100 answers begin within %d ms of the last word (%s)",
                verdict.label(),
                latencies.e2e.p95(),
                verdict.range());
    }
}
