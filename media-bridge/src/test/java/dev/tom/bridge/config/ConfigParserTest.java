package dev.tom.bridge.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tom.bridge.call.admission.OverloadSettings;
import dev.tom.bridge.call.egress.EgressAsks;
import dev.tom.bridge.call.egress.EgressTerms;
import dev.tom.bridge.call.failover.FallbackSettings;
import dev.tom.bridge.cost.CostSettings;
import dev.tom.bridge.cost.FsyncPolicy;
import dev.tom.bridge.observe.AdminSettings;
import dev.tom.bridge.session.DeskSettings;
import dev.tom.bridge.speech.BackendKind;
import dev.tom.bridge.speech.local.LocalSettings;
import dev.tom.bridge.speech.realtime.RealtimeSettings;
import dev.tom.bridge.telephony.TelephonySettings;
import dev.tom.bridge.telephony.access.Auth;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigParserTest {

    private static final String KEY = "sk-test-0123456789";

    @Test
    void nothingStatedIsAWorkingLocalBridgeWithWarnings() {
        BridgeConfig config = ConfigParser.parse(Map.of());

        assertThat(config.live().backend()).isEqualTo(BackendKind.LOCAL);
        assertThat(config.live().egress()).isEqualTo(EgressTerms.NOT_ALLOWED);
        assertThat(config.live().asks()).isEqualTo(EgressAsks.NONE);
        assertThat(config.live().fallback()).isEqualTo(FallbackSettings.DEFAULT);
        assertThat(config.desk()).isEqualTo(new DeskSettings(BackendKind.LOCAL, FallbackSettings.DEFAULT, 100));
        assertThat(config.realtime())
                .isEqualTo(new RealtimeSettings(
                        URI.create("wss://api.openai.com/v1/realtime"), "", "gpt-realtime-2.1", "marin", "", "de"));
        assertThat(config.local()).isEmpty();
        assertThat(config.telephony()).isEqualTo(new TelephonySettings("0.0.0.0", 8080, new Auth.None(), ""));
        assertThat(config.admin()).isEqualTo(new AdminSettings("0.0.0.0", 8085));
        assertThat(config.cost())
                .isEqualTo(new CostSettings(Path.of("data/cost_logs"), Optional.empty(), FsyncPolicy.RECORD));
        assertThat(config.warnings())
                .extracting(warning -> warning.split(" ", 2)[0])
                .containsExactly("SPEECH_WORKER_URL", "PHONE_HASH_SALT", "TELEPHONY_AUTH");
    }

    @Test
    void everythingStatedArrivesAtItsUser() {
        BridgeConfig config = ConfigParser.parse(Map.ofEntries(
                Map.entry("REALTIME_BACKEND", "provider"),
                Map.entry("ALLOW_EGRESS", "true"),
                Map.entry("EGRESS_UNTIL", "2026-12-01T10:00:00Z"),
                Map.entry("PREFLIGHT_UNTIL", "2026-12-01T10:00:01Z"),
                Map.entry("EGRESS_CANARY", "2026-12-01T10:00:02Z"),
                Map.entry("FALLBACK_POLICY", "none"),
                Map.entry("FALLBACK_TRIGGER_MS", "900"),
                Map.entry("FALLBACK_SUSTAINED_SEC", "300"),
                Map.entry("FALLBACK_ERROR_BURST", "5"),
                Map.entry("FALLBACK_ERROR_WINDOW", "30"),
                Map.entry("FALLBACK_COOLDOWN_SEC", "120"),
                Map.entry("REALTIME_WS_URL", "ws://127.0.0.1:9100/v1/realtime"),
                Map.entry("REALTIME_API_KEY", KEY),
                Map.entry("REALTIME_MODEL", "gpt-realtime-2.1-mini"),
                Map.entry("REALTIME_VOICE", "cedar"),
                Map.entry("REALTIME_INSTRUCTIONS", "Sei freundlich."),
                Map.entry("LANGUAGE", "en"),
                Map.entry("SPEECH_WORKER_URL", "http://127.0.0.1:8090"),
                Map.entry("PIPER_VOICE", "de_DE-thorsten-medium"),
                Map.entry("LOCAL_LLM_URL", "http://llm.voice.svc:8080/v1"),
                Map.entry("LOCAL_LLM_MODEL", "small"),
                Map.entry("TELEPHONY_HOST", "127.0.0.1"),
                Map.entry("TELEPHONY_PORT", "0"),
                Map.entry("TELEPHONY_AUTH", "basic"),
                Map.entry("TELEPHONY_AUTH_SECRET", "switch:pass:word"),
                Map.entry("PHONE_HASH_SALT", "salt"),
                Map.entry("MAX_CALLS", "7"),
                Map.entry("OVERLOAD_LOOP_LATE_MS", "90"),
                Map.entry("OVERLOAD_LOCAL_WAIT_MS", "1500"),
                Map.entry("OVERLOAD_EXTENSION", "4099"),
                Map.entry("OVERLOAD_REDIRECT_URL", "ws://bridges.voice.svc:8080"),
                Map.entry("DRAIN_REDIRECT_URL", "https://tom.example.com/b"),
                Map.entry("ADMIN_HOST", "127.0.0.1"),
                Map.entry("ADMIN_PORT", "0"),
                Map.entry("COST_LOG_DIR", "/var/costs"),
                Map.entry("COST_LOG_FSYNC", "second"),
                Map.entry("COST_TARIFF", "/etc/tariff.json"),
                Map.entry("WINDOW_NAME", "pilot")));

        assertThat(config.window()).isEqualTo("pilot");
        assertThat(config.live().egress())
                .isEqualTo(new EgressTerms.Stated(true, Optional.of(Instant.parse("2026-12-01T10:00:00Z"))));
        assertThat(config.live().asks())
                .isEqualTo(new EgressAsks(
                        Optional.of(Instant.parse("2026-12-01T10:00:01Z")),
                        Optional.of(Instant.parse("2026-12-01T10:00:02Z"))));
        assertThat(config.desk())
                .isEqualTo(new DeskSettings(
                        BackendKind.PROVIDER,
                        new FallbackSettings(false, 900, 300, 5, 30, 120),
                        7,
                        0,
                        new OverloadSettings(
                                90, 1_500, "4099", "ws://bridges.voice.svc:8080", "https://tom.example.com/b")));
        assertThat(config.realtime())
                .isEqualTo(new RealtimeSettings(
                        URI.create("ws://127.0.0.1:9100/v1/realtime"),
                        KEY,
                        "gpt-realtime-2.1-mini",
                        "cedar",
                        "Sei freundlich.",
                        "en"));
        assertThat(config.local())
                .contains(new LocalSettings(
                        URI.create("http://127.0.0.1:8090"),
                        Optional.of(URI.create("http://llm.voice.svc:8080/v1")),
                        "small",
                        "de_DE-thorsten-medium",
                        "en",
                        "Sei freundlich."));
        assertThat(config.telephony())
                .isEqualTo(new TelephonySettings("127.0.0.1", 0, new Auth.Basic("switch", "pass:word"), "salt"));
        assertThat(config.admin()).isEqualTo(new AdminSettings("127.0.0.1", 0));
        assertThat(config.cost())
                .isEqualTo(new CostSettings(
                        Path.of("/var/costs"), Optional.of(Path.of("/etc/tariff.json")), FsyncPolicy.SECOND));
        assertThat(config.warnings()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            REALTIME_BACKEND=cloud                    | REALTIME_BACKEND=cloud is not valid: give provider or local
            REALTIME_BACKEND=provider                 | REALTIME_BACKEND=provider needs REALTIME_API_KEY: set the key, or REALTIME_BACKEND=local
            ALLOW_EGRESS=yes                          | ALLOW_EGRESS=yes is not valid: give true or false
            EGRESS_UNTIL=tomorrow                     | EGRESS_UNTIL=tomorrow is not valid: give a moment in UTC such as 2026-12-01T10:00:00Z
            PREFLIGHT_UNTIL=soon                      | PREFLIGHT_UNTIL=soon is not valid: give a moment in UTC such as 2026-12-01T10:00:00Z
            PREFLIGHT_UNTIL=2026-12-01T10:00:00       | PREFLIGHT_UNTIL=2026-12-01T10:00:00 is not valid: give a moment in UTC such as 2026-12-01T10:00:00Z
            EGRESS_CANARY=true                        | EGRESS_CANARY=true is not valid: give a moment in UTC such as 2026-12-01T10:00:00Z
            FALLBACK_TRIGGER_MS=0                     | FALLBACK_TRIGGER_MS=0 is not valid: give a whole number from 1 to 60000
            FALLBACK_ERROR_WINDOW=60s                 | FALLBACK_ERROR_WINDOW=60s is not valid: give a whole number from 1 to 86400
            MAX_CALLS=99999999999                     | MAX_CALLS=99999999999 is not valid: give a whole number from 1 to 10000
            OVERLOAD_LOOP_LATE_MS=5                   | OVERLOAD_LOOP_LATE_MS=5 is not valid: give a whole number from 10 to 5000
            OVERLOAD_LOCAL_WAIT_MS=8000               | OVERLOAD_LOCAL_WAIT_MS=8000 is not valid: give a whole number from 200 to 7500
            OVERLOAD_EXTENSION=40 99                  | OVERLOAD_EXTENSION is not valid: give an extension of the dialplan, 1 to 32 letters, digits or *#+_.-
            OVERLOAD_REDIRECT_URL=pod-2:8080          | OVERLOAD_REDIRECT_URL=pod-2:8080 is not valid: give a URL that begins with ws:// or wss:// or http:// or https://
            DRAIN_REDIRECT_URL=ws://pod-2/?a=b        | DRAIN_REDIRECT_URL has a query: give the address only, path and query of the call are appended to it
            TELEPHONY_PORT=8085                       | TELEPHONY_PORT and ADMIN_PORT are both 8085: give one of them another port
            TELEPHONY_PORT=tcp://10.0.0.1:8080        | TELEPHONY_PORT=tcp://10.0.0.1:8080 was put there by Kubernetes for a Service called telephony: set enableServiceLinks: false on the pod or give the Service another name
            TELEPHONY_AUTH=basic                      | TELEPHONY_AUTH=basic needs TELEPHONY_AUTH_SECRET of the form user:password
            TELEPHONY_AUTH=jwt                        | TELEPHONY_AUTH=jwt needs TELEPHONY_AUTH_SECRET of 32 bytes or more, the HS256 key, or TELEPHONY_JWKS_URL
            TELEPHONY_JWKS_URL=https://id.example/jwks | TELEPHONY_JWKS_URL is set but TELEPHONY_AUTH is not jwt: set TELEPHONY_AUTH=jwt, or remove it
            TELEPHONY_TLS_CERT=/tls/tls.crt           | TELEPHONY_TLS_CERT and TELEPHONY_TLS_KEY belong together: set both, or none for no TLS
            TELEPHONY_TWILIO_AUTH_TOKEN=abc           | TELEPHONY_TWILIO_AUTH_TOKEN needs TELEPHONY_PUBLIC_URL: the URL that Twilio connects to, such as wss://voice.example.com
            TELEPHONY_MESSAGES_PER_SECOND=50          | TELEPHONY_MESSAGES_PER_SECOND=50 is not valid: give a whole number from 60 to 10000
            TELEPHONY_SOURCE_SOCKETS=0                | TELEPHONY_SOURCE_SOCKETS=0 is not valid: give a whole number from 1 to 100000
            TELEPHONY_AUTH_SECRET=abc                 | TELEPHONY_AUTH_SECRET is set but TELEPHONY_AUTH is none: set TELEPHONY_AUTH to jwt or basic, or remove the secret
            REALTIME_WS_URL=ws://api.example.com/v1   | REALTIME_WS_URL=ws://api.example.com/v1 would send audio and key in the clear: use wss://, ws:// is for loopback only
            REALTIME_WS_URL=ws://127.0.0.1.evil.com/  | REALTIME_WS_URL=ws://127.0.0.1.evil.com/ would send audio and key in the clear: use wss://, ws:// is for loopback only
            REALTIME_WS_URL=https://api.example.com   | REALTIME_WS_URL=https://api.example.com is not valid: give a URL that begins with wss:// or ws://
            REALTIME_WS_URL=wss://u:p@api.example.com | REALTIME_WS_URL carries a user or password: take it out of the URL, it would show in logs
            REALTIME_WS_URL=wss://a.example/?model=x  | REALTIME_WS_URL names a model: take model= out of it and set REALTIME_MODEL
            PROVIDER_PROXY=gateway:3128               | PROVIDER_PROXY=gateway:3128 is not valid: give a URL that begins with http://
            PROVIDER_PROXY=http://gateway             | PROVIDER_PROXY=http://gateway is not valid: give host and port only, such as http://gateway:3128
            PROVIDER_PROXY=http://gateway:99999       | PROVIDER_PROXY=http://gateway:99999 is not valid: give host and port only, such as http://gateway:3128
            PROVIDER_PROXY=http://gateway:3128/a?b    | PROVIDER_PROXY=http://gateway:3128/a?b is not valid: give host and port only, such as http://gateway:3128
            PROVIDER_PROXY=http://u:p@gateway:3128    | PROVIDER_PROXY carries a user or password: take it out of the URL, it would show in logs
            PROVIDER_PROXY=https://gateway:3128       | PROVIDER_PROXY=https://gateway:3128 is not valid: give a URL that begins with http://
            SPEECH_WORKER_URL=127.0.0.1:8090          | SPEECH_WORKER_URL=127.0.0.1:8090 is not valid: give a URL that begins with http:// or https://
            LANGUAGE=German                           | LANGUAGE=German is not valid: give a code of two small letters such as de
            REALTIME_MODELL=x                         | Unknown setting REALTIME_MODELL: did you mean REALTIME_MODEL?
            PROMPT=x                                  | Unknown setting PROMPT: remove it, tom bridge --help lists the settings
            """)
    void aBadValueIsOneSentence(String setting, String sentence) {
        int equals = setting.indexOf('=');
        var problem = catchThrowableOfType(
                ConfigException.class,
                () -> ConfigParser.parse(Map.of(setting.substring(0, equals), setting.substring(equals + 1))));

        assertThat(problem).hasMessage(sentence);
    }

    @Test
    void allProblemsAreToldAtOnce() {
        var problem = catchThrowableOfType(
                ConfigException.class,
                () -> ConfigParser.parse(Map.of("MAX_CALLS", "many", "ALLOW_EGRESS", "1", "REALTIME_BACKEND", "x")));

        assertThat(problem.problems()).hasSize(3);
    }

    @Test
    void noProblemShowsASecret() {
        var problem = catchThrowableOfType(
                ConfigException.class,
                () -> ConfigParser.parse(Map.of(
                        "REALTIME_API_KEY", "two words", "TELEPHONY_AUTH", "jwt", "TELEPHONY_AUTH_SECRET", "hunter2")));

        assertThat(problem.problems()).hasSize(2);
        assertThat(problem.getMessage()).doesNotContain("words").doesNotContain("hunter2");
        assertThat(ConfigParser.parse(Map.of("REALTIME_API_KEY", KEY)).toString())
                .doesNotContain(KEY);
    }

    @ParameterizedTest
    @CsvSource({
        "false,'',REALTIME_BACKEND=provider but ALLOW_EGRESS=false",
        "true,'',ALLOW_EGRESS=true but EGRESS_UNTIL is not set"
    })
    void providerThatMayNotBeUsedStartsAndSaysSo(String allow, String until, String warning) {
        BridgeConfig config = ConfigParser.parse(Map.of(
                "REALTIME_BACKEND", "provider",
                "REALTIME_API_KEY", KEY,
                "ALLOW_EGRESS", allow,
                "EGRESS_UNTIL", until));

        assertThat(config.warnings())
                .anySatisfy(sentence -> assertThat(sentence).startsWith(warning));
    }

    @Test
    void anEmptyValueIsTheDefault() {
        assertThat(ConfigParser.parse(Map.of("MAX_CALLS", "", "REALTIME_VOICE", "  ", "EGRESS_UNTIL", "")))
                .usingRecursiveComparison()
                .ignoringFields("live.hash")
                .isEqualTo(ConfigParser.parse(Map.of()));
    }

    /** Else the operator could not see that its ask has arrived. */
    @ParameterizedTest
    @ValueSource(strings = {"PREFLIGHT_UNTIL", "EGRESS_CANARY"})
    void theHashCountsWhatIsAsked(String key) {
        Map<String, String> unasked = Map.of("ALLOW_EGRESS", "false");
        Map<String, String> asked = Map.of("ALLOW_EGRESS", "false", key, "2026-12-01T10:00:00Z");

        assertThat(ConfigHash.of(asked)).isNotEqualTo(ConfigHash.of(unasked));
    }

    @Test
    void theHashCountsLiveKeysOnlyAsTheyAreStated() {
        // printf 'ALLOW_EGRESS=true\nREALTIME_BACKEND=provider\n' | sha256sum
        assertThat(ConfigHash.of(Map.of("REALTIME_BACKEND", "provider", "ALLOW_EGRESS", "true", "MAX_CALLS", "3")))
                .isEqualTo("3b9d32fa3c5a4429");
    }
}
