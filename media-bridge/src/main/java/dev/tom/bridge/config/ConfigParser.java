package dev.tom.bridge.config;

import static dev.tom.bridge.config.Setting.*;

import dev.tom.bridge.call.egress.EgressAsks;
import dev.tom.bridge.call.egress.EgressTerms;
import dev.tom.bridge.call.failover.FallbackSettings;
import dev.tom.bridge.observe.AdminSettings;
import dev.tom.bridge.speech.BackendKind;
import dev.tom.bridge.speech.local.LocalSettings;
import dev.tom.bridge.speech.realtime.RealtimeSettings;
import dev.tom.bridge.telephony.TelephonySettings;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Turns keys and values into settings. Pure: reads no file, no environment and no clock. */
public final class ConfigParser {

    private static final Pattern LANGUAGE_CODE = Pattern.compile("[a-z]{2}");

    private final Values values;
    private final List<String> warnings = new ArrayList<>();

    private ConfigParser(Values values) {
        this.values = values;
    }

    /**
     * @param stated keys and values of all sources, the stronger source having won
     * @throws ConfigException with everything that is wrong
     */
    public static BridgeConfig parse(Map<String, String> stated) {
        var values = new Values(stated);
        stated.keySet().stream()
                .filter(key -> Setting.named(key).isEmpty())
                .sorted()
                .map(UnknownNames::sentence)
                .forEach(values::problem);
        var parser = new ConfigParser(values);
        BridgeConfig config = parser.config(ConfigHash.of(stated));
        if (!values.problems().isEmpty()) {
            throw new ConfigException(values.problems());
        }
        return config;
    }

    private BridgeConfig config(String hash) {
        RealtimeSettings realtime = new RealtimeParser(values).settings(language());
        LiveConfig live = live(realtime, hash);
        Optional<LocalSettings> local = local();
        TelephonySettings telephony = new TelephonyParser(values, warnings).settings();
        var admin = new AdminSettings(values.text(ADMIN_HOST), values.whole(ADMIN_PORT));
        if (admin.port() != 0 && admin.port() == telephony.port()) {
            values.problem(
                    "TELEPHONY_PORT and ADMIN_PORT are both " + admin.port() + ": give one of them another port");
        }
        return new BridgeConfig(
                values.text(WINDOW_NAME),
                live,
                realtime,
                local,
                telephony,
                admin,
                CostParser.parse(values),
                values.whole(MAX_CALLS),
                OverloadParser.parse(values),
                warnings);
    }

    private LiveConfig live(RealtimeSettings realtime, String hash) {
        BackendKind backend =
                BackendKind.valueOf(values.choice(REALTIME_BACKEND).toUpperCase(Locale.ROOT));
        var egress = new EgressTerms.Stated(values.flag(ALLOW_EGRESS), values.moment(EGRESS_UNTIL));
        if (backend == BackendKind.PROVIDER) {
            if (realtime.apiKey().isEmpty()) {
                values.problem(
                        "REALTIME_BACKEND=provider needs REALTIME_API_KEY: set the key, or REALTIME_BACKEND=local");
            }
            if (!egress.allowed()) {
                warnings.add(
                        "REALTIME_BACKEND=provider but ALLOW_EGRESS=false: calls are taken locally until egress is allowed");
            } else if (egress.until().isEmpty()) {
                warnings.add(
                        "ALLOW_EGRESS=true but EGRESS_UNTIL is not set: without a deadline the provider is not used"
                                + " and calls are taken locally");
            }
        }
        var fallback = new FallbackSettings(
                values.choice(FALLBACK_POLICY).equals("provider_then_local"),
                values.whole(FALLBACK_TRIGGER_MS),
                values.whole(FALLBACK_SUSTAINED_SEC),
                values.whole(FALLBACK_ERROR_BURST),
                values.whole(FALLBACK_ERROR_WINDOW),
                values.whole(FALLBACK_COOLDOWN_SEC));
        var asks = new EgressAsks(values.moment(PREFLIGHT_UNTIL), values.moment(EGRESS_CANARY));
        return new LiveConfig(backend, egress, asks, fallback, hash);
    }

    private Optional<LocalSettings> local() {
        Optional<URI> worker = values.url(SPEECH_WORKER_URL);
        Optional<URI> llm = values.url(LOCAL_LLM_URL);
        if (worker.isEmpty()) {
            warnings.add(
                    "SPEECH_WORKER_URL is not set: there is no local pipeline, a caller who cannot be put through to"
                            + " the provider hears an announcement");
        }
        return worker.map(url -> new LocalSettings(
                url,
                llm,
                values.text(LOCAL_LLM_MODEL),
                values.text(PIPER_VOICE),
                language(),
                values.text(REALTIME_INSTRUCTIONS)));
    }

    private String language() {
        String language = values.text(LANGUAGE);
        if (!LANGUAGE_CODE.matcher(language).matches()) {
            String sentence = "LANGUAGE=" + language + " is not valid: give a code of two small letters such as de";
            if (!values.problems().contains(sentence)) {
                values.problem(sentence);
            }
        }
        return language;
    }
}
