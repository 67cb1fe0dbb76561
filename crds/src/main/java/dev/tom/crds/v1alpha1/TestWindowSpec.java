package dev.tom.crds.v1alpha1;

import static java.util.Objects.requireNonNullElse;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/** What the user declares. Defaults stand in the CRD and here alike, so that a resource reads the same with and without a server. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(
        value = "self.backend != 'provider' || has(self.provider)",
        message = "spec.provider is missing: name url, model and apiKeySecretRef, or set spec.backend to local")
@ValidationRule(
        value = "self.backend != 'local' || has(self.local)",
        message = "spec.local is missing: describe the local pipeline, or set spec.backend to provider")
@ValidationRule(
        value = "!oldSelf.stop || self.stop",
        message = "spec.stop cannot go back to false, a stopped window stays stopped: create a new TestWindow")
@ValidationRule(
        value = "!has(self.telephony.twilioTokenSecretRef)"
                + " || (has(self.bridge.settings) && 'TELEPHONY_PUBLIC_URL' in self.bridge.settings)",
        message =
                "bridge.settings.TELEPHONY_PUBLIC_URL is missing: say what Twilio connects to, such as wss://voice.example.com, "
                        + "or remove telephony.twilioTokenSecretRef")
@ValidationRule(
        value = "self.telephony.auth == 'jwt' || !has(self.bridge.settings)"
                + " || !('TELEPHONY_JWT_AUDIENCE' in self.bridge.settings)",
        message =
                "bridge.settings.TELEPHONY_JWT_AUDIENCE is for tokens: set telephony.auth to jwt, or remove the setting")
public record TestWindowSpec(
        @JsonPropertyDescription(
                "Who answers calls while the window is open: the cloud provider, or the local pipeline.")
        @Default("provider")
        Backend backend,

        @JsonPropertyDescription("When the provider may be used.") @Required
        Schedule window,

        @JsonPropertyDescription("true ends the window now; it cannot go back to false.") @Default("false")
        Boolean stop,

        @JsonPropertyDescription("When calls leave the provider for the local pipeline.") @Default("{}")
        Fallback fallback,

        @JsonPropertyDescription("The cloud provider; required with backend provider.") @Nullable
        Provider provider,

        @JsonPropertyDescription("The local pipeline; without it a failover ends in a spoken announcement.") @Nullable
        LocalPipeline local,

        @JsonPropertyDescription("Who may bring calls.") @Default("{}")
        Telephony telephony,

        @JsonPropertyDescription("The pods that carry the calls.") @Default("{}")
        Bridge bridge,

        @JsonPropertyDescription("What must be in order before the window opens.") @Default("{}")
        Preflight preflight,

        @JsonPropertyDescription("What becomes of the bridges after the window.") @Default("KeepLocal")
        AfterWindow afterWindow) {

    public TestWindowSpec {
        backend = requireNonNullElse(backend, Backend.PROVIDER);
        stop = requireNonNullElse(stop, false);
        fallback = requireNonNullElse(fallback, Fallback.DEFAULT);
        telephony = requireNonNullElse(telephony, Telephony.DEFAULT);
        bridge = requireNonNullElse(bridge, Bridge.DEFAULT);
        preflight = requireNonNullElse(preflight, Preflight.DEFAULT);
        afterWindow = requireNonNullElse(afterWindow, AfterWindow.KEEP_LOCAL);
    }
}
