package dev.tom.operator.report;

/**
 * The report of one window as it stands in its ConfigMap.
 *
 * @param figures everything that was counted
 * @param totals what it comes to
 * @param judgement what it means
 */
public record WindowReport(RunFigures figures, Totals totals, Thresholds thresholds, Judgement judgement) {

    static WindowReport of(Collected collected, Thresholds thresholds) {
        RunFigures figures = collected.figures();
        Totals totals = Totals.of(figures);
        return new WindowReport(figures, totals, thresholds, Judgement.of(totals, thresholds));
    }
}
