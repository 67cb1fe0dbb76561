package dev.tom.operator.report;

/**
 * A verdict and why, in one sentence.
 *
 * @param why one sentence with the figures that decided
 */
public record Judgement(Verdict verdict, String why) {

    /**
     * Judges the provider. It comes first when it answered often enough to tell, fast enough for this window and for callers, and seldom
     * enough had to be left.
     */
    static Judgement of(Totals totals, Thresholds thresholds) {
        Totals.Latency provider = totals.turnsOf(Totals.PROVIDER);
        if (provider.count() < thresholds.minTurns()) {
            return new Judgement(
                    Verdict.TOO_FEW_CALLS,
                    "The provider answered %d turns; %d are needed for a judgement."
                            .formatted(provider.count(), thresholds.minTurns()));
        }
        int p95 = provider.p95Millis();
        if (p95 > thresholds.triggerMillis()) {
            return slow(
                    p95,
                    "the trigger of %d ms (spec.fallback.triggerMs)".formatted(thresholds.triggerMillis()),
                    totals);
        }
        if (p95 > thresholds.acceptableMillis()) {
            return slow(p95, "the acceptable %d ms".formatted(thresholds.acceptableMillis()), totals);
        }
        int left = totals.troubledFailovers();
        if (left * 100L > (long) thresholds.maxTroublePercent() * totals.calls()) {
            return new Judgement(
                    Verdict.FALLBACK_ONLY,
                    "The provider failed too often: %d times a pod or a call had to leave it in %d calls, more than %d %%."
                            .formatted(left, totals.calls(), thresholds.maxTroublePercent()));
        }
        return new Judgement(
                Verdict.PROVIDER_FIRST,
                p95 <= thresholds.targetMillis()
                        ? "The provider's p95 of %d ms meets the target of %d ms%s."
                                .formatted(p95, thresholds.targetMillis(), beside(totals))
                        : "The provider's p95 of %d ms is within the acceptable %d ms, above the target of %d ms%s."
                                .formatted(
                                        p95, thresholds.acceptableMillis(), thresholds.targetMillis(), beside(totals)));
    }

    private static Judgement slow(int p95, String limit, Totals totals) {
        return new Judgement(
                Verdict.FALLBACK_ONLY,
                "The provider's p95 of %d ms is above %s%s.".formatted(p95, limit, beside(totals)));
    }

    private static String beside(Totals totals) {
        Totals.Latency local = totals.turnsOf(Totals.LOCAL);
        return local.count() == 0 ? "" : "; the local pipeline's is %d ms".formatted(local.p95Millis());
    }
}
