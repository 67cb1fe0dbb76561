package dev.tom.crds.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/** An OpenAI-compatible chat API inside the cluster. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record LanguageModel(
        @JsonPropertyDescription("Base of the API, ending in /v1.")
        @Required
        @Size(max = 512)
        @ValidationRule(
                value = UrlRules.HTTP,
                message =
                        "url must begin with http:// or https:// and name a host, such as http://llm.voice.svc:8080/v1")
        String url,

        @JsonPropertyDescription("Model name for the chat request.") @Required @Size(min = 1, max = 128)
        String model) {}
