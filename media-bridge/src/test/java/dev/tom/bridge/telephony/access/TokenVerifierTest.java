package dev.tom.bridge.telephony.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import dev.tom.bridge.telephony.access.Grant.Nonce;
import dev.tom.bridge.telephony.access.Verdict.Granted;
import dev.tom.bridge.telephony.access.Verdict.Refused;
import io.vertx.core.Vertx;
import java.net.URI;
import java.time.Instant;
import java.util.Date;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every way to prove oneself, and every way to fail at it. */
class TokenVerifierTest {

    private static final Instant NOW = Instant.parse("2026-12-01T08:00:00Z");
    private static final TwilioAccount TWILIO = new TwilioAccount("12345", URI.create("wss://voice.example.com/"));

    private final Vertx vertx = Vertx.vertx();
    private final TokenVerifier jwt = verifier(new Auth.Jwt(Tokens.SECRET), Optional.empty());

    @AfterEach
    void close() {
        vertx.close().await();
    }

    @Test
    void aTokenInTimeIsWelcomeAndNamesItsCall() {
        assertThat(granted(claims -> claims.claim("call_id", "c-1")))
                .satisfies(grant -> assertThat(grant.callId()).contains("c-1"))
                .satisfies(grant -> assertThat(grant.issued()).isEqualTo(NOW))
                .satisfies(
                        grant -> assertThat(grant.nonce().orElseThrow().until()).isEqualTo(NOW.plusSeconds(65)));
        assertThat(granted(claims -> claims.subject("call:c-2")).callId()).contains("c-2");
        assertThat(granted(claims -> claims.subject("dialplan")).callId()).isEmpty();
        assertThat(granted(claims -> claims.issueTime(null)).issued()).isEqualTo(Instant.EPOCH);
        assertThat(granted(claims -> claims.expirationTime(at(-4))).callId()).isEmpty();
        assertThat(granted(claims -> claims.expirationTime(at(3_605))).callId()).isEmpty();
    }

    @Test
    void everyOtherTokenIsRefusedWithASentence() throws JOSEException {
        assertThat(refused(claims -> claims.expirationTime(at(-5)))).isEqualTo("The token has expired");
        assertThat(refused(claims -> claims.expirationTime(null))).isEqualTo("The token has no exp claim");
        assertThat(refused(claims -> claims.expirationTime(at(3_606))))
                .isEqualTo("The token is valid for more than an hour: give it a minute");
        assertThat(refused(claims -> claims.notBeforeTime(at(6)))).isEqualTo("The token is not valid yet");
        assertThat(refused(claims -> claims.issueTime(at(6)))).isEqualTo("The token is not valid yet");
        assertThat(refused(claims -> claims.jwtID(null))).startsWith("The token needs a jti claim");
        assertThat(refused(claims -> claims.jwtID("x".repeat(257)))).startsWith("The token needs a jti claim");
        assertThat(refused(claims -> claims.claim("call_id", "a b"))).startsWith("The call id in the token");
        assertThat(refused(claims -> claims.claim("call_id", 7))).startsWith("The call id in the token");
        JWTClaimsSet good = Tokens.claims(NOW).build();
        assertThat(shown(Tokens.signed(new JWSHeader(JWSAlgorithm.HS256), good, new MACSigner(Tokens.SECRET + "x"))))
                .isEqualTo("The token's signature is wrong");
        assertThat(shown(
                        Tokens.signed(new JWSHeader(JWSAlgorithm.HS512), good, new MACSigner(Tokens.SECRET.repeat(2)))))
                .isEqualTo("The token must be signed by HS256, RS256 or ES256");
        assertThat(shown(new PlainJWT(good).serialize())).isEqualTo("The token is not a signed JWT");
        assertThat(shown("nonsense")).isEqualTo("The token is not a signed JWT");
        assertThat(shown(Tokens.signed(
                        Tokens.claims(NOW).claim("fill", "x".repeat(4_000)).build())))
                .isEqualTo("The token is not a signed JWT");
        assertThat(sentence(jwt, new Credentials(Optional.empty(), Optional.empty())))
                .startsWith("A token is needed");
    }

    @Test
    void theAudienceMustBeNamedWhenOneIsAskedFor() {
        var picky = verifier(
                new Auth.Jwt(Tokens.SECRET, Optional.empty(), Optional.of("tom"), Optional.empty()), Optional.empty());
        assertThat(sentence(picky, token(Tokens.signed(Tokens.claims(NOW).build()))))
                .isEqualTo("The token is for another audience");
        assertThat(sentence(
                        picky,
                        token(Tokens.signed(Tokens.claims(NOW).audience("jerry").build()))))
                .isEqualTo("The token is for another audience");
        assertThat(verdict(
                        picky,
                        token(Tokens.signed(Tokens.claims(NOW).audience("tom").build()))))
                .isInstanceOf(Granted.class);
    }

    @Test
    void aTokenIsSpentOnceAndLookingAtItSpendsNothing() {
        String token = Tokens.signed(Tokens.claims(NOW).build());
        assertThat(verdict(jwt, token(token))).isInstanceOf(Granted.class);
        Grant grant = ((Granted) verdict(jwt, token(token))).grant();
        assertThat(jwt.spend(grant).result()).isInstanceOf(Granted.class);
        assertThat(jwt.spend(grant).result())
                .isEqualTo(new Refused(401, "The token was used before: each socket needs a new one"));
        assertThat(jwt.spend(Grant.ANY_CALL).result()).isInstanceOf(Granted.class);
    }

