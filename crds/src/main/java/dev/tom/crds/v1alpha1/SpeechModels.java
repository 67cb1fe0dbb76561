package dev.tom.crds.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/** Where the speech models are: in a volume, or in an image. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(
        value = "has(self.claimName) != has(self.image)",
        message =
                "models must name exactly one of claimName (a PersistentVolumeClaim) and image (an image with a folder /models)")
public record SpeechModels(
        @JsonPropertyDescription("PersistentVolumeClaim that holds the models; mounted read-only.")
        @Size(min = 1, max = 253)
        @Nullable
        String claimName,

        @JsonPropertyDescription(
                "Image with the models in /models and a cp program; copied into the pod before it starts.")
        @Size(min = 1, max = 512)
        @Nullable
        String image) {}
