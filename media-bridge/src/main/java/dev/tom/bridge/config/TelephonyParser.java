package dev.tom.bridge.config;

import static dev.tom.bridge.config.Setting.*;

import dev.tom.bridge.telephony.TelephonySettings;
import dev.tom.bridge.telephony.TlsFiles;
import dev.tom.bridge.telephony.access.Auth;
import dev.tom.bridge.telephony.access.SourceLimits;
import dev.tom.bridge.telephony.access.TwilioAccount;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** The settings of the telephone port: who may connect, how, and how much. */
final class TelephonyParser {

    static final Pattern LOOPBACK = Pattern.compile("localhost|127(\\.[0-9]{1,3}){3}|\\[::1]");

    private static final int HS256_BYTES = 32;

    private final Values values;
    private final List<String> warnings;

    TelephonyParser(Values values, List<String> warnings) {
        this.values = values;
        this.warnings = warnings;
    }

    TelephonySettings settings() {
        String salt = values.text(PHONE_HASH_SALT);
        if (salt.isEmpty()) {
            warnings.add("PHONE_HASH_SALT is not set: callers' numbers are dropped, records carry no caller hash");
        }
        Auth auth = auth();
        if (!(auth instanceof Auth.Jwt)) {
            List.of(TELEPHONY_JWKS_URL, TELEPHONY_JWT_AUDIENCE, TELEPHONY_NONCE_REDIS_URL)
                    .forEach(this::jwtOnly);
        }
        return new TelephonySettings(
                values.text(TELEPHONY_HOST),
                values.whole(TELEPHONY_PORT),
                auth,
                salt,
                twilio(),
                SourceLimits.of(
                        values.whole(TELEPHONY_SOURCE_SOCKETS), values.whole(TELEPHONY_SOURCE_UPGRADES_PER_SECOND)),
                values.whole(TELEPHONY_MESSAGES_PER_SECOND),
                tls());
    }

    private void jwtOnly(Setting setting) {
        if (values.isStated(setting)) {
            values.problem(setting + " is set but TELEPHONY_AUTH is not jwt: set TELEPHONY_AUTH=jwt, or remove it");
        }
    }

    private Auth auth() {
        String secret = values.text(TELEPHONY_AUTH_SECRET);
        return switch (values.choice(TELEPHONY_AUTH)) {
            case "basic" -> basic(secret);
            case "jwt" -> jwt(secret);
            default -> {
                if (!secret.isEmpty()) {
                    values.problem(
                            "TELEPHONY_AUTH_SECRET is set but TELEPHONY_AUTH is none: set TELEPHONY_AUTH to jwt or basic,"
                                    + " or remove the secret");
                }
                warnings.add(
                        "TELEPHONY_AUTH is none: whoever reaches the telephone port can make calls, set jwt or basic");
                yield new Auth.None();
            }
        };
    }

    private Auth basic(String secret) {
        int colon = secret.indexOf(':');
        if (colon < 1 || colon == secret.length() - 1) {
            values.problem("TELEPHONY_AUTH=basic needs TELEPHONY_AUTH_SECRET of the form user:password");
            return new Auth.None();
        }
        return new Auth.Basic(secret.substring(0, colon), secret.substring(colon + 1));
    }

    private Auth jwt(String secret) {
        Optional<URI> keys = keys();
        boolean long256 = secret.getBytes(StandardCharsets.UTF_8).length >= HS256_BYTES;
        if (!long256 && !(secret.isEmpty() && values.isStated(TELEPHONY_JWKS_URL))) {
            values.problem("TELEPHONY_AUTH=jwt needs TELEPHONY_AUTH_SECRET of 32 bytes or more, the HS256 key,"
                    + " or TELEPHONY_JWKS_URL");
            return new Auth.None();
        }
        String audience = values.text(TELEPHONY_JWT_AUDIENCE);
        return new Auth.Jwt(secret, keys, audience.isEmpty() ? Optional.empty() : Optional.of(audience), nonces());
    }

    private Optional<URI> keys() {
        String text = values.text(TELEPHONY_JWKS_URL);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        Optional<URI> uri = uri(text).filter(url -> url.getUserInfo() == null).filter(url -> switch (scheme(url)) {
            case "https" -> url.getHost() != null;
            case "http" ->
                url.getHost() != null && LOOPBACK.matcher(url.getHost()).matches();
            case "file" ->
                url.getAuthority() == null
                        && url.getPath() != null
                        && url.getPath().startsWith("/");
            default -> false;
        });
        if (uri.isEmpty()) {
            values.problem(
                    "TELEPHONY_JWKS_URL is not valid: give a URL that begins with https:// or file:///, http:// is"
                            + " for loopback only, without user or password");
        }
        return uri;
    }

    private Optional<URI> nonces() {
        String text = values.text(TELEPHONY_NONCE_REDIS_URL);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        Optional<URI> uri = uri(text)
                .filter(url ->
                        url.getHost() != null && List.of("redis", "rediss").contains(scheme(url)));
        if (uri.isEmpty()) {
            values.problem("TELEPHONY_NONCE_REDIS_URL is not valid: give redis:// or rediss:// with a host, such as"
                    + " rediss://:PASSWORD@redis.voice.svc:6379/0");
        }
        return uri;
    }

    private Optional<TwilioAccount> twilio() {
        String token = values.text(TELEPHONY_TWILIO_AUTH_TOKEN);
        Optional<URI> publicUrl = values.url(TELEPHONY_PUBLIC_URL);
        if (token.isEmpty()) {
            return Optional.empty();
        }
        if (publicUrl.isEmpty()) {
            values.problem(
                    "TELEPHONY_TWILIO_AUTH_TOKEN needs TELEPHONY_PUBLIC_URL: the URL that Twilio connects to, such as"
                            + " wss://voice.example.com");
        } else if (publicUrl.get().getQuery() != null) {
            values.problem("TELEPHONY_PUBLIC_URL has a query: give the part before /v1/twilio");
        }
        return publicUrl.map(url -> new TwilioAccount(token, url));
    }

    private Optional<TlsFiles> tls() {
        String certificate = values.text(TELEPHONY_TLS_CERT);
        String key = values.text(TELEPHONY_TLS_KEY);
        if (certificate.isEmpty() != key.isEmpty()) {
            values.problem("TELEPHONY_TLS_CERT and TELEPHONY_TLS_KEY belong together: set both, or none for no TLS");
        }
        return certificate.isEmpty() || key.isEmpty()
                ? Optional.empty()
                : Optional.of(new TlsFiles(Path.of(certificate), Path.of(key)));
    }

    private static String scheme(URI url) {
        return String.valueOf(url.getScheme()).toLowerCase(Locale.ROOT);
    }

    private static Optional<URI> uri(String text) {
        try {
            return Optional.of(new URI(text));
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }
}
