package dev.tom.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tom.bridge.telephony.access.Tokens;
import dev.tom.testkit.Fault;
import dev.tom.testkit.ProviderOptions;
import dev.tom.testkit.ScriptedProvider;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * No secret and no telephone number appears in a log line, a page or a record: a whole bridge at the most talkative log level is shown
 * secrets and numbers in every place where they can come from.
 */
class NothingIsToldIT {

    private static final String KEY = "sk-nobody-may-read-this-key-0123";
    private static final String SALT = "salt-nobody-may-read";
    private static final String TWILIO = "twilio-token-nobody-may-read";
    private static final String CALLER = "73155512345";
    private static final String CALLED = "73155567890";
    private static final String DIGITS = "4929123";
    private static final String LOGGING = """
            <configuration>
              <appender name="out" class="ch.qos.logback.core.ConsoleAppender">
                <encoder><pattern>%-5level %logger [%X] %msg%n%ex{full}</pattern></encoder>
              </appender>
              <logger name="dev.tom" level="TRACE"/>
              <root level="INFO"><appender-ref ref="out"/></root>
            </configuration>
            """;

    private static final Duration PATIENCE = Duration.ofSeconds(40);

    private final Vertx vertx = Vertx.vertx();
    private final HttpClient client = HttpClient.newHttpClient();
    private final List<String> shown = new ArrayList<>();

    @TempDir
    Path folder;

    @AfterEach
    void stop() {
        client.close();
        vertx.close().await();
    }

    @Test
    void noSecretAndNoNumberIsWrittenDown() throws Exception {
        Path logging = Files.writeString(folder.resolve("logging.xml"), LOGGING);
        try (var provider = ScriptedProvider.start(vertx, ProviderOptions.standard(KEY));
                var bridge = new BridgeProcess(folder, logging.toString(), settings(provider), "bridge")) {
            int[] ports = bridge.ports();
            await().atMost(PATIENCE).until(() -> get(ports[1], "/readyz").startsWith("200"));
            wrongProofs(ports[0]);
            noRequestAtAll(ports[0]);
            callThatTellsEverything(ports[0], provider, bridge);
            callUnderItsNumber(ports[0]);
            callOfTwilio(ports[0]);
            List<String> told = new ArrayList<>(List.of(get(ports[1], "/status"), get(ports[1], "/metrics")));
            bridge.terminate();
            assertThat(bridge.exitCode()).isZero();
            told.add(bridge.output());
            told.add(records());

            assertThat(bridge.output()).as("the log is talkative").contains("DEBUG");
            assertThat(records()).contains("caller_hash");
            shown.addAll(List.of(KEY, SALT, TWILIO, Tokens.SECRET, CALLER, CALLED, DIGITS));
            for (String text : told) {
                shown.forEach(secret -> assertThat(text).doesNotContain(secret));
            }
        }
    }

    /** Every place that a proof can be in, with a wrong one; each is a secret all the same. */
    private void wrongProofs(int port) throws Exception {
        assertThat(dial(port, "/v1/fork", "Authorization", "Bearer " + secret()))
                .isEqualTo(401);
        assertThat(dial(port, "/v1/fork?token=" + secret())).isEqualTo(401);
        assertThat(dial(port, "/v1/fork/" + secret())).isEqualTo(401);
        assertThat(dial(port, "/v1/fork", "Authorization", basic("switch:" + secret())))
                .isEqualTo(401);
        assertThat(dial(port, "/v1/twilio/" + secret(), "X-Twilio-Signature", secret()))
                .isEqualTo(401);
        assertThat(dial(port, "/v1/nothing/" + secret() + "?token=" + secret())).isEqualTo(404);
        assertThat(dial(port, "/v1/fork/" + token("c-0") + "?rate=" + secret())).isEqualTo(400);
        assertThat(dial(port, "/v1/fork/" + token("c-0") + "?call_id=" + CALLER))
                .isEqualTo(403);
    }

