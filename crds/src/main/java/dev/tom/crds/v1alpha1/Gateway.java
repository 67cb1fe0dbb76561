package dev.tom.crds.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import org.jspecify.annotations.Nullable;

/** The proxy that leads to the provider in mode Gateway. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Gateway(
        @JsonPropertyDescription("Image with Squid 5 or newer on its PATH; left out: the operator's default.")
        @Size(min = 1, max = 512)
        @Nullable
        String image,

        @JsonPropertyDescription(
                "Requests and limits of the proxy's container; left out: 50m CPU and 64Mi requested, 256Mi at most.")
        @Nullable
        ResourceRequirements resources) {

    /** The operator's image and the usual resources. */
    public static final Gateway DEFAULT = new Gateway(null, null);
}
