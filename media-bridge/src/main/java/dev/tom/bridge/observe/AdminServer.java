package dev.tom.bridge.observe;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The read-only page of the pod: {@code /metrics}, {@code /status}, {@code /healthz} and {@code /readyz}. Nothing can be changed through
 * it.
 */
public final class AdminServer {

    private static final String TEXT = "text/plain; charset=utf-8";

    private final Vertx vertx;
    private final AdminSettings settings;
    private final Pages pages;
    private Optional<HttpServer> server = Optional.empty();

    /**
     * What is served.
     *
     * @param metrics in the text format of Prometheus; may take some milliseconds
     * @param status as JSON
     * @param notHealthy why the process should be started anew, or empty
     * @param notReady why no new calls should come, or empty
     */
    public record Pages(
            Supplier<String> metrics,
            Supplier<BridgeStatus> status,
            Supplier<Optional<String>> notHealthy,
            Supplier<Optional<String>> notReady) {}

    public AdminServer(Vertx vertx, AdminSettings settings, Pages pages) {
        this.vertx = vertx;
        this.settings = settings;
        this.pages = pages;
    }

    /**
     * Binds the port.
     *
     * @return the port that is bound
     */
    public Future<Integer> start() {
        HttpServer http = vertx.createHttpServer().requestHandler(this::onRequest);
        server = Optional.of(http);
        return http.listen(settings.port(), settings.host()).map(HttpServer::actualPort);
    }

    /** Stops listening. */
    public Future<Void> stop() {
        return server.map(HttpServer::close).orElse(Future.succeededFuture());
    }

    private void onRequest(HttpServerRequest request) {
        if (!request.method().equals(HttpMethod.GET)) {
            request.response().putHeader("Allow", "GET");
            answer(request, 405, TEXT, "This server answers GET only\n");
            return;
        }
        switch (request.path()) {
            case "/metrics" ->
                vertx.executeBlocking(pages.metrics::get, false)
                        .onSuccess(text -> answer(request, 200, "text/plain; version=0.0.4; charset=utf-8", text))
                        .onFailure(fault -> answer(request, 500, TEXT, "The metrics cannot be read: " + fault + "\n"));
            case "/status" ->
                answer(
                        request,
                        200,
                        "application/json",
                        pages.status.get().toJson().encode() + "\n");
            case "/healthz" -> verdict(request, pages.notHealthy.get());
            case "/readyz" -> verdict(request, pages.notReady.get());
            default -> answer(request, 404, TEXT, "There are /metrics, /status, /healthz and /readyz\n");
        }
    }

    private static void verdict(HttpServerRequest request, Optional<String> problem) {
        answer(request, problem.isEmpty() ? 200 : 503, TEXT, problem.orElse("ok") + "\n");
    }

    private static void answer(HttpServerRequest request, int status, String type, String body) {
        request.response()
                .setStatusCode(status)
                .putHeader("Content-Type", type)
                .putHeader("Cache-Control", "no-store")
                .end(body);
    }
}
