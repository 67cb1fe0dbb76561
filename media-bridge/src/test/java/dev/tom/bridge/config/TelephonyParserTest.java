package dev.tom.bridge.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tom.bridge.telephony.TelephonySettings;
import dev.tom.bridge.telephony.TlsFiles;
import dev.tom.bridge.telephony.access.Auth;
import dev.tom.bridge.telephony.access.SourceLimits;
import dev.tom.bridge.telephony.access.TwilioAccount;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TelephonyParserTest {

    private static final String SECRET = "0123456789abcdef0123456789abcdef";

    @Test
    void everythingAboutTheTelephonePortArrives() {
        TelephonySettings settings = parsed(Map.ofEntries(
                Map.entry("TELEPHONY_AUTH", "jwt"),
                Map.entry("TELEPHONY_AUTH_SECRET", SECRET),
                Map.entry("TELEPHONY_JWKS_URL", "https://id.example/jwks.json"),
                Map.entry("TELEPHONY_JWT_AUDIENCE", "tom"),
                Map.entry("TELEPHONY_NONCE_REDIS_URL", "rediss://:pass@redis.voice.svc:6379/1"),
                Map.entry("TELEPHONY_TWILIO_AUTH_TOKEN", "twilio-token"),
                Map.entry("TELEPHONY_PUBLIC_URL", "wss://voice.example.com"),
                Map.entry("TELEPHONY_TLS_CERT", "/tls/tls.crt"),
                Map.entry("TELEPHONY_TLS_KEY", "/tls/tls.key"),
                Map.entry("TELEPHONY_MESSAGES_PER_SECOND", "200"),
                Map.entry("TELEPHONY_SOURCE_SOCKETS", "30"),
                Map.entry("TELEPHONY_SOURCE_UPGRADES_PER_SECOND", "7")));

        assertThat(settings)
                .isEqualTo(new TelephonySettings(
                        "0.0.0.0",
                        8080,
                        new Auth.Jwt(
                                SECRET,
                                Optional.of(URI.create("https://id.example/jwks.json")),
                                Optional.of("tom"),
                                Optional.of(URI.create("rediss://:pass@redis.voice.svc:6379/1"))),
                        "",
                        Optional.of(new TwilioAccount("twilio-token", URI.create("wss://voice.example.com"))),
                        new SourceLimits(30, 7, 44, 5, 60, 4_096),
                        200,
                        Optional.of(new TlsFiles(Path.of("/tls/tls.crt"), Path.of("/tls/tls.key")))));
        assertThat(settings.toString())
                .doesNotContain(SECRET)
                .doesNotContain("pass@")
                .doesNotContain("twilio-token");
    }

    @ParameterizedTest
    @CsvSource({"file:///etc/tom/jwks.json", "http://127.0.0.1:9/jwks", "https://id.example/jwks"})
    void keysMayBeTheOnlyProof(String url) {
        assertThat(parsed(Map.of("TELEPHONY_AUTH", "jwt", "TELEPHONY_JWKS_URL", url))
                        .auth())
                .isEqualTo(new Auth.Jwt("", Optional.of(URI.create(url)), Optional.empty(), Optional.empty()));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            TELEPHONY_JWKS_URL        | http://id.example/jwks  | TELEPHONY_JWKS_URL is not valid: give a URL
            TELEPHONY_JWKS_URL        | https://u:p@id.example/ | TELEPHONY_JWKS_URL is not valid: give a URL
            TELEPHONY_JWKS_URL        | jwks.json               | TELEPHONY_JWKS_URL is not valid: give a URL
            TELEPHONY_NONCE_REDIS_URL | redis.voice.svc:6379    | TELEPHONY_NONCE_REDIS_URL is not valid: give redis://
            TELEPHONY_NONCE_REDIS_URL | http://u:hunter2@redis  | TELEPHONY_NONCE_REDIS_URL is not valid: give redis://
            TELEPHONY_AUTH_SECRET     | short                   | TELEPHONY_AUTH=jwt needs TELEPHONY_AUTH_SECRET of 32 bytes
            """)
    void aBadValueIsOneSentenceWithoutSecrets(String key, String value, String sentence) {
        Map<String, String> stated = new HashMap<>(Map.of("TELEPHONY_AUTH", "jwt", "TELEPHONY_AUTH_SECRET", SECRET));
        stated.put(key, value);
        var problem = catchThrowableOfType(ConfigException.class, () -> ConfigParser.parse(stated));
        assertThat(problem.problems()).singleElement().asString().startsWith(sentence);
        assertThat(problem.getMessage()).doesNotContain("hunter2").doesNotContain("u:p");
    }

    private static TelephonySettings parsed(Map<String, String> stated) {
        return ConfigParser.parse(stated).telephony();
    }
}