    @Test
    void usesAreForgottenOnlyWithTheirTokensAndAFullMemoryRefuses() {
        var clock = new Instant[] {NOW};
        var nonces = new MemoryNonces(() -> clock[0], 2);
        var first = new Nonce("a", NOW.plusSeconds(10));
        var second = new Nonce("b", NOW.plusSeconds(20));
        var third = new Nonce("c", NOW.plusSeconds(30));
        assertThat(nonces.spend(first).result()).isEqualTo(NonceStore.Outcome.FRESH);
        assertThat(nonces.spend(second).result()).isEqualTo(NonceStore.Outcome.FRESH);
        assertThat(nonces.spend(third).result()).isEqualTo(NonceStore.Outcome.FULL);
        clock[0] = NOW.plusMillis(9_999);
        assertThat(nonces.spend(first).result()).isEqualTo(NonceStore.Outcome.USED);
        clock[0] = NOW.plusSeconds(10);
        assertThat(nonces.spend(third).result()).isEqualTo(NonceStore.Outcome.FRESH);
        assertThat(nonces.spend(second).result()).isEqualTo(NonceStore.Outcome.USED);
    }

    @Test
    void basicNeedsUserAndPassword() {
        var basic = verifier(new Auth.Basic("switch", "pass"), Optional.empty());
        assertThat(verdict(basic, new Credentials(Optional.of("switch:pass"), Optional.empty())))
                .isEqualTo(new Granted(Grant.ANY_CALL));
        assertThat(sentence(basic, new Credentials(Optional.of("switch:"), Optional.empty())))
                .isEqualTo("User or password is wrong or missing");
        assertThat(sentence(basic, token("pass"))).isEqualTo("User or password is wrong or missing");
    }

    /** The first is the example of Twilio's documentation, its parameters appended; the others are what openssl computes. */
    @ParameterizedTest
    @CsvSource({
        "https://example.com, /myapp.php?foo=1&bar=2CallSidCA1234567890ABCDECaller+14158675310Digits1234From+14158675310To+18005551212, L/OH5YylLD5NRKLltdqwSvS0BnU=, true",
        "wss://voice.example.com/, /v1/twilio, LlXgETQBie/lEXbglT20RkzJTMk=, true",
        "wss://voice.example.com, /v1/twilio, k1bRcIW+tHJdLe41k8leRPtAQjc=, true",
        "wss://voice.example.com, /v1/twilio/x, LlXgETQBie/lEXbglT20RkzJTMk=, false",
        "wss://voice.example.com, /v1/twilio, '', false",
    })
    void twilioSignsTheUrl(String base, String uri, String signature, boolean right) {
        var account = new TwilioSignature(new TwilioAccount("12345", URI.create(base)));
        assertThat(account.signed(uri, signature)).isEqualTo(right);
        assertThat(new TwilioSignature(new TwilioAccount("12346", URI.create(base))).signed(uri, signature))
                .isFalse();
    }

    @Test
    void twiliosSignatureProvesOnItsPathOnly() {
        var signed = Optional.of("LlXgETQBie/lEXbglT20RkzJTMk=");
        var onPath = new Credentials(Optional.empty(), Optional.empty(), "/v1/twilio", signed);
        var elsewhere = new Credentials(Optional.empty(), Optional.empty(), "/v1/fork", signed);
        var unsigned = new Credentials(Optional.empty(), Optional.empty(), "/v1/twilio", Optional.empty());
        var forged = new Credentials(Optional.empty(), Optional.empty(), "/v1/twilio?x=1", signed);

        var withJwt = verifier(new Auth.Jwt(Tokens.SECRET), Optional.of(TWILIO));
        assertThat(verdict(withJwt, onPath)).isEqualTo(new Granted(Grant.ANY_CALL));
        assertThat(sentence(withJwt, elsewhere)).startsWith("A token is needed");
        assertThat(sentence(withJwt, unsigned)).startsWith("A token is needed");
        assertThat(sentence(withJwt, forged)).startsWith("Twilio's signature is wrong");

        var open = verifier(new Auth.None(), Optional.of(TWILIO));
        assertThat(sentence(open, unsigned)).startsWith("Twilio's signature is wrong or missing");
        assertThat(verdict(open, onPath)).isEqualTo(new Granted(Grant.ANY_CALL));

        var withToken = new Credentials(Optional.empty(), Optional.of("nonsense"), "/v1/twilio", signed);
        assertThat(sentence(withJwt, withToken)).isEqualTo("The token is not a signed JWT");
    }

    private Grant granted(UnaryOperator<JWTClaimsSet.Builder> change) {
        Verdict verdict = verdict(
                jwt, token(Tokens.signed(change.apply(Tokens.claims(NOW)).build())));
        assertThat(verdict).isInstanceOf(Granted.class);
        return ((Granted) verdict).grant();
    }

    private String refused(UnaryOperator<JWTClaimsSet.Builder> change) {
        return shown(Tokens.signed(change.apply(Tokens.claims(NOW)).build()));
    }

    private String shown(String token) {
        return sentence(jwt, token(token));
    }

    private static String sentence(TokenVerifier verifier, Credentials shown) {
        Verdict verdict = verdict(verifier, shown);
        assertThat(verdict).isInstanceOf(Refused.class);
        assertThat(((Refused) verdict).status()).isEqualTo(401);
        return ((Refused) verdict).sentence();
    }

    private static Verdict verdict(TokenVerifier verifier, Credentials shown) {
        return verifier.check(shown).result();
    }

    private TokenVerifier verifier(Auth auth, Optional<TwilioAccount> twilio) {
        return new TokenVerifier(vertx, auth, twilio, () -> NOW, reason -> {
            throw new AssertionError(reason);
        });
    }

    private static Credentials token(String token) {
        return new Credentials(Optional.empty(), Optional.of(token));
    }

    private static Date at(int seconds) {
        return Date.from(NOW.plusSeconds(seconds));
    }
}
