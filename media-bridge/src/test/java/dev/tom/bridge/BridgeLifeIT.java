package dev.tom.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tom.bridge.preflight.ConnectProxy;
import dev.tom.bridge.preflight.FarSide;
import dev.tom.testkit.CallerOptions;
import dev.tom.testkit.ForkCaller;
import dev.tom.testkit.ProviderOptions;
import dev.tom.testkit.ScriptedProvider;
import dev.tom.testkit.Speech;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program in a process of its own, from start to SIGTERM, with a provider that speaks the real protocol and a caller. */
class BridgeLifeIT {

    private static final String KEY = "sk-test-of-the-bridges-life";

    private final Vertx vertx = Vertx.vertx();
    private final HttpClient client = HttpClient.newHttpClient();

    @TempDir
    Path folder;

    @AfterEach
    void stop() {
        client.close();
        vertx.close().await();
    }

    @Test
    void theWindowEndsWhileACallTalksAndTheCallGoesOn() throws Exception {
        try (var provider = ScriptedProvider.start(vertx, ProviderOptions.standard(KEY))) {
            Instant deadline = Instant.now().plusSeconds(20);
            var settings = settings(provider, KEY);
            settings.put("EGRESS_UNTIL", deadline.toString());
            try (var bridge = new BridgeProcess(
                    folder,
                    Map.of(),
                    "bridge",
                    "--config-dir",
                    directory(settings).toString())) {
                int[] ports = bridge.ports();
                await().until(() -> get(ports[1], "/readyz").statusCode() == 200);
                assertThat(status(ports[1]).getString("backend")).isEqualTo("provider");

                ForkCaller caller = dial(ports[0], "call-1");
                Instant spoken = caller.say(Speech.CALLER_APPOINTMENT)
                        .get(15, TimeUnit.SECONDS)
                        .endAt();
                caller.heardAfter(spoken).get(10, TimeUnit.SECONDS);
                assertThat(status(ports[1]).getInteger("providerSockets")).isEqualTo(1);

                await().atMost(Duration.ofSeconds(30)).until(() -> Instant.now().isAfter(deadline.plusMillis(500)));
                JsonObject status = status(ports[1]);
                assertThat(status.getInteger("providerSockets")).isZero();
                assertThat(status.getJsonObject("lease").getString("reason")).isEqualTo("past_deadline");
                assertThat(Instant.parse(status.getString("lastProviderSocketClosedAt")))
                        .isBefore(deadline.plusMillis(100));
                assertThat(status.getJsonObject("calls").getInteger("active")).isEqualTo(1);
                assertThat(provider.bytesAfter(deadline)).isZero();
                assertThat(provider.openSockets()).isZero();
                assertThat(caller.isOpen()).isTrue();

                caller.hangUp().get(5, TimeUnit.SECONDS);
                await().until(() -> status(ports[1]).getJsonObject("calls").getInteger("active") == 0);
                bridge.terminate();
                assertThat(bridge.exitCode()).isZero();
                assertThat(costRecords())
                        .extracting(line -> line.getString("backend"))
                        .containsExactly("provider", "announcement");
                assertThat(costRecords().getFirst().getDouble("total_cost_eur")).isPositive();
                assertThat(bridge.output()).doesNotContain(KEY).doesNotContain("73100000");
            }
        }
    }

    @Test
    void anEarlyStopInTheDirectoryClosesTheSocketsAndTheDrainWaitsForTheCall() throws Exception {
        try (var provider = ScriptedProvider.start(vertx, ProviderOptions.standard(KEY))) {
            var settings = settings(provider, KEY);
            settings.put("EGRESS_UNTIL", Instant.now().plusSeconds(3_600).toString());
            Path directory = directory(settings);
            try (var bridge = new BridgeProcess(folder, Map.of(), "bridge", "--config-dir", directory.toString())) {
                int[] ports = bridge.ports();
                ForkCaller caller = dial(ports[0], "call-2");
                await().until(() -> provider.openSockets() == 1);
                String before = status(ports[1]).getString("configHash");

                Files.writeString(directory.resolve("ALLOW_EGRESS"), "false");
                await().until(() -> status(ports[1]).getInteger("providerSockets") == 0);
                await().until(() -> provider.openSockets() == 0);
                assertThat(status(ports[1]).getString("configHash")).isNotEqualTo(before);
                assertThat(status(ports[1]).getJsonObject("lease").getString("reason"))
                        .isEqualTo("not_allowed");

                bridge.terminate();
                await().until(() -> get(ports[1], "/readyz").statusCode() == 503);
                assertThat(caller.isOpen()).isTrue();
                caller.hangUp().get(5, TimeUnit.SECONDS);
                assertThat(bridge.exitCode()).isZero();
                assertThat(costRecords()).isNotEmpty();
            }
        }
    }

