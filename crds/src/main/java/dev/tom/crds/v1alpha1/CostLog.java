package dev.tom.crds.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** Where cost records are kept. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record CostLog(
        @JsonPropertyDescription(
                "PersistentVolumeClaim for the cost records; with several replicas it must be ReadWriteMany.")
        @Required
        @Size(min = 1, max = 253)
        String claimName) {}
