package dev.tom.bridge.telephony.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.sun.net.httpserver.HttpServer;
import dev.tom.bridge.telephony.access.KeyRing.Found;
import dev.tom.bridge.telephony.access.Verdict.Granted;
import dev.tom.bridge.telephony.access.Verdict.Refused;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tokens with public keys, which a real HTTP server or a file hands out. */
class JwksIT {

    private final Vertx vertx = Vertx.vertx();
    private final List<String> troubles = new CopyOnWriteArrayList<>();
    private final AtomicInteger reads = new AtomicInteger();
    private final AtomicLong nanos = new AtomicLong(1);
    private volatile String served = "{\"keys\":[]}";
    private volatile int status = 200;
    private HttpServer source;

    @TempDir
    Path folder;

    @BeforeEach
    void serve() throws IOException {
        source = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        source.createContext("/jwks", exchange -> {
            reads.incrementAndGet();
            byte[] body = served.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        source.start();
    }

    @AfterEach
    void stop() {
        source.stop(0);
        vertx.close().await();
    }

    @Test
    void rsaAndEllipticKeysAreTaken() throws JOSEException {
        RSAKey rsa = new RSAKeyGenerator(2048).keyID("r").generate();
        ECKey ec = new ECKeyGenerator(Curve.P_256).keyID("e").generate();
        serve(rsa, ec);
        TokenVerifier verifier = verifier(url());

        await().untilAsserted(() -> assertThat(verdict(verifier, rs256(rsa))).isInstanceOf(Granted.class));
        assertThat(verdict(verifier, es256(ec))).isInstanceOf(Granted.class);
        String unnamed = Tokens.signed(new JWSHeader(JWSAlgorithm.RS256), claims(), new RSASSASigner(rsa));
        assertThat(verdict(verifier, unnamed)).isInstanceOf(Granted.class);
    }

    @Test
    void aKeyIsForItsOwnAlgorithmOnly() throws JOSEException {
        RSAKey rsa = new RSAKeyGenerator(2048).keyID("r").generate();
        RSAKey other = new RSAKeyGenerator(2048).keyID("r").generate();
        RSAKey small = new RSAKeyGenerator(1024, true).keyID("small").generate();
        serve(rsa, small);
        TokenVerifier verifier = verifier(url());

        await().untilAsserted(() ->
                assertThat(sentence(verdict(verifier, rs256(other)))).isEqualTo("The token's signature is wrong"));
        assertThat(sentence(verdict(verifier, token(JWSAlgorithm.RS512, "r", new RSASSASigner(rsa)))))
                .isEqualTo("The token must be signed by HS256, RS256 or ES256");
        // The public key taken for a shared secret: the oldest trick of all.
        JWSSigner confused = new MACSigner(rsa.toPublicJWK().toJSONString().getBytes(StandardCharsets.UTF_8));
        assertThat(sentence(verdict(verifier, token(JWSAlgorithm.HS256, "r", confused))))
                .isEqualTo("The token's key is not known here");
        assertThat(sentence(verdict(
                        verifier,
                        es256(new ECKeyGenerator(Curve.P_256).keyID("r").generate()))))
                .isEqualTo("The token's key is not known here");
        assertThat(sentence(verdict(
                        verifier,
                        token(
                                JWSAlgorithm.RS256,
                                "small",
                                new RSASSASigner(small.toKeyPair().getPrivate(), true)))))
                .isEqualTo("The token's key is not known here");
    }

    @Test
    void aNewKeyIsFetchedWhenATokenNamesItButNotTooOften() throws JOSEException {
        RSAKey first = new RSAKeyGenerator(2048).keyID("first").generate();
        RSAKey second = new RSAKeyGenerator(2048).keyID("second").generate();
        serve(first);
        var keys = new JwksKeys(vertx, url(), nanos::get);
        awaitKey(keys, "first");
        assertThat(reads).hasValue(1);

        serve(first, second);
        assertThat(found(keys, "second")).isInstanceOf(Found.Unknown.class);
        assertThat(reads).hasValue(1);

        nanos.addAndGet(Duration.ofSeconds(10).toNanos());
        awaitKey(keys, "second");
        assertThat(reads).hasValue(2);
        for (int i = 0; i < 20; i++) {
            assertThat(found(keys, "guess-" + i)).isInstanceOf(Found.Unknown.class);
        }
        assertThat(reads).hasValue(2);

        serve(second);
        nanos.addAndGet(Duration.ofSeconds(10).toNanos());
        assertThat(found(keys, "third")).isInstanceOf(Found.Unknown.class);
        await().until(() -> found(keys, "first") instanceof Found.Unknown);
        keys.close();
    }

    @Test
    void keysStayWhenTheirSourceFails() throws JOSEException {
        RSAKey key = new RSAKeyGenerator(2048).keyID("k").generate();
        serve(key);
        var keys = new JwksKeys(vertx, url(), nanos::get);
        awaitKey(keys, "k");
        for (String broken : List.of("nonsense", "{\"keys\":[]}", "x".repeat(300_000))) {
            served = broken;
            readAgain(keys);
            assertThat(found(keys, "k")).isInstanceOf(Found.Key.class);
        }
        serve(key);
        status = 503;
        readAgain(keys);
        source.stop(0);
        nanos.addAndGet(Duration.ofSeconds(10).toNanos());
        assertThat(found(keys, "other")).isInstanceOf(Found.Unknown.class);
        assertThat(found(keys, "k")).isInstanceOf(Found.Key.class);
        keys.close();
    }

    private void readAgain(JwksKeys keys) {
        int before = reads.get();
        nanos.addAndGet(Duration.ofSeconds(10).toNanos());
        assertThat(found(keys, "other")).isInstanceOf(Found.Unknown.class);
        await().until(() -> reads.get() == before + 1);
    }

    /** The first reading of all may take longer than a socket is kept waiting. */
    private static void awaitKey(JwksKeys keys, String id) {
        await().until(() -> found(keys, id) instanceof Found.Key);
    }

    @Test
    void withoutAnyKeysTokensCannotBeChecked() throws JOSEException {
        status = 404;
        TokenVerifier verifier = verifier(url());
        assertThat(verdict(verifier, rs256(new RSAKeyGenerator(2048).keyID("k").generate())))
                .isEqualTo(new Refused(503, "The keys for tokens cannot be read now: try again soon"));
        assertThat(troubles).containsExactly("no_keys");
        assertThat(reads).hasValue(1);
    }

    @Test
    void aFileIsASourceToo() throws JOSEException, IOException {
        ECKey key = new ECKeyGenerator(Curve.P_256).keyID("e").generate();
        Path file = folder.resolve("jwks.json");
        Files.writeString(file, new JWKSet(key.toPublicJWK()).toString());
        TokenVerifier verifier = verifier(file.toUri());
        await().untilAsserted(() -> assertThat(verdict(verifier, es256(key))).isInstanceOf(Granted.class));
    }

    private static Found found(JwksKeys keys, String id) {
        return keys.keyFor(new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(id).build())
                .await();
    }

    private void serve(JWK... keys) {
        served = new JWKSet(Arrays.stream(keys).map(JWK::toPublicJWK).toList()).toString();
    }

    private URI url() {
        return URI.create("http://127.0.0.1:" + source.getAddress().getPort() + "/jwks");
    }

    private TokenVerifier verifier(URI keys) {
        var verifier = new TokenVerifier(
                vertx,
                new Auth.Jwt("", Optional.of(keys), Optional.empty(), Optional.empty()),
                Optional.empty(),
                InstantSource.system(),
                troubles::add);
        verifier.start();
        await().until(() -> reads.get() > 0 || keys.getScheme().equals("file"));
        return verifier;
    }

    private static Verdict verdict(TokenVerifier verifier, String token) {
        return verifier.check(new Credentials(Optional.empty(), Optional.of(token)))
                .await();
    }

    private static String sentence(Verdict verdict) {
        assertThat(verdict).isInstanceOf(Refused.class);
        return ((Refused) verdict).sentence();
    }

    private static String rs256(RSAKey key) throws JOSEException {
        return token(JWSAlgorithm.RS256, key.getKeyID(), new RSASSASigner(key));
    }

    private static String es256(ECKey key) throws JOSEException {
        return token(JWSAlgorithm.ES256, key.getKeyID(), new ECDSASigner(key));
    }

    private static String token(JWSAlgorithm algorithm, String id, JWSSigner signer) {
        return Tokens.signed(new JWSHeader.Builder(algorithm).keyID(id).build(), claims(), signer);
    }

    private static com.nimbusds.jwt.JWTClaimsSet claims() {
        return Tokens.claims(Instant.now()).build();
    }
}
