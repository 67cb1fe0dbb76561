package dev.tom.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tom.testkit.CallerOptions;
import dev.tom.testkit.ForkCaller;
import dev.tom.testkit.ProviderOptions;
import dev.tom.testkit.ScriptedProvider;
import dev.tom.testkit.Speech;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How the program ends, in a process of its own, with two live calls at a provider. */
class BridgeDrainIT {

    private static final String KEY = "sk-test-of-the-drain";

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
    void afterSigtermCallsGoOnNewOnesAreRefusedAndTheProcessEndsWithTheLastCall() throws Exception {
        try (var provider = ScriptedProvider.start(vertx, ProviderOptions.standard(KEY));
                var bridge = bridge(settings(provider), "--grace-seconds", "60")) {
            int[] ports = bridge.ports();
            ForkCaller first = dial(ports[0], "call-1");
            ForkCaller second = dial(ports[0], "call-2");
            await().until(() -> status(ports[1]).getJsonObject("calls").getInteger("active") == 2);

            bridge.terminate();
            await().until(() -> get(ports[1], "/readyz").statusCode() == 503);
            String refusal = upgrade(ports[0]);
            assertThat(refusal)
                    .startsWith("HTTP/1.1 503 ")
                    .containsIgnoringCase("Retry-After: 1\r\n")
                    .endsWith("this pod is shutting down; try another one\n");
            assertThat(status(ports[1]).getString("overload")).isEqualTo("draining");

            Instant spoken = first.say(Speech.CALLER_APPOINTMENT)
                    .get(20, TimeUnit.SECONDS)
                    .endAt();
            first.heardAfter(spoken).get(10, TimeUnit.SECONDS);
            first.hangUp().get(5, TimeUnit.SECONDS);
            await().until(() -> status(ports[1]).getJsonObject("calls").getInteger("active") == 1);
            assertThat(second.isOpen()).isTrue();
            second.hangUp().get(5, TimeUnit.SECONDS);

            assertThat(bridge.exitCode()).isZero();
            assertThat(records("call_id")).contains("call-1", "call-2");
            assertThat(records("ended_by").stream().filter("hangup"::equals)).hasSize(2);
        }
    }

    @Test
    void whenTheGraceIsOverTheCallsAreClosedCleanlyAndAccounted() throws Exception {
        try (var provider = ScriptedProvider.start(vertx, ProviderOptions.standard(KEY))) {
            var settings = settings(provider);
            settings.put("DRAIN_REDIRECT_URL", "ws://bridges.voice.svc:8080");
            try (var bridge = bridge(settings, "--grace-seconds", "3")) {
                int[] ports = bridge.ports();
                ForkCaller first = dial(ports[0], "call-1");
                ForkCaller second = dial(ports[0], "call-2");
                await().until(() -> status(ports[1]).getJsonObject("calls").getInteger("active") == 2);

                bridge.terminate();
                await().until(() -> get(ports[1], "/readyz").statusCode() == 503);
                assertThat(upgrade(ports[0]))
                        .startsWith("HTTP/1.1 302 ")
                        .containsIgnoringCase("Location: ws://bridges.voice.svc:8080/v1/fork?tom-hops=1\r\n");

                assertThat(first.closed().get(20, TimeUnit.SECONDS).code()).isEqualTo(1001);
                assertThat(second.closed().get(20, TimeUnit.SECONDS).code()).isEqualTo(1001);
                assertThat(bridge.exitCode()).isZero();
                assertThat(records("call_id")).contains("call-1", "call-2");
                assertThat(records("ended_by").stream().filter("shutdown"::equals))
                        .hasSize(2);
            }
        }
    }

    @Test
    void aSecondSignalDoesNotWaitAndLosesNoRecord() throws Exception {
        try (var provider = ScriptedProvider.start(vertx, ProviderOptions.standard(KEY));
                var bridge = bridge(settings(provider), "--grace-seconds", "3600")) {
            int[] ports = bridge.ports();
            ForkCaller caller = dial(ports[0], "call-1");
            await().until(() -> status(ports[1]).getJsonObject("calls").getInteger("active") == 1);
            bridge.terminate();
            await().until(() -> get(ports[1], "/readyz").statusCode() == 503);
            assertThat(caller.isOpen()).isTrue();

            bridge.terminate();
            assertThat(caller.closed().get(20, TimeUnit.SECONDS).code()).isEqualTo(1001);
            assertThat(bridge.exitCode()).isEqualTo(143);
            assertThat(records("call_id")).contains("call-1");
        }
    }

    private BridgeProcess bridge(Map<String, String> settings, String... arguments) throws IOException {
        return new BridgeProcess(
                folder,
                settings,
                Stream.concat(Stream.of("bridge"), Stream.of(arguments)).toArray(String[]::new));
    }

    private ForkCaller dial(int port, String callId) throws Exception {
        var fork = URI.create("ws://127.0.0.1:" + port + "/v1/fork");
        return ForkCaller.dial(vertx, CallerOptions.of(fork, callId)).get(10, TimeUnit.SECONDS);
    }

    /** The answer to an upgrade, as a switch reads it. */
    private static String upgrade(int port) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            socket.getOutputStream()
                    .write(("GET /v1/fork HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                                    + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private Map<String, String> settings(ScriptedProvider provider) {
        return new TreeMap<>(Map.ofEntries(
                Map.entry("REALTIME_BACKEND", "provider"),
                Map.entry("ALLOW_EGRESS", "true"),
                Map.entry("EGRESS_UNTIL", Instant.now().plusSeconds(3_600).toString()),
                Map.entry("REALTIME_WS_URL", provider.url().toString()),
                Map.entry("REALTIME_API_KEY", KEY),
                Map.entry("PHONE_HASH_SALT", "salt"),
                // A busy test machine is no part of the story.
                Map.entry("OVERLOAD_LOOP_LATE_MS", "5000"),
                Map.entry("COST_LOG_DIR", folder.resolve("costs").toString()),
                Map.entry("TELEPHONY_HOST", "127.0.0.1"),
                Map.entry("TELEPHONY_PORT", "0"),
                Map.entry("ADMIN_HOST", "127.0.0.1"),
                Map.entry("ADMIN_PORT", "0")));
    }

    /** This field of every cost record on the disk. */
    private List<String> records(String field) throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("costs"))) {
            return files.filter(file -> file.toString().endsWith(".jsonl"))
                    .flatMap(BridgeDrainIT::lines)
                    .map(line -> new JsonObject(line).getString(field))
                    .toList();
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
