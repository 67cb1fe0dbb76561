package dev.tom.operator.observe;

import dev.tom.crds.v1alpha1.Backend;
import dev.tom.crds.v1alpha1.SecretKeyRef;
import dev.tom.crds.v1alpha1.TelephonyAuth;
import dev.tom.crds.v1alpha1.TestWindow;
import dev.tom.operator.desired.PodSecrets;
import dev.tom.operator.window.PreflightChecks.NamedSecret;
import dev.tom.operator.window.PreflightChecks.Presence;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Looks whether the Secrets that a spec names are there and long enough. Their values are counted, never decoded, kept or told. */
final class SecretsLook {

    /** No provider's key is shorter. */
    private static final int API_KEY = 20;
    /** RFC 7518 wants as many bytes as the hash has; a bridge refuses less. */
    private static final int JWT_KEY = 32;
    /** user:password. */
    private static final int BASIC = 8;
    /** Callers' numbers can be counted through; what hides them must not be. */
    private static final int SALT = 16;

    private static final int ANYTHING = 1;

    private final KubernetesClient client;

    SecretsLook(KubernetesClient client) {
        this.client = client;
    }

    List<NamedSecret> namedIn(TestWindow window) {
        var spec = window.getSpec();
        var found = new ArrayList<NamedSecret>();
        if (spec.backend() == Backend.PROVIDER && spec.provider() != null) {
            found.add(find(
                    window, "spec.provider.apiKeySecretRef", spec.provider().apiKeySecretRef(), API_KEY));
        }
        for (PodSecrets.Named named : PodSecrets.of(spec)) {
            found.add(find(
                    window,
                    named.field(),
                    named.ref(),
                    minimum(named.setting(), spec.telephony().auth())));
        }
        return found;
    }

    private static int minimum(String setting, TelephonyAuth auth) {
        return switch (setting) {
            case "TELEPHONY_AUTH_SECRET" -> auth == TelephonyAuth.JWT ? JWT_KEY : BASIC;
            case "PHONE_HASH_SALT" -> SALT;
            default -> ANYTHING;
        };
    }

    private NamedSecret find(TestWindow window, String field, SecretKeyRef ref, int minimum) {
        Secret secret = client.secrets()
                .inNamespace(window.getMetadata().getNamespace())
                .withName(ref.name())
                .get();
        return new NamedSecret(field, ref.name(), ref.key(), minimum, presence(secret, ref.key(), minimum));
    }

    private static Presence presence(@Nullable Secret secret, String key, int minimum) {
        if (secret == null) {
            return Presence.NO_SECRET;
        }
        int bytes = secret.getData() == null ? 0 : bytes(secret.getData().getOrDefault(key, ""));
        if (bytes == 0) {
            return Presence.NO_KEY;
        }
        return bytes < minimum ? Presence.TOO_SHORT : Presence.THERE;
    }

    /** Length of what a Base64 text stands for. */
    private static int bytes(String base64) {
        int padding = base64.endsWith("==") ? 2 : base64.endsWith("=") ? 1 : 0;
        return base64.length() / 4 * 3 - padding;
    }
}
