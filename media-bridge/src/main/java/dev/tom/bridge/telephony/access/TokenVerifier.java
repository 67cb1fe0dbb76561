package dev.tom.bridge.telephony.access;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.MACVerifier;
import com.nimbusds.jwt.SignedJWT;
import dev.tom.bridge.telephony.access.KeyRing.Found;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.text.ParseException;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether a telephone socket may connect, in two steps: {@link #check} looks at what is shown and changes nothing, so that a socket
 * that is then sent elsewhere keeps its token; {@link #spend} uses the token up. Answers within half a second. Refusals are sentences
 * without any part of what was shown. Thread-safe.
 */
public final class TokenVerifier {

    private static final Set<JWSAlgorithm> ALGORITHMS =
            Set.of(JWSAlgorithm.HS256, JWSAlgorithm.RS256, JWSAlgorithm.ES256);

    /** An RS256 token with a dozen claims has a thousand characters; parsing more than this is work for a stranger. */
    private static final int LONGEST_TOKEN = 4_096;

    private static final String TWILIO_PATH = "/v1/twilio";

    private static final String TOKEN_NEEDED =
            "A token is needed: as bearer header, token parameter, last part of the path or basic-auth password";

    private final Auth auth;
    private final Optional<TwilioSignature> twilio;
    private final InstantSource clock;
    private final Consumer<String> trouble;
    private final Optional<JWSVerifier> secret;
    private final Optional<JwksKeys> keys;
    private final NonceStore nonces;

    /** @param trouble hears the reason when a token could not be checked: {@code no_keys}, {@code nonces_full}, {@code nonces_down} */
    public TokenVerifier(
            Vertx vertx, Auth auth, Optional<TwilioAccount> twilio, InstantSource clock, Consumer<String> trouble) {
        this.auth = auth;
        this.twilio = twilio.map(TwilioSignature::new);
        this.clock = clock;
        this.trouble = trouble;
        if (auth instanceof Auth.Jwt jwt) {
            secret = jwt.secret().isEmpty() ? Optional.empty() : Optional.of(shared(jwt.secret()));
            keys = jwt.keys().map(uri -> new JwksKeys(vertx, uri, System::nanoTime));
            nonces = jwt.nonces()
                    .<NonceStore>map(url -> new RedisNonces(vertx, url, clock))
                    .orElseGet(() -> new MemoryNonces(clock, MemoryNonces.MOST));
        } else {
            secret = Optional.empty();
            keys = Optional.empty();
            nonces = new MemoryNonces(clock, 0);
        }
    }

    private static JWSVerifier shared(String secret) {
        try {
            return new MACVerifier(secret.getBytes(StandardCharsets.UTF_8));
        } catch (JOSEException e) {
            throw new IllegalArgumentException("the HS256 key needs 32 bytes or more", e);
        }
    }

    /** Begins to read keys and opens connections. */
    public void start() {
        nonces.start();
        keys.ifPresent(JwksKeys::start);
    }

    /** Lets go of connections. */
    public void close() {
        keys.ifPresent(JwksKeys::close);
        nonces.close();
    }

    /** The value of the {@code WWW-Authenticate} header of a refusal. */
    public String challenge() {
        return switch (auth) {
            case Auth.None _, Auth.Jwt _ -> "Bearer";
            case Auth.Basic _ -> "Basic realm=\"tom\"";
        };
    }

    /** What the shown proof allows. Complete at once, unless keys have to be read. */
    public Future<Verdict> check(Credentials shown) {
        if (twilio.isEmpty() || !isTwilio(shown.uri())) {
            return byAuth(shown);
        }
        if (shown.twilioSignature().isEmpty() && !(auth instanceof Auth.None)) {
            return byAuth(shown);
        }
        boolean signed = shown.twilioSignature()
                .filter(signature -> twilio.get().signed(shown.uri(), signature))
                .isPresent();
        if (!signed) {
            return now(Verdict.Refused.unauthorized(
                    "Twilio's signature is wrong or missing: is TELEPHONY_PUBLIC_URL what Twilio connects to?"));
        }
        boolean tokenToo = auth instanceof Auth.Jwt && shown.token().isPresent();
        return tokenToo ? byAuth(shown) : now(new Verdict.Granted(Grant.ANY_CALL));
    }

    private static boolean isTwilio(String uri) {
        return uri.equals(TWILIO_PATH) || uri.startsWith(TWILIO_PATH + "/") || uri.startsWith(TWILIO_PATH + "?");
    }

    private Future<Verdict> byAuth(Credentials shown) {
        return switch (auth) {
            case Auth.None _ -> now(new Verdict.Granted(Grant.ANY_CALL));
            case Auth.Basic(String user, String password) -> now(basic(shown, user + ":" + password));
            case Auth.Jwt jwt ->
                shown.token()
                        .map(token -> token(token, jwt.audience()))
                        .orElseGet(() -> now(Verdict.Refused.unauthorized(TOKEN_NEEDED)));
        };
    }

    private static Verdict basic(Credentials shown, String expected) {
        boolean same = MessageDigest.isEqual(
                shown.basic().orElse("").getBytes(StandardCharsets.UTF_8), expected.getBytes(StandardCharsets.UTF_8));
        return same
                ? new Verdict.Granted(Grant.ANY_CALL)
                : Verdict.Refused.unauthorized("User or password is wrong or missing");
    }

    /** Whether a socket that shows nothing may still show a token after its upgrade, where its dialect can carry one there. */
    public boolean tokenMayFollow(Credentials shown) {
        boolean signed = twilio.isPresent() && shown.twilioSignature().isPresent();
        return auth instanceof Auth.Jwt && shown.isEmpty() && !signed;
    }

    private Future<Verdict> token(String token, Optional<String> audience) {
        SignedJWT jwt = parsed(token);
        if (jwt == null) {
            return now(Verdict.Refused.unauthorized("The token is not a signed JWT"));
        }
        JWSHeader header = jwt.getHeader();
        if (!ALGORITHMS.contains(header.getAlgorithm())) {
            return now(Verdict.Refused.unauthorized("The token must be signed by HS256, RS256 or ES256"));
        }
        return keyFor(header).map(found -> switch (found) {
            case Found.Key(JWSVerifier key) -> judged(jwt, key, audience);
            case Found.Unknown() -> Verdict.Refused.unauthorized("The token's key is not known here");
            case Found.Unavailable() -> {
                trouble.accept("no_keys");
                yield Verdict.Refused.unavailable("The keys for tokens cannot be read now: try again soon");
            }
        });
    }

    private static @Nullable SignedJWT parsed(String token) {
        try {
            return token.length() > LONGEST_TOKEN ? null : SignedJWT.parse(token);
        } catch (ParseException | IllegalArgumentException e) {
            return null;
        }
    }

    /** The shared secret is for HS256 alone and a public key never is, whatever a token asks for. */
    private Future<Found> keyFor(JWSHeader header) {
        if (header.getAlgorithm().equals(JWSAlgorithm.HS256)) {
            return Future.succeededFuture(secret.<Found>map(Found.Key::new).orElseGet(Found.Unknown::new));
        }
        return keys.map(ring -> ring.keyFor(header)).orElseGet(() -> Future.succeededFuture(new Found.Unknown()));
    }

    private Verdict judged(SignedJWT jwt, JWSVerifier key, Optional<String> audience) {
        try {
            return jwt.verify(key)
                    ? TokenClaims.judge(jwt.getJWTClaimsSet(), audience, clock.instant())
                    : Verdict.Refused.unauthorized("The token's signature is wrong");
        } catch (ParseException | JOSEException | IllegalStateException e) {
            return Verdict.Refused.unauthorized("The token is not a signed JWT");
        }
    }

    /** Uses up what the grant was given for; a grant without a token is used up by nothing. */
    public Future<Verdict> spend(Grant grant) {
        Verdict granted = new Verdict.Granted(grant);
        return grant.nonce()
                .map(nonce -> nonces.spend(nonce).map(outcome -> switch (outcome) {
                    case FRESH -> granted;
                    case USED -> Verdict.Refused.unauthorized("The token was used before: each socket needs a new one");
                    case FULL -> {
                        trouble.accept("nonces_full");
                        yield Verdict.Refused.unavailable("Too many tokens were used in the last hour: try again soon");
                    }
                    case DOWN -> {
                        trouble.accept("nonces_down");
                        yield Verdict.Refused.unavailable(
                                "It cannot be seen whether the token was used: try again soon");
                    }
                }))
                .orElseGet(() -> now(granted));
    }

    private static Future<Verdict> now(Verdict verdict) {
        return Future.succeededFuture(verdict);
    }
}
