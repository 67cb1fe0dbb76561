package dev.tom.crds.v1alpha1;

import static java.util.Objects.requireNonNullElse;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPeer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Who may bring calls. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(
        value = "self.auth == 'none' || has(self.authSecretRef)",
        message =
                "telephony.authSecretRef is missing: name the Secret with user:password (basic) or the signing key (jwt), or "
                        + "set auth to none")
@ValidationRule(
        value = "self.auth != 'none' || !has(self.authSecretRef)",
        message =
                "telephony.authSecretRef is given but auth is none: set auth to jwt or basic, or remove authSecretRef")
public record Telephony(
        @JsonPropertyDescription("How a telephone switch proves itself. none trusts the network policy alone.")
        @Default("none")
        TelephonyAuth auth,

        @JsonPropertyDescription("Secret for auth: user:password for basic, an HS256 key of at least 32 bytes for jwt.")
        @Nullable
        SecretKeyRef authSecretRef,

        @JsonPropertyDescription("From where calls may come; empty: from any pod of the namespace.")
        List<NetworkPolicyPeer> allowedFrom) {

    /** No authentication, from any pod of the namespace. */
    public static final Telephony DEFAULT = new Telephony(TelephonyAuth.NONE, null, List.of());

    public Telephony {
        auth = requireNonNullElse(auth, TelephonyAuth.NONE);
        allowedFrom = List.copyOf(requireNonNullElse(allowedFrom, List.of()));
    }
}
