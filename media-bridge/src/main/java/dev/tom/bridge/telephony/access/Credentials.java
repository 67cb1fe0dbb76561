package dev.tom.bridge.telephony.access;

import io.vertx.core.http.HttpServerRequest;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a telephone socket shows for itself. A switch can send no header of its own, so a token may also come in the query, in the
 * path or as the password of basic authentication.
 *
 * @param basic user and password of basic authentication, {@code user:password}
 * @param token the first token found: bearer header, query, path, basic password
 * @param uri path and query as requested, which Twilio signs
 * @param twilioSignature value of Twilio's header
 */
public record Credentials(
        Optional<String> basic, Optional<String> token, String uri, Optional<String> twilioSignature) {

    /** Without Twilio's proof. */
    Credentials(Optional<String> basic, Optional<String> token) {
        this(basic, token, "/", Optional.empty());
    }

    /** @param pathToken the token in the path, or empty */
    public static Credentials of(HttpServerRequest request, String pathToken) {
        String header = Optional.ofNullable(request.getHeader("authorization")).orElse("");
        Optional<String> bearer = scheme(header, "bearer");
        Optional<String> basic = scheme(header, "basic").flatMap(Credentials::decoded);
        Optional<String> token = Stream.of(
                        bearer,
                        Optional.ofNullable(request.getParam("token")),
                        Optional.of(pathToken),
                        basic.map(pair -> pair.substring(pair.indexOf(':') + 1)))
                .flatMap(Optional::stream)
                .filter(candidate -> !candidate.isEmpty())
                .findFirst();
        return new Credentials(
                basic, token, request.uri(), Optional.ofNullable(request.getHeader(TwilioSignature.HEADER)));
    }

    /** A token that came by another way than the request. */
    public static Credentials ofToken(String token) {
        return new Credentials(Optional.empty(), Optional.of(token).filter(shown -> !shown.isEmpty()));
    }

    /** Whether neither token nor password was shown. */
    boolean isEmpty() {
        return basic.isEmpty() && token.isEmpty();
    }

    private static Optional<String> scheme(String header, String scheme) {
        int blank = header.indexOf(' ');
        return blank > 0 && header.substring(0, blank).toLowerCase(Locale.ROOT).equals(scheme)
                ? Optional.of(header.substring(blank + 1).strip())
                : Optional.empty();
    }

    private static Optional<String> decoded(String base64) {
        try {
            return Optional.of(new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    @Override
    public String toString() {
        return "Credentials[]";
    }
}