    @Test
    void aWrongKeyAndAWrongTokenAreNeverWrittenDown() throws Exception {
        String token = "a-token-that-is-wrong";
        try (var provider = ScriptedProvider.start(vertx, ProviderOptions.standard(KEY))) {
            var settings = settings(provider, "sk-a-wrong-key-0123456789");
            settings.put("EGRESS_UNTIL", Instant.now().plusSeconds(3_600).toString());
            settings.put("TELEPHONY_AUTH", "basic");
            settings.put("TELEPHONY_AUTH_SECRET", "switch:the-right-password");
            try (var bridge = new BridgeProcess(folder, settings, "bridge")) {
                int[] ports = bridge.ports();
                HttpResponse<String> refused = get(ports[0], "/v1/fork/" + token);
                assertThat(refused.statusCode()).isEqualTo(401);
                assertThat(refused.body()).isEqualTo("User or password is wrong or missing\n");

                var fork = URI.create("ws://127.0.0.1:" + ports[0] + "/v1/fork");
                ForkCaller caller = ForkCaller.dial(
                                vertx, CallerOptions.of(fork, "call-3").withBasicAuth("switch", "the-right-password"))
                        .get(10, TimeUnit.SECONDS);
                await().until(() -> status(ports[1])
                        .getJsonObject("failovers")
                        .getJsonObject("byReason")
                        .containsKey("unauthorized"));
                assertThat(caller.isOpen()).isTrue();
                caller.hangUp().get(5, TimeUnit.SECONDS);
                bridge.terminate();
                assertThat(bridge.exitCode()).isZero();
                assertThat(bridge.output())
                        .doesNotContain("sk-a-wrong-key")
                        .doesNotContain(token)
                        .doesNotContain("the-right-password");
            }
        }
    }

    @Test
    void whatTheDirectoryAsksAboutTheWayIsAnsweredOnTheStatusPage() throws Exception {
        try (var provider = FarSide.plain();
                var proxy = ConnectProxy.saying("HTTP/1.1 403 Forbidden\r\n\r\n")) {
            String address = "localhost:" + provider.port();
            var settings = settings("wss://" + address + "/v1/realtime", KEY);
            settings.put("ALLOW_EGRESS", "false");
            settings.put("PROVIDER_PROXY", "http://localhost:" + proxy.port());
            Path directory = directory(settings);
            try (var bridge = new BridgeProcess(folder, Map.of(), "bridge", "--config-dir", directory.toString())) {
                int port = bridge.ports()[1];
                assertThat(way(port).getString("state")).isEqualTo("not_tried");
                assertThat(way(port).getString("at")).isNull();
                assertThat(status(port).getJsonObject("canary")).isNull();

                Files.writeString(
                        directory.resolve("PREFLIGHT_UNTIL"),
                        Instant.now().plusSeconds(3_600).toString());
                await().until(() -> way(port).getString("at") != null);
                assertThat(way(port).getBoolean("ok")).isFalse();
                assertThat(way(port).getString("sentence"))
                        .isEqualTo("The proxy localhost:" + proxy.port() + " does not let connections through to "
                                + address + " (HTTP 403): check PROVIDER_PROXY and what the proxy allows.");
                assertThat(provider.hadOthers()).isFalse();

                Files.delete(directory.resolve("PREFLIGHT_UNTIL"));
                Files.writeString(directory.resolve("EGRESS_CANARY"), "2026-12-01T10:00:00Z");
                await().until(() -> status(port).getJsonObject("canary") != null);
                JsonObject canary = status(port).getJsonObject("canary");
                assertThat(canary.getString("asked")).isEqualTo("2026-12-01T10:00:00Z");
                assertThat(canary.getString("outcome")).isEqualTo("connected");
                assertThat(Instant.parse(canary.getString("at")))
                        .isAfter(Instant.parse(way(port).getString("at")));
                assertThat(provider.visit())
                        .as("past the proxy, with nothing sent")
                        .isEqualTo(new FarSide.Visit(false, 0));
            }
        }
    }

    private JsonObject way(int port) {
        return status(port).getJsonObject("preflight").getJsonObject("provider");
    }

    private ForkCaller dial(int port, String callId) throws Exception {
        var fork = URI.create("ws://127.0.0.1:" + port + "/v1/fork");
        return ForkCaller.dial(vertx, CallerOptions.of(fork, callId)).get(10, TimeUnit.SECONDS);
    }

    private Map<String, String> settings(ScriptedProvider provider, String key) {
        return settings(provider.url().toString(), key);
    }

    private Map<String, String> settings(String provider, String key) {
        return new TreeMap<>(Map.of(
                "REALTIME_BACKEND", "provider",
                "ALLOW_EGRESS", "true",
                "REALTIME_WS_URL", provider,
                "REALTIME_API_KEY", key,
                "PHONE_HASH_SALT", "salt",
                "COST_LOG_DIR", folder.resolve("costs").toString(),
                "TELEPHONY_HOST", "127.0.0.1",
                "TELEPHONY_PORT", "0",
                "ADMIN_HOST", "127.0.0.1",
                "ADMIN_PORT", "0"));
    }

    private Path directory(Map<String, String> settings) throws IOException {
        Path directory = Files.createDirectory(folder.resolve("config"));
        for (var setting : settings.entrySet()) {
            Files.writeString(directory.resolve(setting.getKey()), setting.getValue());
        }
        return directory;
    }

    private List<JsonObject> costRecords() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("costs"))) {
            return files.flatMap(BridgeLifeIT::lines).map(JsonObject::new).toList();
        }
    }

    private static Stream<String> lines(Path file) {
        try {
            return Files.readAllLines(file).stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private JsonObject status(int port) {
        return new JsonObject(get(port, "/status").body());
    }

    private HttpResponse<String> get(int port, String path) {
        try {
            return client.send(
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                            .build(),
                    BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
