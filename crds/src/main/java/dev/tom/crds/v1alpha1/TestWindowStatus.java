package dev.tom.crds.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the operator observed. The phase is a view; the conditions carry the facts. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record TestWindowStatus(
        @JsonPropertyDescription("metadata.generation that this status answers.") @Nullable
        Long observedGeneration,

        @JsonPropertyDescription("A summary for people; programs read the conditions.") @Nullable
        Phase phase,

        @JsonPropertyDescription(
                "Ready, Reconciling, Stalled, PreflightPassed and one for each check, EgressModeSelected, EgressOpen, EgressClosed, "
                        + "EgressEnforced, ProviderHealthy, RolloutPending, ReportWritten.")
        List<Condition> conditions,

        @JsonPropertyDescription("The times of the window.") @Nullable
        WindowTimes window,

        @JsonPropertyDescription("What the bridge pods report.") @Nullable
        BridgesSummary bridges,

        @JsonPropertyDescription("Totals of the window so far.") @Nullable
        ReportSummary report) {

    public TestWindowStatus {
        // Jackson hands over null where the server stored none.
        conditions = conditions == null ? List.of() : List.copyOf(conditions);
    }
}
