package dev.tom.crds.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import org.jspecify.annotations.Nullable;

/** Totals of a window; the whole report is in the ConfigMap. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ReportSummary(
        @JsonPropertyDescription("Calls in all.") @Nullable Integer calls,

        @JsonPropertyDescription("Call minutes in all, provider and local.") @Nullable
        Double minutes,

        @JsonPropertyDescription("Moves from the provider to the local pipeline, of pods and of single calls.")
        @Nullable
        Integer failovers,

        @JsonPropertyDescription(
                "Worst pod's p95 from the caller's last word to the first sound of the answer, in milliseconds.")
        @Nullable
        Long p95Millis,

        @JsonPropertyDescription("Cost in EUR.") @Nullable Double costEur,

        @JsonPropertyDescription("What the figures say.") @Nullable
        String verdict,

        @JsonPropertyDescription("ConfigMap with report.json and report.md.") @Nullable
        String configMap) {}
