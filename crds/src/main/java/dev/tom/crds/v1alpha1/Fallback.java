package dev.tom.crds.v1alpha1;

import static java.util.Objects.requireNonNullElse;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.ValidationRule;

/** When calls leave the provider for the local pipeline. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Fallback(
        @JsonPropertyDescription(
                "provider_then_local moves calls when the provider fails; none leaves them there until the end of the window.")
        @Default("provider_then_local")
        FallbackPolicy policy,

        @JsonPropertyDescription("p95 turn latency in milliseconds above which the provider is too slow.")
        @Default("800")
        @ValidationRule(
                value = "self >= 100 && self <= 10000",
                message = "triggerMs must be from 100 to 10000 milliseconds: 800 is what callers accept")
        Integer triggerMs,

        @JsonPropertyDescription("How long, in seconds, the latency must stay above triggerMs.")
        @Default("600")
        @ValidationRule(
                value = "self >= 1 && self <= 3600",
                message = "sustainedSeconds must be from 1 to 3600 seconds")
        Integer sustainedSeconds,

        @JsonPropertyDescription("So many provider errors within errorWindowSeconds move all calls.")
        @Default("3")
        @ValidationRule(
                value = "self >= 1 && self <= 100",
                message =
                        "errorBurst must be from 1 to 100: the number of errors that moves all calls to the local pipeline")
        Integer errorBurst,

        @JsonPropertyDescription("The time, in seconds, over which errors are counted.")
        @Default("60")
        @ValidationRule(
                value = "self >= 1 && self <= 3600",
                message = "errorWindowSeconds must be from 1 to 3600 seconds")
        Integer errorWindowSeconds,

        @JsonPropertyDescription("How long, in seconds, new calls stay local before the provider is probed.")
        @Default("600")
        @ValidationRule(
                value = "self >= 1 && self <= 86400",
                message = "cooldownSeconds must be from 1 to 86400 seconds")
        Integer cooldownSeconds) {

    /** 800 ms for 10 minutes, 3 errors in 60 s, 10 minutes of cooldown. */
    public static final Fallback DEFAULT = new Fallback(FallbackPolicy.PROVIDER_THEN_LOCAL, 800, 600, 3, 60, 600);

    public Fallback {
        policy = requireNonNullElse(policy, FallbackPolicy.PROVIDER_THEN_LOCAL);
        triggerMs = requireNonNullElse(triggerMs, 800);
        sustainedSeconds = requireNonNullElse(sustainedSeconds, 600);
        errorBurst = requireNonNullElse(errorBurst, 3);
        errorWindowSeconds = requireNonNullElse(errorWindowSeconds, 60);
        cooldownSeconds = requireNonNullElse(cooldownSeconds, 600);
    }
}
