package dev.tom.operator.report;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.util.Objects;

/**
 * Runs of which only the sum is kept.
 *
 * @param runs how many
 * @param until the latest start among them; what a ledger says later about a run that is not kept and began no later is in the sum already
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record Folded(int runs, String until, RunFigures figures) {

    static final Folded NONE = new Folded(0, "", RunFigures.NONE);

    public Folded {
        until = Objects.requireNonNullElse(until, "");
        figures = Objects.requireNonNullElse(figures, RunFigures.NONE);
    }

    Folded plus(BridgeRun run) {
        return new Folded(
                runs + 1, run.startedAt().compareTo(until) > 0 ? run.startedAt() : until, figures.plus(run.figures()));
    }

    boolean covers(String startedAt) {
        return startedAt.compareTo(until) <= 0;
    }
}
