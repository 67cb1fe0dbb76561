package dev.tom.bridge.observe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tom.bridge.call.egress.EgressReason;
import dev.tom.bridge.cost.account.BackendSums;
import dev.tom.bridge.cost.account.LedgerStatus;
import dev.tom.bridge.cost.account.RunAccount;
import dev.tom.bridge.cost.account.Tokens;
import dev.tom.bridge.egress.EgressSnapshot;
import dev.tom.bridge.preflight.CanaryResult;
import dev.tom.bridge.preflight.Finding;
import dev.tom.bridge.preflight.PreflightSnapshot;
import dev.tom.bridge.session.DeskSnapshot;
import dev.tom.bridge.speech.BackendKind;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AdminServerIT {

    private final Vertx vertx = Vertx.vertx();
    private final MeterBook book = new MeterBook();
    private final Readiness readiness = new Readiness();
    private final LoopWatch loops = new LoopWatch(vertx, book);
    private final HttpClient client = HttpClient.newHttpClient();
    private int port;

    @BeforeEach
    void start() {
        loops.start(2).await();
        var pages = new AdminServer.Pages(
                book::scrape, AdminServerIT::status, loops::notHealthy, readiness::notReadyBecause);
        port = new AdminServer(vertx, new AdminSettings("127.0.0.1", 0), pages)
                .start()
                .await();
    }

    @AfterEach
    void stop() {
        client.close();
        vertx.close().await();
    }

    private static BridgeStatus status() {
        return new BridgeStatus(
                "pilot",
                "pilot-bridge-0",
                Instant.parse("2026-12-01T08:00:00Z"),
                Instant.parse("2026-12-01T09:00:00.123456Z"),
                "0123456789abcdef",
                new DeskSnapshot(2, BackendKind.PROVIDER, "preferred", false),
                new EgressSnapshot(
                        true,
                        Optional.of(Instant.parse("2026-12-01T10:00:00Z")),
                        EgressReason.OPEN,
                        1,
                        Optional.empty()),
                counts(),
                ledger(),
                new PreflightSnapshot(
                        new Finding("warm", Optional.of(true), ""),
                        new Finding("present", Optional.of(true), ""),
                        new Finding("no_room", Optional.of(false), "Make room."),
                        new Finding("not_tried", Optional.empty(), ""),
                        Optional.empty(),
                        Optional.of(new CanaryResult(
                                Instant.parse("2026-12-01T08:30:00Z"),
                                CanaryResult.Outcome.TIMEOUT,
                                Instant.parse("2026-12-01T08:30:04Z")))),
                false);
    }

    private static CallCounts counts() {
        var turns = new CallCounts.Latency(12, 420, 640, new TreeMap<>(Map.of(420, 11L, 640, 1L)));
        return new CallCounts(
                5,
                1,
                2,
                3,
                1,
                Map.of("provider", 2L),
                0,
                1,
                Map.of("socket_closed", 1L),
                Map.of("stalled", 2L),
                turns,
                Map.of("provider", turns),
                new CallCounts.Latency(1, 48, 48, new TreeMap<>(Map.of(48, 1L))));
    }

    private static LedgerStatus ledger() {
        var sums = new BackendSums(
                3,
                192_004,
                1,
                new BigDecimal("0.03"),
                new BigDecimal("0.002"),
                new BigDecimal("0.0101"),
                new Tokens(7, 5, 3));
        var account = new RunAccount(
                "pilot-bridge-0@2026-12-01T08:00:00Z",
                2,
                Instant.parse("2026-12-01T08:59:00Z"),
                new TreeMap<>(Map.of("provider", sums)));
        return new LedgerStatus(account, List.of(RunAccount.empty("pilot-bridge-1@2026-12-01T08:00:00.500Z")), 4);
    }

    @Test
    void theStatusIsTheContractWithTheOperator() throws IOException, InterruptedException {
        HttpResponse<String> answer = get("/status");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("content-type")).contains("application/json");
        assertThat(answer.body()).isEqualTo("""
                {"window":"pilot","pod":"pilot-bridge-0","startedAt":"2026-12-01T08:00:00Z","now":"2026-12-01T09:00:00.123Z",\
                "configHash":"0123456789abcdef","backend":"provider","backendReason":"preferred",\
                "lease":{"allowed":true,"until":"2026-12-01T10:00:00Z","reason":"open"},\
                "providerSockets":1,"lastProviderSocketClosedAt":null,\
                "calls":{"active":2,"total":5,"dropped":1,"refused":2,"steered":3,"shed":1,"live":{"provider":2}},\
                "failovers":{"pod":0,"call":1,"byReason":{"socket_closed":1}},\
                "errors":{"byReason":{"stalled":2}},\
                "turns":{"count":12,"p50Millis":420,"p95Millis":640,\
                "byBackend":{"provider":{"count":12,"p50Millis":420,"p95Millis":640,"histogram":{"420":11,"640":1}}}},\
                "bargeIn":{"count":1,"p50Millis":48,"p95Millis":48,"histogram":{"48":1}},\
                "minutes":{"provider":3.200,"local":0.000},"cost":{"records":3,"eur":0.042100},\
                "ledger":{"own":{"run":"pilot-bridge-0@2026-12-01T08:00:00Z","calls":2,"lastEnd":"2026-12-01T08:59:00Z",\
                "backends":{"provider":{"records":3,"millis":192004,"unpriced":1,"sttEur":"0.030000","llmEur":"0.002000",\
                "ttsEur":"0.010100","tokensIn":7,"tokensCached":5,"tokensOut":3}}},\
                "dead":[{"run":"pilot-bridge-1@2026-12-01T08:00:00.500Z","calls":0,"lastEnd":"1970-01-01T00:00:00Z","backends":{}}],\
                "omitted":4},\
                "preflight":{"local":{"state":"warm","ok":true,"sentence":""},"models":{"state":"present","ok":true,"sentence":""},\
                "costLog":{"state":"no_room","ok":false,"sentence":"Make room."},\
                "provider":{"state":"not_tried","ok":null,"sentence":"","at":null}},\
                "canary":{"asked":"2026-12-01T08:30:00Z","outcome":"timeout","at":"2026-12-01T08:30:04Z"},"overload":"normal",\
                "draining":false}
                """);
    }

    @Test
    void readinessSaysWhyNot() throws IOException, InterruptedException {
        assertThat(get("/readyz").statusCode()).isEqualTo(503);
        assertThat(get("/readyz").body()).isEqualTo("The bridge is starting\n");
        readiness.ready();
        assertThat(get("/readyz").statusCode()).isEqualTo(200);
        readiness.drain();
        readiness.ready();
        assertThat(get("/readyz").body()).isEqualTo("The bridge is draining\n");
    }

    @Test
    void eventLoopsAreMeasured() throws IOException, InterruptedException {
        assertThat(get("/healthz").statusCode()).isEqualTo(200);
        await().until(() -> get("/metrics").body().lines().anyMatch(AdminServerIT::hasBeaten));
        assertThat(get("/metrics").body()).contains("jvm_memory_used_bytes");
    }

    private static boolean hasBeaten(String line) {
        return line.startsWith("tom_event_loop_late_seconds_count ") && !line.endsWith(" 0");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/config", "/status/", "/metrics/x"})
    void nothingElseIsThere(String path) throws IOException, InterruptedException {
        assertThat(get(path).statusCode()).isEqualTo(404);
    }

    @ParameterizedTest
    @CsvSource({"POST,/status", "PUT,/readyz", "DELETE,/metrics", "HEAD,/healthz"})
    void nothingCanBeChanged(String method, String path) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(uri(path))
                .method(method, BodyPublishers.noBody())
                .build();
        HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(405);
        assertThat(answer.headers().firstValue("allow")).contains("GET");
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return client.send(HttpRequest.newBuilder(uri(path)).build(), BodyHandlers.ofString());
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }
}
