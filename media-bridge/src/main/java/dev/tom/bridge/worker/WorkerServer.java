package dev.tom.bridge.worker;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import java.util.Optional;

/**
 * The worker's HTTP side:
 *
 * <ul>
 *   <li>{@code POST /v1/recognize?rate=8000|16000&language=de}: body mono PCM, 16 bit little-endian; answers {@code {"text","audioMillis",
 *       "tookMillis"}}
 *   <li>{@code POST /v1/synthesize}: {@code {"text","voice","rate"}}; answers such PCM, chunked, sentence by sentence
 *   <li>{@code GET /healthz, /readyz, /metrics}
 * </ul>
 *
 * <p>Errors are {@code {"error": "one sentence"}}: 400 for what is asked wrongly, 413 too large, 429 queue full, 503 not ready.
 */
final class WorkerServer {

    private final Vertx vertx;
    private final WorkerMeter.Values meters = new WorkerMeter.Values();
    private volatile Optional<Routes> routes = Optional.empty();
    private volatile String notReady = "the speech worker is loading its models; ask again in a few seconds";

    /** What can be answered once the engines are there. */
    private record Routes(RecognizeRoute recognize, SynthesizeRoute synthesize) {}

    WorkerServer(Vertx vertx) {
        this.vertx = vertx;
    }

    /** Starts listening; until {@link #ready} everything but {@code /healthz} and {@code /metrics} answers 503. */
    Future<HttpServer> listen(String host, int port) {
        return vertx.createHttpServer(new HttpServerOptions()
                        .setHttp2ClearTextEnabled(false)
                        .setHost(host)
                        .setPort(port)
                        .setIdleTimeout(120))
                .requestHandler(this::route)
                .listen();
    }

    void ready(Engines engines) {
        routes = Optional.of(
                new Routes(new RecognizeRoute(vertx, engines, meters), new SynthesizeRoute(vertx, engines, meters)));
    }

    /** Refuses from now on, with this sentence. */
    void stopping(String sentence) {
        notReady = sentence;
        routes = Optional.empty();
    }

    private void route(HttpServerRequest request) {
        Optional<Routes> open = routes;
        switch (request.path()) {
            case "/healthz" -> answer(request, 200, new JsonObject().put("alive", true));
            case "/metrics" ->
                request.response()
                        .putHeader("Content-Type", "text/plain; version=0.0.4")
                        .end(meters.render());
            case "/readyz" -> {
                if (open.isPresent()) {
                    answer(request, 200, new JsonObject().put("ready", true));
                } else {
                    refuse(request, 503, notReady);
                }
            }
            case "/v1/recognize", "/v1/synthesize" -> {
                if (request.method() != HttpMethod.POST) {
                    refuse(request, 405, "use POST for " + request.path());
                } else if (open.isEmpty()) {
                    refuse(request, 503, notReady);
                } else if (request.path().endsWith("recognize")) {
                    open.get().recognize().handle(request);
                } else {
                    open.get().synthesize().handle(request);
                }
            }
            default -> refuse(request, 404, "there is no " + request.path() + "; use /v1/recognize or /v1/synthesize");
        }
    }

    static void answer(HttpServerRequest request, int status, JsonObject body) {
        if (!request.response().ended() && !request.response().closed()) {
            request.response()
                    .setStatusCode(status)
                    .putHeader("Content-Type", "application/json")
                    .end(body.encode());
        }
    }

    /** Answers with an error; what still comes of the body is read and forgotten, so that the client gets to the answer. */
    static void refuse(HttpServerRequest request, int status, String sentence) {
        answer(request, status, new JsonObject().put("error", sentence));
    }
}
