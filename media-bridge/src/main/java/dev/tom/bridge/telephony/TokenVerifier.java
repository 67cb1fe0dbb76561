package dev.tom.bridge.telephony;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.crypto.MACVerifier;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.tom.bridge.telephony.TelephonySettings.Auth;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.Optional;

/** Decides whether a telephone socket may connect. The refusals are sentences without any part of what was shown. */
final class TokenVerifier {

    /** Clocks of switch and bridge may differ by so much. */
    private static final Duration SKEW = Duration.ofSeconds(5);

    private final Auth auth;
    private final InstantSource clock;

    TokenVerifier(Auth auth, InstantSource clock) {
        this.auth = auth;
        this.clock = clock;
    }

    /** The value of the {@code WWW-Authenticate} header of a refusal. */
    String challenge() {
        return switch (auth) {
            case Auth.None _, Auth.Jwt _ -> "Bearer";
            case Auth.Basic _ -> "Basic realm=\"tom\"";
        };
    }

    /** Whether a token is what it asks for. */
    boolean takesTokens() {
        return auth instanceof Auth.Jwt;
    }

    /** Why it may not connect, or empty when it may. */
    Optional<String> refusal(Credentials shown) {
        return switch (auth) {
            case Auth.None _ -> Optional.empty();
            case Auth.Basic(String user, String password) -> basic(shown, user + ":" + password);
            case Auth.Jwt(String secret) ->
                shown.token()
                        .map(token -> jwt(token, secret))
                        .orElse(Optional.of("A token is needed: as bearer header, token parameter, last part of the"
                                + " path or basic-auth password"));
        };
    }

    private static Optional<String> basic(Credentials shown, String expected) {
        boolean same = MessageDigest.isEqual(
                shown.basic().orElse("").getBytes(StandardCharsets.UTF_8), expected.getBytes(StandardCharsets.UTF_8));
        return same ? Optional.empty() : Optional.of("User or password is wrong or missing");
    }

    private Optional<String> jwt(String token, String secret) {
        try {
            SignedJWT jwt = SignedJWT.parse(token);
            if (!JWSAlgorithm.HS256.equals(jwt.getHeader().getAlgorithm())
                    || !jwt.verify(new MACVerifier(secret.getBytes(StandardCharsets.UTF_8)))) {
                return Optional.of("The token's signature is wrong");
            }
            return times(jwt.getJWTClaimsSet());
        } catch (ParseException | JOSEException | IllegalStateException e) {
            return Optional.of("The token is not a signed JWT");
        }
    }

    private Optional<String> times(JWTClaimsSet claims) {
        Instant now = clock.instant();
        Date expires = claims.getExpirationTime();
        Date notBefore = claims.getNotBeforeTime();
        if (expires == null) {
            return Optional.of("The token has no exp claim");
        }
        if (!now.isBefore(expires.toInstant().plus(SKEW))) {
            return Optional.of("The token has expired");
        }
        if (notBefore != null && now.isBefore(notBefore.toInstant().minus(SKEW))) {
            return Optional.of("The token is not valid yet");
        }
        return Optional.empty();
    }
}
