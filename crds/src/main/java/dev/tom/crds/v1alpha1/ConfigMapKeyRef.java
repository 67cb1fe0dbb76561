package dev.tom.crds.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** One key of a ConfigMap in the TestWindow's namespace. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ConfigMapKeyRef(
        @JsonPropertyDescription("Name of the ConfigMap.") @Required @Size(min = 1, max = 253)
        String name,

        @JsonPropertyDescription("Key in the ConfigMap.") @Required @Size(min = 1, max = 253)
        String key) {}
