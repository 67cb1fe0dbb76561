package dev.tom.operator.observability;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Serves {@code /metrics}, {@code /healthz} and {@code /readyz}, read-only. */
public final class HttpEndpoint implements AutoCloseable {

    private static final int BACKLOG = 16;

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    /**
     * Begins to serve.
     *
     * @param port TCP port, 0 for any free one
     * @param healthy false: the process should be restarted
     * @param ready whether windows are being looked after
     * @throws UncheckedIOException when the port is taken; the message says what to do
     */
    public HttpEndpoint(int port, PrometheusMeterRegistry registry, BooleanSupplier healthy, BooleanSupplier ready) {
        try {
            server = HttpServer.create(new InetSocketAddress(port), BACKLOG);
        } catch (BindException e) {
            throw new UncheckedIOException("port " + port + " is taken: set TOM_HTTP_PORT to a free one", e);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot listen on port " + port, e);
        }
        server.setExecutor(threads);
        serve("/metrics", () -> new Answer(200, registry.scrape()));
        serve("/healthz", () -> verdict(healthy));
        serve("/readyz", () -> verdict(ready));
        server.start();
    }

    /** The port it listens on. */
    public int port() {
        return server.getAddress().getPort();
    }

    private record Answer(int status, String body) {}

    private static Answer verdict(BooleanSupplier good) {
        return good.getAsBoolean() ? new Answer(200, "ok\n") : new Answer(503, "not ok\n");
    }

    private void serve(String path, Supplier<Answer> answer) {
        server.createContext(path, exchange -> {
            try (exchange) {
                respond(exchange, path, answer);
            }
        });
    }

    private static void respond(HttpExchange exchange, String path, Supplier<Answer> answer) throws IOException {
        if (!exchange.getRequestURI().getPath().equals(path)) {
            exchange.sendResponseHeaders(404, -1);
            return;
        }
        if (!exchange.getRequestMethod().equals("GET")) {
            exchange.sendResponseHeaders(405, -1);
            return;
        }
        Answer given = answer.get();
        byte[] body = given.body().getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "text/plain; version=0.0.4; charset=utf-8");
        exchange.sendResponseHeaders(given.status(), body.length);
        exchange.getResponseBody().write(body);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
