package dev.tom.crds.v1alpha1;

import static java.util.Objects.requireNonNullElse;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/** The local pipeline: recognition, an answer, synthesis, all inside the cluster. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record LocalPipeline(
        @JsonPropertyDescription("Name of the Piper voice.") @Default("de-DE-thorsten-high") @Size(min = 1, max = 128)
        String piperVoice,

        @JsonPropertyDescription("ISO 639-1 code of the callers' language.")
        @Default("de")
        @ValidationRule(
                value = "self.matches('^[a-z]{2}$')",
                message = "language must be a two-letter ISO 639-1 code such as de")
        String language,

        @JsonPropertyDescription("The language model that answers; left out: callers hear that it cannot help now.")
        @Nullable
        LanguageModel llm,

        @JsonPropertyDescription("Where the speech models are.") @Required
        SpeechModels models) {

    public LocalPipeline {
        piperVoice = requireNonNullElse(piperVoice, "de-DE-thorsten-high");
        language = requireNonNullElse(language, "de");
    }
}
