package dev.tom.crds.v1alpha1;

import static java.util.Objects.requireNonNullElse;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPeer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Who may bring calls. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(
        value = "self.auth == 'none' || has(self.authSecretRef) || (self.auth == 'jwt' && has(self.jwksUrl))",
        message =
                "telephony.authSecretRef is missing: name the Secret with user:password (basic) or the signing key (jwt, beside "
                        + "or instead of jwksUrl), or set auth to none")
@ValidationRule(
        value = "self.auth != 'none' || !has(self.authSecretRef)",
        message =
                "telephony.authSecretRef is given but auth is none: set auth to jwt or basic, or remove authSecretRef")
@ValidationRule(
        value = "self.auth == 'jwt' || (!has(self.jwksUrl) && !has(self.nonceRedisSecretRef))",
        message = "telephony.jwksUrl and telephony.nonceRedisSecretRef are for tokens: set auth to jwt, or remove them")
public record Telephony(
        @JsonPropertyDescription("How a telephone switch proves itself. none trusts the network policy alone.")
        @Default("none")
        TelephonyAuth auth,

        @JsonPropertyDescription("Secret for auth: user:password for basic, an HS256 key of at least 32 bytes for jwt.")
        @Nullable
        SecretKeyRef authSecretRef,

        @JsonPropertyDescription("From where calls may come; empty: from any pod of the namespace.")
        List<NetworkPolicyPeer> allowedFrom,

        @JsonPropertyDescription(
                "For jwt: where the JWK set with the keys for RS256 and ES256 is. The way there is yours to open, by a NetworkPolicy for the bridges.")
        @Size(max = 512)
        @ValidationRule(
                value = "self.startsWith('https://')",
                message =
                        "jwksUrl must begin with https://, such as https://login.example.com/keys: keys decide who makes calls")
        @Nullable
        String jwksUrl,

        @JsonPropertyDescription(
                "For jwt with several pods: Secret with the URL of the Redis that notes used tokens, redis:// or rediss://. The way there is yours to open.")
        @Nullable
        SecretKeyRef nonceRedisSecretRef,

        @JsonPropertyDescription(
                "Secret with Twilio's account token; bridge.settings.TELEPHONY_PUBLIC_URL says what Twilio connects to.")
        @Nullable
        SecretKeyRef twilioTokenSecretRef,

        @JsonPropertyDescription(
                "Secret of type kubernetes.io/tls for the telephone port, followed when it is renewed; left out: no TLS.")
        @Size(min = 1, max = 253)
        @Nullable
        String tlsSecretName) {

    /** No authentication, from any pod of the namespace. */
    public static final Telephony DEFAULT = new Telephony(TelephonyAuth.NONE, null, List.of(), null, null, null, null);

    public Telephony {
        auth = requireNonNullElse(auth, TelephonyAuth.NONE);
        allowedFrom = List.copyOf(requireNonNullElse(allowedFrom, List.of()));
    }
}
