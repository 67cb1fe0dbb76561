package dev.tom.operator.report;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import dev.tom.operator.observe.BridgeStatus;
import dev.tom.operator.observe.RunAccount;
import java.util.Objects;

/**
 * One run of one bridge; a restart begins a new run with counters at zero.
 *
 * @param pod name of the pod
 * @param startedAt when the run began, as the bridge says it
 * @param source whose word money, conversation and calls are
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record BridgeRun(String pod, String startedAt, Source source, RunFigures figures) {

    /** Where a run's figures come from. */
    public enum Source {
        /** The run itself told them. */
        STATUS,
        /** The run is over, and another bridge read them from the cost records. */
        LEDGER
    }

    public BridgeRun {
        Objects.requireNonNull(pod, "pod");
        Objects.requireNonNull(startedAt, "startedAt");
        source = Objects.requireNonNullElse(source, Source.STATUS);
        figures = Objects.requireNonNullElse(figures, RunFigures.NONE);
    }

    static BridgeRun of(BridgeStatus status) {
        return new BridgeRun(status.pod(), status.startedAt(), Source.STATUS, RunFigures.of(status));
    }

    static BridgeRun of(RunAccount account) {
        return new BridgeRun(account.pod(), account.startedAt(), Source.LEDGER, RunFigures.NONE.with(account));
    }

    /** The same, corrected by the ledger; a ledger that has lost records, or was read only in part, corrects nothing. */
    BridgeRun corrected(RunAccount account) {
        return account.records() >= figures.records()
                ? new BridgeRun(pod, startedAt, Source.LEDGER, figures.with(account))
                : this;
    }

    String key() {
        return pod + "@" + startedAt;
    }
}
