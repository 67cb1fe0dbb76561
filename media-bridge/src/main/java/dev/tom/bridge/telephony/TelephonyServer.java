package dev.tom.bridge.telephony;

import dev.tom.bridge.telephony.CallAcceptor.Admission;
import dev.tom.bridge.telephony.access.Credentials;
import dev.tom.bridge.telephony.access.Grant;
import dev.tom.bridge.telephony.access.SourceGate;
import dev.tom.bridge.telephony.access.SourceGate.Answer;
import dev.tom.bridge.telephony.access.TokenVerifier;
import dev.tom.bridge.telephony.access.Verdict;
import io.vertx.core.Deployable;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.ServerSSLOptions;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes telephone sockets: source, path, token, parameters and admission are checked before the upgrade, and every request is answered at
 * once, because a switch whose upgrade stays open may mix up its calls later (protocols.md B3). Listens on every event loop.
 */
public final class TelephonyServer {

    private static final Logger log = LoggerFactory.getLogger(TelephonyServer.class);

    private static final int UNAUTHORIZED = 401;
    private static final int HANDSHAKE_SECONDS = 5;

    private final Vertx vertx;
    private final TelephonySettings settings;
    private final TelephonyLimits limits;
    private final CallAcceptor calls;
    private final TelephonyObserver observer;
    private final TokenVerifier verifier;
    private final SourceGate gate;
    private final Optional<CertificateWatch> certificate;
    private final Queue<HttpServer> listening = new ConcurrentLinkedQueue<>();
    private final TelephonyLeg.Surroundings surroundings;

    private volatile String deployment = "";
    private volatile int port;

    public TelephonyServer(
            Vertx vertx,
            TelephonySettings settings,
            TelephonyLimits limits,
            CallAcceptor calls,
            TelephonyObserver observer,
            InstantSource clock) {
        this.vertx = vertx;
        this.settings = settings;
        this.limits = limits;
        this.calls = calls;
        this.observer = observer;
        this.verifier = new TokenVerifier(vertx, settings.auth(), settings.twilio(), clock, observer::unverifiable);
        this.gate = new SourceGate(settings.sources(), System.nanoTime());
        this.certificate = settings.tls().map(files -> new CertificateWatch(vertx, files, observer, clock));
        this.surroundings = new TelephonyLeg.Surroundings(
                vertx, limits, observer, new CallerHash(settings.phoneHashSalt()), new LiveLegs(), calls::accepted);
    }

    /**
     * Binds the port; blocks while it reads the certificate.
     *
     * @param loops how many event loops take sockets
     * @return the port that is bound
     * @throws IllegalStateException with one sentence when the certificate cannot be used
     */
    public Future<Integer> start(int loops) {
        verifier.start();
        Optional<ServerCertificate> first = certificate.map(CertificateWatch::first);
        // A negative port is the network's own choice, shared by all instances of one deployment.
        int onPort = settings.port() == 0 ? -1 : settings.port();
        Supplier<Deployable> listener = () -> new Listener(onPort, first);
        return vertx.deployVerticle(listener, new DeploymentOptions().setInstances(loops))
                .onSuccess(id -> {
                    deployment = id;
                    certificate.ifPresent(watch -> watch.start(this::changed));
                })
                .map(_ -> port);
    }

    /** Stops listening; live sockets are cut. */
    public Future<Void> stop() {
        certificate.ifPresent(CertificateWatch::close);
        verifier.close();
        return deployment.isEmpty() ? Future.succeededFuture() : vertx.undeploy(deployment);
    }

    /** Handshakes from now on show the new certificate; live sockets keep the keys they have. */
    private void changed(ServerCertificate fresh) {
        listening.forEach(server -> server.updateSSLOptions(new ServerSSLOptions().setKeyCertOptions(fresh.options()))
                .onFailure(fault -> log.error(
                        "The new certificate was not taken ({}): the old one stays",
                        fault.getClass().getSimpleName())));
    }

    /** One event loop's part of the server. */
    private final class Listener extends VerticleBase {
        private final int onPort;
        private final Optional<ServerCertificate> shown;

        Listener(int onPort, Optional<ServerCertificate> shown) {
            this.onPort = onPort;
            this.shown = shown;
        }

        @Override
        public Future<?> start() {
            return vertx.createHttpServer(options(shown))
                    .requestHandler(TelephonyServer.this::onRequest)
                    .exceptionHandler(fault -> log.debug(
                            "Telephone connection: {}", fault.getClass().getSimpleName()))
                    .listen(onPort, settings.host())
                    .onSuccess(this::bound);
        }

        private void bound(HttpServer server) {
            port = server.actualPort();
            listening.add(server);
        }
    }

    private HttpServerOptions options(Optional<ServerCertificate> shown) {
        var options = new HttpServerOptions()
                .setWebSocketSubProtocols(Dialect.allSubprotocols())
                .setMaxWebSocketFrameSize(limits.maxFrameBytes())
                .setMaxWebSocketMessageSize(limits.maxFrameBytes())
                .setPerFrameWebSocketCompressionSupported(false)
                .setPerMessageWebSocketCompressionSupported(false)
                .setWebSocketClosingTimeout((int) Math.max(1, limits.closing().toSeconds()))
                .setReadIdleTimeout((int) limits.silence().toMillis())
                .setIdleTimeoutUnit(TimeUnit.MILLISECONDS)
                .setHttp2ClearTextEnabled(false)
                .setMaxInitialLineLength(8 * 1024);
        // Without ALPN: a switch speaks HTTP/1.1, and HTTP/2 has other upgrades.
        shown.ifPresent(certificate -> options.setSsl(true)
                .setUseAlpn(false)
                .setSslHandshakeTimeout(HANDSHAKE_SECONDS)
                .setSslHandshakeTimeoutUnit(TimeUnit.SECONDS)
                .setKeyCertOptions(certificate.options()));
        return options;
    }

