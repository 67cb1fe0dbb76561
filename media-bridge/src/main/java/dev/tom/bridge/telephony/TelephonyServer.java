package dev.tom.bridge.telephony;

import dev.tom.bridge.telephony.CallAcceptor.Admission;
import io.vertx.core.Deployable;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes telephone sockets: path, token, parameters and admission are checked before the upgrade, and every request is answered at
 * once, because a switch whose upgrade stays open may mix up its calls later (protocols.md B3). Listens on every event loop.
 */
public final class TelephonyServer {

    private static final Logger log = LoggerFactory.getLogger(TelephonyServer.class);

    private final Vertx vertx;
    private final TelephonySettings settings;
    private final TelephonyLimits limits;
    private final CallAcceptor calls;
    private final TelephonyObserver observer;
    private final TokenVerifier verifier;
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
        this.verifier = new TokenVerifier(settings.auth(), clock);
        this.surroundings = new TelephonyLeg.Surroundings(
                vertx, limits, observer, new CallerHash(settings.phoneHashSalt()), calls::accepted);
    }

    /**
     * Binds the port.
     *
     * @param loops how many event loops take sockets
     * @return the port that is bound
     */
    public Future<Integer> start(int loops) {
        // A negative port is the network's own choice, shared by all instances of one deployment.
        int onPort = settings.port() == 0 ? -1 : settings.port();
        Supplier<Deployable> listener = () -> new Listener(onPort);
        return vertx.deployVerticle(listener, new DeploymentOptions().setInstances(loops))
                .onSuccess(id -> deployment = id)
                .map(_ -> port);
    }

    /** Stops listening; live sockets are cut. */
    public Future<Void> stop() {
        return deployment.isEmpty() ? Future.succeededFuture() : vertx.undeploy(deployment);
    }

    /** One event loop's part of the server. */
    private final class Listener extends VerticleBase {
        private final int onPort;

        Listener(int onPort) {
            this.onPort = onPort;
        }

        @Override
        public Future<?> start() {
            return vertx.createHttpServer(options())
                    .requestHandler(TelephonyServer.this::onRequest)
                    .exceptionHandler(fault -> log.debug("Telephone connection: {}", fault.toString()))
                    .listen(onPort, settings.host())
                    .onSuccess(this::bound);
        }

        private void bound(HttpServer server) {
            port = server.actualPort();
        }
    }

    private HttpServerOptions options() {
        return new HttpServerOptions()
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
    }

    private void onRequest(HttpServerRequest request) {
        Optional<Dialect.Target> target = Dialect.of(request.path());
        if (target.isEmpty()) {
            refuse(request, 404, "Telephone sockets connect to " + Dialect.paths());
        } else if (!request.method().equals(HttpMethod.GET)) {
            refuse(request, 405, "Telephone sockets connect with GET and an upgrade to websocket");
        } else {
            onTarget(request, target.get());
        }
    }

    private void onTarget(HttpServerRequest request, Dialect.Target target) {
        Credentials shown = Credentials.of(request, target.token());
        Optional<String> refusal = verifier.refusal(shown);
        if (refusal.isEmpty()) {
            onWelcome(request, target.dialect(), LegGate.OPEN);
        } else if (target.dialect().tokenMayFollow() && shown.isEmpty() && verifier.takesTokens()) {
            onWelcome(request, target.dialect(), this::refusalByMetadata);
        } else {
            request.response().putHeader("WWW-Authenticate", verifier.challenge());
            refuse(request, 401, refusal.get());
        }
    }

    private Future<Optional<String>> refusalByMetadata(TelephonyMessage.Metadata metadata) {
        return Future.succeededFuture(verifier.refusal(Credentials.ofToken(metadata.token())));
    }

    private void onWelcome(HttpServerRequest request, Dialect dialect, LegGate gate) {
        switch (dialect.asked(request.params())) {
            case LegRequest.Wrong(String sentence) -> refuse(request, 400, sentence);
            case LegRequest.Wanted _
            when !wantsWebSocket(request) -> {
                request.response().putHeader("Upgrade", "websocket");
                refuse(request, 426, "Telephone sockets connect with an upgrade to websocket");
            }
            case LegRequest.Wanted(var codec) -> {
                switch (calls.admit()) {
                    case Admission.Refused(int status, String reason) -> refuse(request, status, reason);
                    case Admission.Accepted() ->
                        request.toWebSocket()
                                .onSuccess(socket -> new TelephonyLeg(surroundings, socket, codec.get(), gate).open())
                                .onFailure(fault -> {
                                    log.info("An upgrade failed: {}", fault.getMessage());
                                    request.connection().close();
                                });
                }
            }
        }
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
