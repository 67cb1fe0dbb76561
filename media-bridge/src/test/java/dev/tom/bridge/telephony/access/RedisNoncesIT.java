package dev.tom.bridge.telephony.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tom.bridge.telephony.access.Grant.Nonce;
import dev.tom.bridge.telephony.access.NonceStore.Outcome;
import dev.tom.bridge.telephony.access.Verdict.Granted;
import dev.tom.bridge.telephony.access.Verdict.Refused;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tokens are used once among several pods, with a real Redis that also dies, hangs and comes back. */
class RedisNoncesIT {

    private final Vertx vertx = Vertx.vertx();

    @TempDir
    Path folder;

    @AfterEach
    void stop() {
        vertx.close().await();
    }

    @Test
    void ofTwoPodsOneTakesTheToken() throws IOException {
        try (var redis = new RedisProcess(folder, "pass")) {
            var pods = List.of(connected(redis.url()), connected(redis.url()));
            var nonce = new Nonce("a-token-for-two", Instant.now().plusSeconds(60));
            List<Outcome> outcomes =
                    IntStream.range(0, 20).mapToObj(i -> pods.get(i % 2).spend(nonce)).toList().stream()
                            .map(asked -> asked.await())
                            .toList();
            assertThat(outcomes).filteredOn(Outcome.FRESH::equals).hasSize(1);
            assertThat(outcomes).filteredOn(Outcome.USED::equals).hasSize(19);

            await().until(() -> redis.cli("dbsize").equals("1"));
            assertThat(redis.cli("keys", "*")).matches("tom:token:[0-9a-f]{64}");
            assertThat(Long.parseLong(redis.cli("pttl", redis.cli("keys", "*"))))
                    .isBetween(50_000L, 60_000L);
        }
    }

    @Test
    void aUseIsForgottenWithItsToken() throws IOException {
        try (var redis = new RedisProcess(folder, "pass")) {
            var nonces = connected(redis.url());
            var nonce = new Nonce("short", Instant.now().plusMillis(300));
            assertThat(nonces.spend(nonce).await()).isEqualTo(Outcome.FRESH);
            await().until(() -> redis.cli("dbsize").equals("0"));
        }
    }

    @Test
    void withoutItsRedisNothingOpensAndWhenItIsBackItDoes() throws IOException {
        List<String> troubles = new CopyOnWriteArrayList<>();
        try (var redis = new RedisProcess(folder, "pass")) {
            var verifier = new TokenVerifier(
                    vertx,
                    new Auth.Jwt(Tokens.SECRET, Optional.empty(), Optional.empty(), Optional.of(redis.url())),
                    Optional.empty(),
                    InstantSource.system(),
                    troubles::add);
            await().untilAsserted(() -> assertThat(spent(verifier)).isInstanceOf(Granted.class));
            troubles.clear();

            redis.kill();
            assertThat(spent(verifier))
                    .isEqualTo(new Refused(503, "It cannot be seen whether the token was used: try again soon"));
            assertThat(troubles).containsExactly("nonces_down");

            redis.start();
            await().untilAsserted(() -> assertThat(spent(verifier)).isInstanceOf(Granted.class));
            verifier.close();
        }
    }

    /** A Redis that takes the connection and says nothing must not hold an upgrade open. */
    @Test
    void aRedisThatHangsIsGivenUpAtOnce() throws IOException {
        try (var hanging = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            var nonces = nonces(URI.create("redis://127.0.0.1:" + hanging.getLocalPort()));
            List<Future<Outcome>> asked = new ArrayList<>();
            for (int i = 0; i < 300; i++) {
                asked.add(nonces.spend(new Nonce("n" + i, Instant.now().plusSeconds(60))));
            }
            assertThat(asked.stream().map(one -> one.await())).containsOnly(Outcome.DOWN);
        }
    }

    @Test
    void aWrongPasswordOpensNothing() throws IOException {
        try (var redis = new RedisProcess(folder, "pass")) {
            var nonces = nonces(URI.create(redis.url().toString().replace("pass", "wrong")));
            assertThat(nonces.spend(new Nonce("n", Instant.now().plusSeconds(60)))
                            .await())
                    .isEqualTo(Outcome.DOWN);
        }
    }

    /** The first connection of all may take longer than a socket is kept waiting. */
    private RedisNonces connected(URI url) {
        RedisNonces nonces = nonces(url);
        await().until(() -> nonces.spend(new Nonce(
                                UUID.randomUUID().toString(), Instant.now().plusMillis(1)))
                        .await()
                == Outcome.FRESH);
        return nonces;
    }

    private RedisNonces nonces(URI url) {
        return new RedisNonces(vertx, url, InstantSource.system());
    }

    private static Verdict spent(TokenVerifier verifier) {
        var shown = new Credentials(
                Optional.empty(),
                Optional.of(Tokens.signed(Tokens.claims(Instant.now()).build())));
        return verifier.check(shown)
                .compose(verdict -> verifier.spend(((Granted) verdict).grant()))
                .await();
    }
}
