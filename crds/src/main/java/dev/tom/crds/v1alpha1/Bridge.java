package dev.tom.crds.v1alpha1;

import static java.util.Objects.requireNonNullElse;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The pods that carry the calls. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Bridge(
        @JsonPropertyDescription("Image of bridge and speech worker; left out: the operator's default.")
        @Size(min = 1, max = 512)
        @Nullable
        String image,

        @JsonPropertyDescription("Number of pods.")
        @Default("1")
        @ValidationRule(
                value = "self >= 1 && self <= 100",
                message = "replicas must be from 1 to 100: to end a window, set spec.stop to true")
        Integer replicas,

        @JsonPropertyDescription(
                "Requests and limits of the bridge container; left out: 250m CPU and 256Mi requested, 512Mi at most.")
        @Nullable
        ResourceRequirements resources,

        @JsonPropertyDescription("Calls one pod accepts at the same time; left out: the bridge's default.")
        @ValidationRule(value = "self >= 1 && self <= 10000", message = "maxCallsPerPod must be from 1 to 10000")
        @Nullable
        Integer maxCallsPerPod,

        @JsonPropertyDescription("How long, in seconds, a pod that is to go may finish its calls.")
        @Default("3600")
        @ValidationRule(
                value = "self >= 1 && self <= 86400",
                message = "terminationGracePeriodSeconds must be from 1 to 86400: the time calls get to finish")
        Integer terminationGracePeriodSeconds,

        @JsonPropertyDescription("Where cost records are kept; left out: in the pod, lost with it.") @Nullable
        CostLog costLog,

        @JsonPropertyDescription(
                "Tariff file for the cost records, read when a pod starts; left out: the one built into the bridge.")
        @Nullable
        ConfigMapKeyRef tariffConfigMapRef,

        @JsonPropertyDescription("Salt for callers' numbers; left out: numbers are dropped, not hashed.") @Nullable
        SecretKeyRef phoneHashSaltSecretRef,

        @JsonPropertyDescription(
                "When a changed pod template replaces the pods: WhenIdle waits, while the window is open, until no call is live; Now does not.")
        @Default("WhenIdle")
        Rollout rollout,

        @JsonPropertyDescription(
                "Further settings of the bridge by their names, such as REALTIME_SILENCE_MS; a change replaces the pods.")
        @ValidationRule(value = BridgeSettings.OPEN, message = BridgeSettings.REFUSAL)
        Map<String, String> settings) {

    /** One pod of the operator's default image. */
    public static final Bridge DEFAULT =
            new Bridge(null, 1, null, null, 3600, null, null, null, Rollout.WHEN_IDLE, Map.of());

    public Bridge {
        replicas = requireNonNullElse(replicas, 1);
        terminationGracePeriodSeconds = requireNonNullElse(terminationGracePeriodSeconds, 3600);
        rollout = requireNonNullElse(rollout, Rollout.WHEN_IDLE);
        settings = Map.copyOf(requireNonNullElse(settings, Map.of()));
    }
}
