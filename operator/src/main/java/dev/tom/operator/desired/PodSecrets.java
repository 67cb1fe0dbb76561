package dev.tom.operator.desired;

import dev.tom.crds.v1alpha1.SecretKeyRef;
import dev.tom.crds.v1alpha1.Telephony;
import dev.tom.crds.v1alpha1.TestWindowSpec;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The Secrets, besides the provider's key, without which a bridge pod does not start. */
public final class PodSecrets {

    /** Keys of a Secret of type {@code kubernetes.io/tls}. */
    static final String TLS_CERT = "tls.crt";

    static final String TLS_KEY = "tls.key";

    private PodSecrets() {}

    /**
     * A Secret's key that a field of the spec names.
     *
     * @param field path of the field
     * @param setting the bridge's setting that it becomes; empty: a file
     */
    public record Named(String field, SecretKeyRef ref, String setting) {}

    /** All of them, in the order of the spec. */
    public static List<Named> of(TestWindowSpec spec) {
        var named = new ArrayList<Named>();
        Telephony telephony = spec.telephony();
        add(named, "spec.telephony.authSecretRef", telephony.authSecretRef(), "TELEPHONY_AUTH_SECRET");
        add(named, "spec.telephony.nonceRedisSecretRef", telephony.nonceRedisSecretRef(), "TELEPHONY_NONCE_REDIS_URL");
        add(
                named,
                "spec.telephony.twilioTokenSecretRef",
                telephony.twilioTokenSecretRef(),
                "TELEPHONY_TWILIO_AUTH_TOKEN");
        String tls = telephony.tlsSecretName();
        if (tls != null) {
            add(named, "spec.telephony.tlsSecretName", new SecretKeyRef(tls, TLS_CERT), "");
            add(named, "spec.telephony.tlsSecretName", new SecretKeyRef(tls, TLS_KEY), "");
        }
        add(named, "spec.bridge.phoneHashSaltSecretRef", spec.bridge().phoneHashSaltSecretRef(), "PHONE_HASH_SALT");
        return named;
    }

    private static void add(List<Named> named, String field, @Nullable SecretKeyRef ref, String setting) {
        if (ref != null) {
            named.add(new Named(field, ref, setting));
        }
    }
}