    private void onRequest(HttpServerRequest request) {
        String address = request.remoteAddress().hostAddress();
        switch (gate.arrives(address == null ? "" : address, System.nanoTime())) {
            case Answer.TooMuch(int seconds, String sentence) -> {
                request.response().putHeader("Retry-After", String.valueOf(seconds));
                refuse(request, 429, sentence);
            }
            case Answer.Welcome(SourceGate.Account source) -> onKnock(request, source);
        }
    }

    private void onKnock(HttpServerRequest request, SourceGate.Account source) {
        Optional<Dialect.Target> target = Dialect.of(request.path());
        if (target.isEmpty()) {
            refuse(request, 404, "Telephone sockets connect to " + Dialect.paths());
        } else if (!request.method().equals(HttpMethod.GET)) {
            refuse(request, 405, "Telephone sockets connect with GET and an upgrade to websocket");
        } else {
            onTarget(request, source, target.get());
        }
    }

    private void onTarget(HttpServerRequest request, SourceGate.Account source, Dialect.Target target) {
        Dialect dialect = target.dialect();
        Credentials shown = Credentials.of(request, target.token());
        if (dialect.tokenMayFollow() && verifier.tokenMayFollow(shown)) {
            bound(request, Grant.ANY_CALL)
                    .ifPresent(binding -> onProof(
                            request, source, dialect, Grant.ANY_CALL, new TokenFollows(verifier, source, binding)));
        } else {
            decided(
                    request,
                    source,
                    verifier.check(shown),
                    grant -> bound(request, grant)
                            .ifPresent(binding -> onProof(request, source, dialect, grant, LegGate.open(binding))));
        }
    }

    /** The call that the socket is for; a contradiction is answered here. */
    private Optional<CallBinding> bound(HttpServerRequest request, Grant grant) {
        Optional<CallBinding> binding = CallBinding.of(grant, Optional.ofNullable(request.getParam("call_id")));
        if (binding.isEmpty()) {
            refuse(request, 403, "The call_id parameter names another call than the token");
        }
        return binding;
    }

    /** Goes on when the verdict is there; a refusal is answered here. */
    private void decided(
            HttpServerRequest request, SourceGate.Account source, Future<Verdict> verdict, Consumer<Grant> then) {
        if (!verdict.isComplete()) {
            request.pause();
        }
        verdict.onSuccess(given -> {
                    switch (given) {
                        case Verdict.Granted(Grant grant) -> then.accept(grant);
                        case Verdict.Refused(int status, String sentence) -> {
                            if (status == UNAUTHORIZED) {
                                source.failed(System.nanoTime());
                                request.response().putHeader("WWW-Authenticate", verifier.challenge());
                            }
                            refuse(request, status, sentence);
                        }
                    }
                })
                .onFailure(fault -> {
                    log.error(
                            "A proof could not be checked: {}", fault.getClass().getSimpleName());
                    refuse(request, 500, "The proof could not be checked");
                });
    }

    private void onProof(
            HttpServerRequest request, SourceGate.Account source, Dialect dialect, Grant grant, LegGate legGate) {
        switch (dialect.asked(request.params())) {
            case LegRequest.Wrong(String sentence) -> refuse(request, 400, sentence);
            case LegRequest.Wanted _
            when !wantsWebSocket(request) -> {
                request.response().putHeader("Upgrade", "websocket");
                refuse(request, 426, "Telephone sockets connect with an upgrade to websocket");
            }
            case LegRequest.Wanted(var codec) -> {
                switch (calls.admit(Steering.arrival(request.params(), dialect.followsRedirects()))) {
                    case Admission.Refused(int status, int retrySeconds, String reason) -> {
                        request.response().putHeader("Retry-After", Integer.toString(retrySeconds));
                        refuse(request, status, reason);
                    }
                    case Admission.Steered(String to, String reason) -> {
                        request.response().putHeader("Location", Steering.location(to, request.uri()));
                        refuse(request, 302, reason);
                    }
                    case Admission.Accepted() ->
                        decided(
                                request,
                                source,
                                verifier.spend(grant),
                                _ -> upgrade(request, source, codec.get(), legGate));
                }
            }
        }
    }

    private void upgrade(HttpServerRequest request, SourceGate.Account source, TelephonyCodec codec, LegGate legGate) {
        source.opened();
        request.toWebSocket()
                .onSuccess(socket -> new TelephonyLeg(surroundings, socket, codec, legGate, source::closed).open())
                .onFailure(fault -> {
                    source.closed();
                    log.info("An upgrade failed: {}", fault.getClass().getSimpleName());
                    request.connection().close();
                });
    }

    private static boolean wantsWebSocket(HttpServerRequest request) {
        String upgrade = request.getHeader("upgrade");
        return upgrade != null && upgrade.toLowerCase(Locale.ROOT).equals("websocket");
    }

    private void refuse(HttpServerRequest request, int status, String sentence) {
        observer.refused(status);
        log.info("Telephone socket refused with {}: {}", status, sentence);
        request.response()
                .setStatusCode(status)
                .putHeader("Content-Type", "text/plain; charset=utf-8")
                .putHeader("Connection", "close")
                .end(sentence + "\n")
                .onComplete(_ -> request.connection().close());
    }
}
