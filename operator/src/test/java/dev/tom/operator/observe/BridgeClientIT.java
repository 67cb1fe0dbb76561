package dev.tom.operator.observe;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import dev.tom.operator.observe.BridgeClient.Answer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BridgeClientIT {

    private static final String STATUS = """
            {"window":"pilot","pod":"a","startedAt":"2026-12-01T08:00:00Z","backend":"provider","backendReason":"ok",
             "lease":{"allowed":true,"until":"2026-12-01T10:00:00Z","reason":"open"},"providerSockets":2}
            """;

    private final BridgeClient client = new BridgeClient(answered -> {});
    private final CountDownLatch over = new CountDownLatch(1);
    private final HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 8);

    BridgeClientIT() throws IOException {
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
    }

    @AfterEach
    void end() {
        over.countDown();
        client.close();
        server.stop(0);
    }

    private Answer ask(HttpHandler handler) {
        server.createContext("/status", handler);
        return ask(URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/status"));
    }

    private Answer ask(URI address) {
        return client.ask(Map.of("a", address)).values().iterator().next();
    }

    private static HttpHandler says(int status, String body) {
        return exchange -> {
            try (exchange) {
                byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(status, bytes.length);
                exchange.getResponseBody().write(bytes);
            }
        };
    }

    @Test
    void readsWhatProvesSomething() {
        assertThat(ask(says(200, STATUS))).isInstanceOfSatisfying(Answer.Told.class, told -> {
            assertThat(told.status().providerSockets()).isEqualTo(2);
            assertThat(told.status().lease().allowed()).isTrue();
        });
    }

    @Test
    void statusWithoutSocketsProvesNothing() {
        assertThat(ask(says(200, STATUS.replace("\"providerSockets\":2", "\"other\":0"))))
                .isEqualTo(new Answer.Nothing("an answer that is no bridge status"));
    }

    @Test
    void statusWithoutLeaseProvesNothing() {
        assertThat(ask(says(200, "{\"window\":\"pilot\",\"providerSockets\":0}")))
                .isEqualTo(new Answer.Nothing("an answer that is no bridge status"));
    }

    @Test
    void garbageProvesNothing() {
        assertThat(ask(says(200, "<html>"))).isEqualTo(new Answer.Nothing("an answer that is no bridge status"));
    }

    @Test
    void errorProvesNothing() {
        assertThat(ask(says(503, STATUS))).isEqualTo(new Answer.Nothing("HTTP 503"));
    }

    @Test
    void endlessAnswerIsCutOff() {
        assertThat(ask(says(200, STATUS + " ".repeat(1_000_000)))).isEqualTo(new Answer.Nothing("no connection"));
    }

    @Test
    void drippingAnswerIsNotWaitedFor() {
        assertThat(ask(exchange -> {
                    exchange.sendResponseHeaders(200, 0);
                    exchange.getResponseBody().write('{');
                    exchange.getResponseBody().flush();
                    awaitEnd();
                }))
                .isEqualTo(new Answer.Nothing("no answer within 700 ms"));
    }

    @Test
    void silenceIsNotWaitedFor() {
        assertThat(ask(exchange -> awaitEnd())).isEqualTo(new Answer.Nothing("no answer within 700 ms"));
    }

    @Test
    void closedPortIsNoConnection() throws IOException {
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        assertThat(ask(URI.create("http://127.0.0.1:" + port + "/status")))
                .isEqualTo(new Answer.Nothing("no connection"));
    }

    private void awaitEnd() {
        try {
            over.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