    /** What the protocol layer cannot read, it may quote. */
    private void noRequestAtAll(int port) throws IOException {
        for (String bytes : List.of(
                "GET /v1/fork/" + secret() + "\r\n\r\n",
                secret() + "\r\n\r\n",
                "GET /v1/fork?token=" + secret() + " HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\n"
                        + "Connection: Upgrade\r\nSec-WebSocket-Version: 99\r\nAuthorization: Bearer " + secret()
                        + "\r\n\r\n",
                "GET /" + (secret() + "/").repeat(600) + " HTTP/1.1\r\nHost: x\r\n\r\n")) {
            try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                socket.setSoTimeout(5_000);
                socket.getOutputStream().write(bytes.getBytes(StandardCharsets.US_ASCII));
                socket.shutdownOutput();
                socket.getInputStream().readAllBytes();
            } catch (IOException e) {
                // cut off, which is an answer
            }
        }
    }

    private void callThatTellsEverything(int port, ScriptedProvider provider, BridgeProcess bridge) throws Exception {
        WebSocket call = open(port, "/v1/fork/" + token("c-1"));
        text(
                call,
                "{\"callId\":\"c-1\",\"from\":\"sip:+49" + CALLER + "@example.org\",\"to\":\"+49" + CALLED
                        + "\",\"note\":\"" + CALLER + "\"}");
        await().atMost(PATIENCE).until(() -> bridge.output().contains("call c-1: provider session"));
        for (String digit : DIGITS.split("")) {
            text(call, "{\"event\":\"dtmf\",\"dtmf\":\"" + digit + "\"}");
        }
        text(call, "{\"event\":\"dtmf\",\"dtmf\":\"" + DIGITS + "\"}");
        text(call, "{\"type\":\"unknown\",\"number\":\"" + CALLER + "\"}");
        text(call, "garbage " + CALLER);
        text(call, "{\"half\":\"" + CALLER);
        call.sendBinary(ByteBuffer.wrap(new byte[320]), true).get(5, TimeUnit.SECONDS);
        provider.strike(
                new Fault.ErrorEvent("invalid_request_error", "strange_code", "Incorrect API key provided: " + KEY));
        provider.strike(new Fault.Close(3000, "key " + KEY));
        await().atMost(PATIENCE).until(() -> bridge.output().contains("call c-1: moved from provider"));
        call.sendClose(4000, "caller " + CALLER).get(5, TimeUnit.SECONDS);
    }

    /** The call id is the number, and another socket's metadata names it. */
    private void callUnderItsNumber(int port) throws Exception {
        WebSocket mixedUp = open(port, "/v1/fork/" + token("c-2"));
        text(mixedUp, "{\"callId\":\"+49" + CALLER + "\",\"from\":\"" + CALLER + "\"}");
        WebSocket named = open(port, "/v1/fork/" + token("+49" + CALLER));
        text(named, "{\"callId\":\"+49" + CALLER + "\",\"from\":\"" + CALLER + "\"}");
        named.sendBinary(ByteBuffer.wrap(new byte[640]), true).get(5, TimeUnit.SECONDS);
        named.sendClose(1000, "").get(5, TimeUnit.SECONDS);
    }

    private void callOfTwilio(int port) throws Exception {
        WebSocket call = open(port, "/v1/twilio");
        text(call, "{\"event\":\"connected\",\"protocol\":\"Call\",\"version\":\"1.0.0\"}");
        text(
                call,
                "{\"event\":\"dtmf\",\"streamSid\":\"MZ1\",\"dtmf\":{\"track\":\"inbound_track\",\"digit\":\"" + DIGITS
                        + "\"}}");
        text(
                call,
                "{\"event\":\"start\",\"sequenceNumber\":\"1\",\"streamSid\":\"MZ1\",\"start\":{\"streamSid\":\"MZ1\","
                        + "\"accountSid\":\"AC1\",\"callSid\":\"CA1\",\"tracks\":[\"inbound\"],\"mediaFormat\":{\"encoding\":"
                        + "\"audio/x-mulaw\",\"sampleRate\":8000,\"channels\":1},\"customParameters\":{\"token\":\""
                        + secret()
                        + "\",\"from\":\"+49" + CALLER + "\"}}}");
    }

    /** Something that must not be told, and is remembered. */
    private String secret() {
        String secret = "nobody-may-read-" + shown.size() + "-secret";
        shown.add(secret);
        return secret;
    }

    private String token(String callId) {
        String token = Tokens.forCall(callId, Instant.now());
        shown.add(token);
        return token;
    }

    private static String basic(String pair) {
        return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    }

    private int dial(int port, String target, String... headers) {
        try {
            open(port, target, headers).abort();
            return 101;
        } catch (CompletionException e) {
            if (e.getCause() instanceof WebSocketHandshakeException refused) {
                return refused.getResponse().statusCode();
            }
            throw e;
        }
    }

    private WebSocket open(int port, String target, String... headers) {
        var builder = client.newWebSocketBuilder();
        for (int i = 0; i < headers.length; i += 2) {
            builder.header(headers[i], headers[i + 1]);
        }
        return builder.buildAsync(URI.create("ws://127.0.0.1:" + port + target), new WebSocket.Listener() {})
                .join();
    }

    private static void text(WebSocket call, String text) throws Exception {
        call.sendText(text, true).get(5, TimeUnit.SECONDS);
    }

    private Map<String, String> settings(ScriptedProvider provider) {
        var settings = new HashMap<String, String>();
        settings.put("REALTIME_BACKEND", "provider");
        settings.put("ALLOW_EGRESS", "true");
        settings.put("EGRESS_UNTIL", Instant.now().plusSeconds(3_600).toString());
        settings.put("REALTIME_WS_URL", provider.url().toString());
        settings.put("REALTIME_API_KEY", KEY);
        settings.put("PHONE_HASH_SALT", SALT);
        settings.put("COST_LOG_DIR", folder.resolve("costs").toString());
        settings.put("TELEPHONY_HOST", "127.0.0.1");
        settings.put("TELEPHONY_PORT", "0");
        settings.put("TELEPHONY_AUTH", "jwt");
        settings.put("TELEPHONY_AUTH_SECRET", Tokens.SECRET);
        settings.put("TELEPHONY_TWILIO_AUTH_TOKEN", TWILIO);
        settings.put("TELEPHONY_PUBLIC_URL", "wss://voice.example.com");
        settings.put("ADMIN_HOST", "127.0.0.1");
        settings.put("ADMIN_PORT", "0");
        return settings;
    }

    private String records() throws IOException {
        try (Stream<Path> files = Files.walk(folder.resolve("costs"))) {
            var text = new StringBuilder();
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                text.append(Files.readString(file));
            }
            return text.toString();
        }
    }

    private String get(int port, String path) {
        try {
            var answer = client.send(
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                            .build(),
                    BodyHandlers.ofString());
            return answer.statusCode() + " " + answer.body();
        } catch (IOException e) {
            return "";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
