package dev.tom.bridge.telephony;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the certificate files of the telephone port. New files are used once they are whole and belong together; until then the
 * certificate that is in use stays. Reads on a virtual thread.
 */
final class CertificateWatch {

    private static final Logger log = LoggerFactory.getLogger(CertificateWatch.class);

    /** A kubelet changes mounted files about once a minute. */
    private static final Duration EVERY = Duration.ofSeconds(2);

    private final Vertx vertx;
    private final TlsFiles files;
    private final TelephonyObserver observer;
    private final InstantSource clock;
    private final AtomicBoolean reading = new AtomicBoolean();
    private volatile Optional<ServerCertificate> inUse = Optional.empty();
    private String lastProblem = "";
    private long timer = -1;

    CertificateWatch(Vertx vertx, TlsFiles files, TelephonyObserver observer, InstantSource clock) {
        this.vertx = vertx;
        this.files = files;
        this.observer = observer;
        this.clock = clock;
    }

    /**
     * Reads the files for the first time; blocks.
     *
     * @throws IllegalStateException with one sentence when they cannot be used
     */
    ServerCertificate first() {
        try {
            ServerCertificate read = ServerCertificate.of(vertx, ServerCertificate.pem(files));
            if (read.expires().isBefore(clock.instant())) {
                log.warn(
                        "The certificate {} has expired: switches refuse it unless told otherwise",
                        files.certificate());
            }
            use(read);
            return read;
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException("TELEPHONY_TLS_CERT and TELEPHONY_TLS_KEY cannot be used: " + reason(e), e);
        }
    }

    /** @param changed gets each new certificate, on a thread of its own */
    void start(Consumer<ServerCertificate> changed) {
        timer = vertx.setPeriodic(EVERY.toMillis(), _ -> {
            if (reading.compareAndSet(false, true)) {
                Thread.ofVirtual().name("certificate").start(() -> {
                    look(changed);
                    reading.set(false);
                });
            }
        });
    }

    void close() {
        vertx.cancelTimer(timer);
    }

    private void look(Consumer<ServerCertificate> changed) {
        try {
            ServerCertificate.Pem pem = ServerCertificate.pem(files);
            if (inUse.filter(same ->
                            same.chain().equals(pem.chain()) && same.key().equals(pem.key()))
                    .isPresent()) {
                lastProblem = "";
                return;
            }
            ServerCertificate read = ServerCertificate.of(vertx, pem);
            if (read.expires().isBefore(clock.instant())) {
                throw new GeneralSecurityException("the new certificate has expired");
            }
            use(read);
            changed.accept(read);
            log.info("New certificate of the telephone port in use, valid until {}", read.expires());
        } catch (IOException | GeneralSecurityException | RuntimeException e) {
            String problem = reason(e);
            if (!problem.equals(lastProblem)) {
                log.error(
                        "The certificate of the telephone port has changed and cannot be used ({}): the old one stays",
                        problem);
                lastProblem = problem;
            }
        }
    }

    private void use(ServerCertificate read) {
        inUse = Optional.of(read);
        lastProblem = "";
        observer.certificateExpires(read.expires());
    }

    /** Messages of parsers may quote what they read. */
    private static String reason(Exception fault) {
        return fault instanceof GeneralSecurityException
                ? String.valueOf(fault.getMessage())
                : fault.getClass().getSimpleName();
    }
}
