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
                "p95 over all answers of all pods, from the caller's last word to the first sound, in milliseconds.")
        @Nullable
        Integer p95Millis,

        @JsonPropertyDescription("Cost in EUR, an exact decimal.") @Nullable
        String costEur,

        @JsonPropertyDescription("ProviderFirst, FallbackOnly or TooFewCalls.") @Nullable
        String verdict,

        @JsonPropertyDescription("Why, in one sentence.") @Nullable
        String why,

        @JsonPropertyDescription("ConfigMap with report.json, report.md and report.html.") @Nullable
        String configMap) {}
