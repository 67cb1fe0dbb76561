package dev.tom.bridge.telephony.access;

import dev.tom.bridge.telephony.access.Grant.Nonce;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetClientOptions;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisOptions;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The used tokens of all pods, in a Redis: {@code SET tom:token:<SHA-256 of the jti> 1 NX PX <until it has expired>}.
 *
 * <p>A switch gives up an upgrade after 10 s and mixes up its calls afterwards, so the answer is awaited for half a second only. Without
 * one the socket is refused: a token that may have been used before opens nothing.
 */
final class RedisNonces implements NonceStore {

    private static final Logger log = LoggerFactory.getLogger(RedisNonces.class);

    private static final String PREFIX = "tom:token:";
    private static final Duration PATIENCE = Duration.ofMillis(500);

    /** Commands of some bytes on a connection in the same cluster: few connections carry hundreds of sockets a second. */
    private static final int CONNECTIONS = 8;

    /** Sockets that wait for a connection; more are refused. */
    private static final int WAITING = 256;

    private final Redis redis;
    private final InstantSource clock;
    private final AtomicBoolean answers = new AtomicBoolean(true);

    /** @param url {@code redis://} or {@code rediss://}, possibly with user, password and database */
    RedisNonces(Vertx vertx, URI url, InstantSource clock) {
        this.clock = clock;
        var net = new NetClientOptions().setConnectTimeout((int) PATIENCE.toMillis());
        if ("rediss".equals(url.getScheme())) {
            net.setSsl(true).setHostnameVerificationAlgorithm("HTTPS");
        }
        this.redis = Redis.createClient(
                vertx,
                new RedisOptions()
                        .setConnectionString(url.toString())
                        .setNetClientOptions(net)
                        .setMaxPoolSize(CONNECTIONS)
                        .setMaxPoolWaiting(WAITING));
    }

    @Override
    public void start() {
        redis.send(Request.cmd(Command.PING)).onFailure(this::silent);
    }

    @Override
    public Future<Outcome> spend(Nonce nonce) {
        long millis =
                Math.max(1, Duration.between(clock.instant(), nonce.until()).toMillis());
        Request note = Request.cmd(Command.SET)
                .arg(PREFIX + hash(nonce.jti()))
                .arg("1")
                .arg("NX")
                .arg("PX")
                .arg(millis);
        return redis.send(note)
                .timeout(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                .map(this::answered)
                .otherwise(this::silent);
    }

    /** OK, or nothing when the key was there. */
    private Outcome answered(@Nullable Response response) {
        if (!answers.getAndSet(true)) {
            log.info("The Redis of TELEPHONY_NONCE_REDIS_URL answers again");
        }
        return response == null ? Outcome.USED : Outcome.FRESH;
    }

    private Outcome silent(Throwable fault) {
        if (answers.getAndSet(false)) {
            log.error(
                    "The Redis of TELEPHONY_NONCE_REDIS_URL does not answer ({}): telephone sockets are refused until it does",
                    fault.getClass().getSimpleName());
        }
        return Outcome.DOWN;
    }

    /** A Redis is read by more people than a token is meant for. */
    private static String hash(String jti) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(jti.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    @Override
    public void close() {
        redis.close();
    }
}
