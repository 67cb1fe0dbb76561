package dev.tom.crds.v1alpha1;

import static java.util.Objects.requireNonNullElse;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import java.util.List;

/** What must be in order before the window opens. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Preflight(
        @JsonPropertyDescription(
                "Checks that block opening while they fail; the others are made too, and only shown in their conditions.")
        @Default("[\"Secrets\"]")
        List<PreflightCheck> required) {

    /** A window opens when its Secrets are there. */
    public static final Preflight DEFAULT = new Preflight(List.of(PreflightCheck.SECRETS));

    public Preflight {
        required = List.copyOf(requireNonNullElse(required, List.of(PreflightCheck.SECRETS)));
    }
}
