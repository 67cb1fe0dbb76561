package dev.tom.crds.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import org.jspecify.annotations.Nullable;

/** What the bridge pods report. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record BridgesSummary(
        @JsonPropertyDescription("Pods that are not on their way out; status.replicas of the scale subresource.")
        @Nullable
        Integer replicas,

        @JsonPropertyDescription("Selects the pods; status.selector of the scale subresource.") @Nullable
        String selector,

        @JsonPropertyDescription("Pods that answer calls.") @Nullable
        Integer ready,

        @JsonPropertyDescription("Calls now.") @Nullable Integer calls,

        @JsonPropertyDescription("Open sockets to the provider now.") @Nullable
        Integer providerSockets,

        @JsonPropertyDescription("Who answers: provider, local, announcement, or mixed when pods differ.") @Nullable
        String backend) {}
