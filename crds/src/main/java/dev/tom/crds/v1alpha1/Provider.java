package dev.tom.crds.v1alpha1;

import static java.util.Objects.requireNonNullElse;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/** The cloud provider: speech to speech over one WebSocket. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(
        value = "!has(self.egress) || self.egress.mode != 'Gateway' || self.url.startsWith('wss://')",
        message =
                "mode Gateway needs a url with wss://, because a proxy must see encrypted bytes only: change url, or the mode")
public record Provider(
        @JsonPropertyDescription(
                "WebSocket endpoint without the model. wss only; ws is accepted on loopback, for tests.")
        @Required
        @Size(max = 512)
        @ValidationRule(
                value = UrlRules.PROVIDER,
                message =
                        "url must begin with wss:// and name a host, such as wss://api.openai.com/v1/realtime: callers' "
                                + "speech never leaves unencrypted")
        @ValidationRule(
                value = "!self.matches('[?&]model=')",
                message = "url must not name a model: take model= out of it and set spec.provider.model")
        String url,

        @JsonPropertyDescription("Model id.") @Required @Size(min = 1, max = 128)
        String model,

        @JsonPropertyDescription("Voice name; left out: the provider's default.") @Size(min = 1, max = 64) @Nullable
        String voice,

        @JsonPropertyDescription("System instructions: who the assistant is and how it speaks.")
        @Size(max = 16384)
        @Nullable
        String instructions,

        @JsonPropertyDescription(
                "Where the API key is. The key itself is never read into the operator's logs or status.")
        @Required
        SecretKeyRef apiKeySecretRef,

        @JsonPropertyDescription("How the network path to the provider is opened and closed.") @Default("{}")
        Egress egress) {

    public Provider {
        egress = requireNonNullElse(egress, Egress.DEFAULT);
    }
}
