package dev.tom.bridge.telephony.access;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.URI;
import java.text.ParseException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Public keys of a JWK set, RSA of 2048 to 4096 bits for RS256 and P-256 for ES256. Read on a virtual thread: at the start, every five
 * minutes, and when a token names a key that is not there, but then at most every ten seconds. When the set cannot be read, the keys that
 * are there stay.
 */
final class JwksKeys implements KeyRing {

    private static final Logger log = LoggerFactory.getLogger(JwksKeys.class);

    private static final Duration REFRESH = Duration.ofMinutes(5);
    private static final Duration BETWEEN = Duration.ofSeconds(10);
    private static final Duration PATIENCE = Duration.ofMillis(500);
    private static final int MOST_KEYS = 32;
    private static final int LEAST_BITS = 2048;

    /** Above, a check takes an event loop's time. */
    private static final int MOST_BITS = 4096;

    private final Vertx vertx;
    private final URI uri;
    private final JwksSource source;
    private final LongSupplier nanos;
    private volatile List<Named> keys = List.of();
    private @Nullable Future<Void> reading;
    private long lastReadNanos;
    private boolean readOnce;
    private boolean failing;
    private long timer = -1;

    /** One key and what it is for. */
    private record Named(String id, JWSAlgorithm algorithm, JWSVerifier verifier) {}

    /** @param nanos a monotonic clock like {@link System#nanoTime()} */
    JwksKeys(Vertx vertx, URI uri, LongSupplier nanos) {
        this.vertx = vertx;
        this.uri = uri;
        this.source = new JwksSource(uri);
        this.nanos = nanos;
    }

    void start() {
        read();
        timer = vertx.setPeriodic(REFRESH.toMillis(), _ -> read());
    }

    void close() {
        vertx.cancelTimer(timer);
        source.close();
    }

    @Override
    public Future<Found> keyFor(JWSHeader header) {
        Found found = find(header);
        if (found instanceof Found.Key) {
            return Future.succeededFuture(found);
        }
        // Read on another thread: the answer has to come back to the caller's.
        return Future.fromCompletionStage(read().toCompletionStage(), vertx.getOrCreateContext())
                .timeout(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                .otherwiseEmpty()
                .map(_ -> find(header));
    }

    /** A token that names no key is checked with the only one for its algorithm, if there is only one. */
    private Found find(JWSHeader header) {
        List<Named> now = keys;
        if (now.isEmpty()) {
            return new Found.Unavailable();
        }
        String id = header.getKeyID();
        List<Named> fitting = now.stream()
                .filter(key -> key.algorithm.equals(header.getAlgorithm()))
                .filter(key -> id == null || key.id.equals(id))
                .toList();
        return fitting.size() == 1 ? new Found.Key(fitting.getFirst().verifier) : new Found.Unknown();
    }

    /** Reads the set unless that was tried a moment ago; completes when it was read or could not be. */
    private synchronized Future<Void> read() {
        if (reading != null) {
            return reading;
        }
        if (readOnce && nanos.getAsLong() - lastReadNanos < BETWEEN.toNanos()) {
            return Future.succeededFuture();
        }
        readOnce = true;
        lastReadNanos = nanos.getAsLong();
        Promise<Void> done = Promise.promise();
        reading = done.future();
        Thread.ofVirtual().name("jwks").start(() -> {
            try {
                keep(usable(source.read()));
            } catch (IOException | ParseException | JOSEException | RuntimeException e) {
                failed(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } finally {
                finished();
                done.complete();
            }
        });
        return done.future();
    }

    private synchronized void finished() {
        reading = null;
    }

    private synchronized void keep(List<Named> read) {
        if (failing || keys.isEmpty()) {
            log.info("{} keys for tokens read from {}", read.size(), uri);
        }
        failing = false;
        keys = read;
    }

    private synchronized void failed(Exception fault) {
        if (!failing) {
            failing = true;
            log.warn(
                    "TELEPHONY_JWKS_URL={} cannot be read ({}): {}",
                    uri,
                    fault.getClass().getSimpleName(),
                    keys.isEmpty() ? "tokens are refused until it can" : "the keys read before stay in use");
        }
    }

    private static List<Named> usable(String text) throws ParseException, JOSEException, IOException {
        List<JWK> all = JWKSet.parse(text).getKeys();
        if (all.size() > MOST_KEYS) {
            throw new IOException("more than " + MOST_KEYS + " keys");
        }
        List<Named> usable = new ArrayList<>();
        for (JWK key : all) {
            named(key).ifPresent(usable::add);
        }
        if (usable.isEmpty()) {
            throw new IOException("no key for RS256 or ES256");
        }
        return List.copyOf(usable);
    }

    private static Optional<Named> named(JWK key) throws JOSEException {
        boolean forSignatures = key.getKeyUse() == null || key.getKeyUse().equals(KeyUse.SIGNATURE);
        String id = key.getKeyID() == null ? "" : key.getKeyID();
        if (forSignatures && key instanceof RSAKey rsa && rsa.size() >= LEAST_BITS && rsa.size() <= MOST_BITS) {
            return fits(key, JWSAlgorithm.RS256)
                    ? Optional.of(new Named(id, JWSAlgorithm.RS256, new RSASSAVerifier(rsa.toPublicJWK())))
                    : Optional.empty();
        }
        if (forSignatures && key instanceof ECKey ec && Curve.P_256.equals(ec.getCurve())) {
            return fits(key, JWSAlgorithm.ES256)
                    ? Optional.of(new Named(id, JWSAlgorithm.ES256, new ECDSAVerifier(ec.toPublicJWK())))
                    : Optional.empty();
        }
        return Optional.empty();
    }

    private static boolean fits(JWK key, JWSAlgorithm algorithm) {
        return key.getAlgorithm() == null || key.getAlgorithm().equals(algorithm);
    }
}
