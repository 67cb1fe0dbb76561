package dev.tom.bridge.telephony;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import dev.tom.bridge.telephony.TelephonySettings.Auth;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tokens, passwords, caller hashes, paths and rates: what is decided without a socket. */
class AdmissionRulesTest {

    private static final Instant NOW = Instant.parse("2026-12-01T08:00:00Z");
    private static final String SECRET = "0123456789abcdef0123456789abcdef";

    private final TokenVerifier jwt = new TokenVerifier(new Auth.Jwt(SECRET), () -> NOW);

    @Test
    void aTokenInTimeIsWelcome() throws JOSEException {
        assertThat(jwt.refusal(token(signed(SECRET, JWSAlgorithm.HS256, NOW.plusSeconds(60), null))))
                .isEmpty();
        assertThat(jwt.refusal(token(signed(SECRET, JWSAlgorithm.HS256, NOW.minusSeconds(4), null))))
                .isEmpty();
    }

    @Test
    void everyOtherTokenIsRefusedWithASentence() throws JOSEException {
        assertThat(jwt.refusal(token(signed(SECRET, JWSAlgorithm.HS256, NOW.minusSeconds(5), null))))
                .contains("The token has expired");
        assertThat(jwt.refusal(token(signed(SECRET, JWSAlgorithm.HS256, null, null))))
                .contains("The token has no exp claim");
        assertThat(jwt.refusal(token(signed(SECRET, JWSAlgorithm.HS256, NOW.plusSeconds(600), NOW.plusSeconds(300)))))
                .contains("The token is not valid yet");
        assertThat(jwt.refusal(token(signed(SECRET + "x", JWSAlgorithm.HS256, NOW.plusSeconds(60), null))))
                .contains("The token's signature is wrong");
        assertThat(jwt.refusal(token(signed(SECRET.repeat(2), JWSAlgorithm.HS512, NOW.plusSeconds(60), null))))
                .contains("The token's signature is wrong");
        String unsigned = new PlainJWT(new JWTClaimsSet.Builder()
                        .expirationTime(Date.from(NOW.plusSeconds(60)))
                        .build())
                .serialize();
        assertThat(jwt.refusal(token(unsigned))).contains("The token is not a signed JWT");
        assertThat(jwt.refusal(token("nonsense"))).contains("The token is not a signed JWT");
        assertThat(jwt.refusal(new Credentials(Optional.empty(), Optional.empty())))
                .hasValueSatisfying(sentence -> assertThat(sentence).startsWith("A token is needed"));
    }

    @Test
    void basicNeedsUserAndPassword() {
        var basic = new TokenVerifier(new Auth.Basic("switch", "pass"), () -> NOW);
        assertThat(basic.refusal(new Credentials(Optional.of("switch:pass"), Optional.empty())))
                .isEmpty();
        assertThat(basic.refusal(new Credentials(Optional.of("switch:"), Optional.empty())))
                .contains("User or password is wrong or missing");
        assertThat(basic.refusal(token("pass"))).contains("User or password is wrong or missing");
    }

    @ParameterizedTest
    @CsvSource({
        "+4973100000,true",
        "0049 731 00000,true",
        "+49 (731) 000-00,true",
        "sip:+4973100000@example.org,true",
        "tel:+4973100000,true",
        "+4973100001,false",
    })
    void oneNumberHasOneHash(String number, boolean same) {
        var hash = new CallerHash("salt");
        assertThat(hash.of(number).equals(hash.of("+4973100000"))).isEqualTo(same);
        assertThat(hash.of(number)).matches("[0-9a-f]{32}");
        assertThat(hash.of(number)).isNotEqualTo(new CallerHash("pepper").of(number));
    }

    @ParameterizedTest
    @CsvSource({"anonymous", "sip:alice@example.org", "''", "+", "12345678901234567890123456789012345"})
    void whatIsNoNumberHasNoHash(String text) {
        assertThat(new CallerHash("salt").of(text)).isEmpty();
        assertThat(new CallerHash("").of("+4973100000")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "/v1/fork,AUDIO_FORK,''",
        "/v1/fork/,AUDIO_FORK,''",
        "/v1/fork/abc.d,AUDIO_FORK,abc.d",
        "/v1/stream/t,AUDIO_STREAM,t",
        "/v1/twilio,TWILIO,''",
        "/v1/asterisk/t,ASTERISK,t"
    })
    void ourPaths(String path, Dialect dialect, String token) {
        assertThat(Dialect.of(path)).contains(new Dialect.Target(dialect, token));
    }

    @ParameterizedTest
    @CsvSource({"/", "/v1/forks", "/v1/fork/a/b", "/v2/fork", "/v1"})
    void otherPaths(String path) {
        assertThat(Dialect.of(path)).isEmpty();
    }

    @Test
    void aBucketGivesBurstThenRate() {
        var bucket = new TokenBucket(10, 3, 0);
        assertThat(bucket.take(3, 0)).isTrue();
        assertThat(bucket.take(1, 99_000_000)).isFalse();
        assertThat(bucket.take(1, 100_000_000)).isTrue();
        assertThat(bucket.take(3, Duration.ofHours(1).toNanos())).isTrue();
        assertThat(bucket.take(1, Duration.ofHours(1).toNanos())).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"1000,1000", "1001,1001", "1009,1009", "1012,1011", "1013,1011", "3000,3000", "4999,4999", "70,1011"})
    void closeCodesAreThoseASwitchAnswers(int asked, int sent) {
        assertThat(CloseCodes.accepted(asked)).isEqualTo((short) sent);
    }

    @Test
    void closeReasonsFit() {
        assertThat(CloseCodes.fitting("ü".repeat(100))).isEqualTo("ü".repeat(61));
        assertThat(CloseCodes.fitting("short")).isEqualTo("short");
    }

    private static Credentials token(String token) {
        return new Credentials(Optional.empty(), Optional.of(token));
    }

    private static String signed(
            String secret,
            JWSAlgorithm algorithm,
            @org.jspecify.annotations.Nullable Instant expires,
            @org.jspecify.annotations.Nullable Instant notBefore)
            throws JOSEException {
        var jwt = new SignedJWT(
                new JWSHeader(algorithm),
                new JWTClaimsSet.Builder()
                        .subject("call")
                        .expirationTime(expires == null ? null : Date.from(expires))
                        .notBeforeTime(notBefore == null ? null : Date.from(notBefore))
                        .build());
        jwt.sign(new MACSigner(secret));
        return jwt.serialize();
    }
}
