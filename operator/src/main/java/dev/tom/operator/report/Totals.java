package dev.tom.operator.report;

import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import java.util.function.ToIntFunction;

/**
 * Sums over all runs of all bridges.
 *
 * @param p95Millis the worst run's: percentiles of parts cannot be added
 */
public record Totals(
        int calls,
        int dropped,
        int refused,
        int podFailovers,
        int callFailovers,
        Map<String, Integer> failoverReasons,
        int turns,
        double p95Millis,
        double providerMinutes,
        double localMinutes,
        int costRecords,
        double costEur) {

    public Totals {
        failoverReasons = new TreeMap<>(failoverReasons);
    }

    static Totals of(Collection<BridgeRun> runs) {
        var reasons = new TreeMap<String, Integer>();
        runs.forEach(
                run -> run.failoverReasons().forEach((reason, count) -> reasons.merge(reason, count, Integer::sum)));
        return new Totals(
                sum(runs, BridgeRun::calls),
                sum(runs, BridgeRun::dropped),
                sum(runs, BridgeRun::refused),
                sum(runs, BridgeRun::podFailovers),
                sum(runs, BridgeRun::callFailovers),
                reasons,
                sum(runs, BridgeRun::turns),
                runs.stream().mapToDouble(BridgeRun::p95Millis).max().orElse(0),
                total(runs, BridgeRun::providerMinutes),
                total(runs, BridgeRun::localMinutes),
                sum(runs, BridgeRun::costRecords),
                total(runs, BridgeRun::costEur));
    }

    /** Call minutes, whoever answered. */
    public double minutes() {
        return round(providerMinutes + localMinutes);
    }

    /** Moves away from the provider, of pods and of single calls. */
    public int failovers() {
        return podFailovers + callFailovers;
    }

    private static int sum(Collection<BridgeRun> runs, ToIntFunction<BridgeRun> figure) {
        return runs.stream().mapToInt(figure).sum();
    }

    private static double total(Collection<BridgeRun> runs, ToDoubleFunction<BridgeRun> figure) {
        return round(runs.stream().mapToDouble(figure).sum());
    }

    /** Ten-thousandths: a tenth of a cent's tenth, and no binary tails in what people read. */
    private static double round(double value) {
        return Math.round(value * 10_000) / 10_000.0;
    }
}
