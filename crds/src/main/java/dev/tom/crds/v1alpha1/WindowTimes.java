package dev.tom.crds.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The times of a window; all UTC. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record WindowTimes(
        @JsonPropertyDescription("When it may open.") @Nullable
        Instant opensAt,

        @JsonPropertyDescription("When it must end; after an early stop, when it was stopped.") @Nullable
        Instant endsAt,

        @JsonPropertyDescription("When it opened.") @Nullable
        Instant openedAt,

        @JsonPropertyDescription("When egress was proven closed.") @Nullable
        Instant closedAt,

        @JsonPropertyDescription("Milliseconds from endsAt to closedAt.") @Nullable
        Long closedLateMillis) {}
