package dev.tom.operator.desired;

import dev.tom.crds.v1alpha1.Backend;
import dev.tom.crds.v1alpha1.BridgeSettings;
import dev.tom.crds.v1alpha1.Fallback;
import dev.tom.crds.v1alpha1.FallbackPolicy;
import dev.tom.crds.v1alpha1.TestWindow;
import dev.tom.crds.v1alpha1.TestWindowSpec;
import dev.tom.operator.window.Ask;
import dev.tom.operator.window.Egress;
import dev.tom.operator.window.EgressMeans;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The ConfigMap that bridges read: environment names and values. A bridge follows the live keys while it runs; any other key is read once, by
 * a new pod.
 */
public final class BridgeConfig {

    public static final String ALLOW_EGRESS = "ALLOW_EGRESS";
    public static final String EGRESS_UNTIL = "EGRESS_UNTIL";
    public static final String PROVIDER_PROXY = "PROVIDER_PROXY";

    private BridgeConfig() {}

    static ConfigMap of(TestWindow window, Egress egress, EgressMeans means) {
        return new ConfigMapBuilder()
                .withMetadata(OwnedMetadata.of(
                        window, Names.bridge(window.getMetadata().getName())))
                .withData(data(window, egress, means))
                .build();
    }

    static SortedMap<String, String> data(TestWindow window, Egress egress, EgressMeans means) {
        var data = settled(window, means);
        data.putAll(live(window, egress));
        return data;
    }

    /** What may change while calls run. Shut needs no deadline: without one the bridge's answer is no. */
    static SortedMap<String, String> live(TestWindow window, Egress egress) {
        TestWindowSpec spec = window.getSpec();
        var data = new TreeMap<String, String>();
        data.put("REALTIME_BACKEND", spec.backend() == Backend.PROVIDER ? "provider" : "local");
        switch (egress) {
            case Egress.Open(var until) -> {
                data.put(ALLOW_EGRESS, "true");
                data.put(EGRESS_UNTIL, until.toString());
            }
            case Egress.Shut(Ask ask) -> {
                data.put(ALLOW_EGRESS, "false");
                switch (ask) {
                    case Ask.Nothing() -> {}
                    case Ask.Reach(var until) -> data.put("PREFLIGHT_UNTIL", until.toString());
                    case Ask.Canary(var end) -> data.put("EGRESS_CANARY", end.toString());
                }
            }
        }
        Fallback fallback = spec.fallback();
        data.put("FALLBACK_POLICY", fallback.policy() == FallbackPolicy.NONE ? "none" : "provider_then_local");
        data.put("FALLBACK_TRIGGER_MS", fallback.triggerMs().toString());
        data.put("FALLBACK_SUSTAINED_SEC", fallback.sustainedSeconds().toString());
        data.put("FALLBACK_ERROR_BURST", fallback.errorBurst().toString());
        data.put("FALLBACK_ERROR_WINDOW", fallback.errorWindowSeconds().toString());
        data.put("FALLBACK_COOLDOWN_SEC", fallback.cooldownSeconds().toString());
        return data;
    }

    /** What only a new pod reads. */
    private static SortedMap<String, String> settled(TestWindow window, EgressMeans means) {
        TestWindowSpec spec = window.getSpec();
        var data = new TreeMap<String, String>();
        // The API server refuses other names already; this is the place where one of them would open egress.
        spec.bridge().settings().forEach((name, value) -> {
            if (BridgeSettings.open(name)) {
                data.put(name, value);
            }
        });
        data.put("WINDOW_NAME", window.getMetadata().getName());
        data.put("TELEPHONY_AUTH", spec.telephony().auth().name().toLowerCase(Locale.ROOT));
        putIfSet(data, "TELEPHONY_JWKS_URL", spec.telephony().jwksUrl());
        if (spec.telephony().tlsSecretName() != null) {
            data.put("TELEPHONY_TLS_CERT", Names.TLS_DIR + "/" + PodSecrets.TLS_CERT);
            data.put("TELEPHONY_TLS_KEY", Names.TLS_DIR + "/" + PodSecrets.TLS_KEY);
        }
        if (spec.provider() != null) {
            data.put("REALTIME_WS_URL", spec.provider().url());
            data.put("REALTIME_MODEL", spec.provider().model());
            putIfSet(data, "REALTIME_VOICE", spec.provider().voice());
            putIfSet(data, "REALTIME_INSTRUCTIONS", spec.provider().instructions());
            if (means == EgressMeans.GATEWAY) {
                data.put(PROVIDER_PROXY, GatewayService.url(window));
            }
        }
        if (spec.local() != null) {
            data.put("PIPER_VOICE", spec.local().piperVoice());
            data.put("LANGUAGE", spec.local().language());
            if (spec.local().llm() != null) {
                data.put("LOCAL_LLM_URL", spec.local().llm().url());
                data.put("LOCAL_LLM_MODEL", spec.local().llm().model());
            }
        }
        putIfSet(data, "MAX_CALLS", spec.bridge().maxCallsPerPod());
        return data;
    }

    private static void putIfSet(Map<String, String> data, String key, @Nullable Object value) {
        if (value != null) {
            data.put(key, value.toString());
        }
    }

    /** The hash a bridge reports in its status once it follows these live keys: 16 hex digits. */
    static String liveHash(TestWindow window, Egress egress) {
        return hash(live(window, egress));
    }

    static String settledHash(TestWindow window, EgressMeans means) {
        return hash(settled(window, means));
    }

    private static String hash(SortedMap<String, String> data) {
        var lines = new StringBuilder();
        data.forEach((key, value) -> lines.append(key).append('=').append(value).append('\n'));
        return Fingerprint.of(lines.toString());
    }
}
