package dev.tom.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tom.testkit.CallerOptions;
import dev.tom.testkit.Fault;
import dev.tom.testkit.ForkCaller;
import dev.tom.testkit.ProviderOptions;
import dev.tom.testkit.ProviderSession;
import dev.tom.testkit.ScriptedProvider;
import dev.tom.testkit.Speech;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A bridge with live calls is killed at random moments and started anew on the same directory, beside another bridge that shares it and
 * lives. In the end every segment has one record, with the tokens that the provider billed. {@code -Dtom.kills=50} kills more often,
 * {@code -Dtom.seed} at other moments.
 */
class KilledBridgeIT {

    private static final int KILLS = Integer.getInteger("tom.kills", 3);
    private static final long SEED = Long.getLong("tom.seed", 20_261_201);
    private static final int CALLS = 3;
    private static final String KEY = "sk-test-of-the-killed-bridge";

    /** The journal's pause of 20 ms, and what a busy machine adds to it before a line is written. */
    private static final Duration PAUSE = Duration.ofMillis(500);

    /** The end of a killed segment is not earlier than this before the kill: heartbeat, beat and a busy machine. */
    private static final Duration LAST_SIGN = Duration.ofSeconds(5);

    private final Vertx vertx = Vertx.vertx();
    private final HttpClient client = HttpClient.newHttpClient();
    private final Random random = new Random(SEED);
    private final List<Call> calls = new ArrayList<>();
    private final Set<Integer> known = new HashSet<>();

    @TempDir
    Path folder;

    /** What is known of a call from outside: its provider session, and until when the bridge must have heard of it. */
    private record Call(String id, ProviderSession session, Instant until, Instant killed) {}

    @AfterEach
    void stop() {
        client.close();
        vertx.close().await();
    }

    @Test
    void noRecordIsLostAndNoneIsDoubled() throws Exception {
        try (var provider = ScriptedProvider.start(vertx, ProviderOptions.standard(KEY));
                var neighbour = new BridgeProcess(folder, settings(provider), "bridge")) {
            ForkCaller survivor = dial(ready(neighbour), "survivor");
            sessionOfLatestCall(provider, neighbour);
            for (int round = 0; round < KILLS; round++) {
                callAndKill(provider, round);
            }
            survivor.hangUp().get(5, TimeUnit.SECONDS);
            try (var last = new BridgeProcess(folder, settings(provider), "bridge")) {
                ready(last);
                await().atMost(Duration.ofSeconds(30)).until(() -> journals() == 2);
                last.terminate();
                assertThat(last.exitCode()).isZero();
            }
            neighbour.terminate();
            assertThat(neighbour.exitCode()).isZero();
        }
        assertThat(journals()).isZero();
        check(records());
    }

    private void callAndKill(ScriptedProvider provider, int round) throws Exception {
        try (var bridge = new BridgeProcess(folder, settings(provider), "bridge")) {
            int port = ready(bridge);
            List<ForkCaller> callers = new ArrayList<>();
            List<ProviderSession> sessions = new ArrayList<>();
            for (int i = 0; i < CALLS; i++) {
                callers.add(dial(port, round + "-" + i));
                sessions.add(sessionOfLatestCall(provider, bridge));
                callers.getLast().say(Speech.CALLER_APPOINTMENT);
                callers.getLast().say(Speech.CALLER_HOURS);
            }
            after(random.nextInt(200, 9_000));
            // One caller hangs up and one session breaks shortly before the end, at times within the journal's pause.
            Instant hungUp = Instant.now();
            callers.get(0).hangUp();
            sessions.get(1).strike(new Fault.Reset());
            after(random.nextInt(0, 1_500));
            Instant killed = Instant.now();
            bridge.kill();
            for (int i = 0; i < CALLS; i++) {
                calls.add(new Call(round + "-" + i, sessions.get(i), i == 2 ? killed : hungUp, killed));
            }
        }
    }

    /** The provider hears a caller in it that it heard in none before; the bridge's own probe sends no audio. */
    private ProviderSession sessionOfLatestCall(ScriptedProvider provider, BridgeProcess bridge) {
        return await().alias(bridge.output())
                .atMost(Duration.ofSeconds(30))
                .until(
                        () -> provider.sessions().stream()
                                .filter(session -> !known.contains(session.number()))
                                .filter(session -> !session.received("input_audio_buffer.append")
                                        .isEmpty())
                                .findAny()
                                .map(session -> {
                                    known.add(session.number());
                                    return session;
                                }),
                        Optional::isPresent)
                .orElseThrow();
    }

    private void check(List<JsonObject> records) {
        assertThat(records.stream().map(record -> record.getString("id"))).doesNotHaveDuplicates();
        assertThat(records.stream().map(record -> record.getString("call_id") + record.getString("backend")))
                .doesNotHaveDuplicates();
        Map<String, List<JsonObject>> byCall =
                records.stream().collect(Collectors.groupingBy(record -> record.getString("call_id")));
        assertThat(byCall.remove("survivor"))
                .extracting(record -> record.getString("ended_by"))
                .containsExactly("hangup");
        for (Call call : calls) {
            check(call, byCall.getOrDefault(call.id, List.of()));
            byCall.remove(call.id);
        }
        assertThat(byCall).isEmpty();
        assertThat(records.stream().filter(record -> "crash".equals(record.getString("ended_by"))))
                .hasSizeGreaterThanOrEqualTo(KILLS);
    }

    private static void check(Call call, List<JsonObject> records) {
        List<JsonObject> onProvider = records.stream()
                .filter(record -> "provider".equals(record.getString("backend")))
                .toList();
        if (call.session.openedAt().isBefore(call.killed.minus(PAUSE))) {
            assertThat(onProvider).as(call.id).hasSize(1);
        }
        assertThat(records).as(call.id).hasSizeLessThanOrEqualTo(2);
        for (JsonObject record : onProvider) {
            assertThat(billedUntilSomeMoment(call)).as(call.id).contains(tokens(record.getJsonObject("usage")));
            if ("crash".equals(record.getString("ended_by"))) {
                assertThat(Instant.parse(record.getString("end_time")))
                        .as(call.id)
                        .isBetween(call.killed.minus(LAST_SIGN), call.killed.plus(PAUSE));
            }
        }
    }

    /** What the provider had billed by the last moment of which the bridge must have known, and by each moment after it. */
    private static List<List<Long>> billedUntilSomeMoment(Call call) {
        List<List<Long>> possible = new ArrayList<>();
        List<Long> sum = List.of(0L, 0L, 0L, 0L, 0L, 0L);
        possible.add(sum);
        Instant known = call.session
                .closedAt()
                .filter(call.until::isAfter)
                .orElse(call.until)
                .minus(PAUSE);
        for (ProviderSession.Billed billed : call.session.billed()) {
            if (billed.at().isBefore(known)) {
                possible.clear();
            }
            sum = plus(sum, tokensOfResponse(billed.usage()));
            possible.add(sum);
        }
        return possible;
    }

    private static List<Long> plus(List<Long> one, List<Long> other) {
        List<Long> sum = new ArrayList<>();
        for (int i = 0; i < one.size(); i++) {
            sum.add(one.get(i) + other.get(i));
        }
        return sum;
    }

    private static List<Long> tokensOfResponse(JsonObject usage) {
        JsonObject input = usage.getJsonObject("input_token_details");
        JsonObject cached = input.getJsonObject("cached_tokens_details");
        JsonObject output = usage.getJsonObject("output_token_details");
        return List.of(
                input.getLong("text_tokens"),
                input.getLong("audio_tokens"),
                cached.getLong("text_tokens"),
                cached.getLong("audio_tokens"),
                output.getLong("text_tokens"),
                output.getLong("audio_tokens"));
    }

    private static List<Long> tokens(JsonObject usage) {
        return Stream.of("text_input", "audio_input", "cached_text", "cached_audio", "text_output", "audio_output")
                .map(usage::getLong)
                .toList();
    }

    /** Waits until calls go to the provider; the telephone port. */
    private int ready(BridgeProcess bridge) {
        int[] ports = bridge.ports();
        await().atMost(Duration.ofSeconds(30)).until(() -> "provider".equals(status(ports[1])));
        return ports[0];
    }

    private String status(int port) throws IOException, InterruptedException {
        var page = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/status"));
        return new JsonObject(client.send(page.build(), BodyHandlers.ofString()).body()).getString("backend");
    }

    private ForkCaller dial(int port, String callId) throws Exception {
        var fork = URI.create("ws://127.0.0.1:" + port + "/v1/fork");
        return ForkCaller.dial(vertx, CallerOptions.of(fork, callId)).get(10, TimeUnit.SECONDS);
    }

    private static void after(int millis) throws Exception {
        CompletableFuture.runAsync(() -> {}, CompletableFuture.delayedExecutor(millis, TimeUnit.MILLISECONDS))
                .get();
    }

    private Map<String, String> settings(ScriptedProvider provider) {
        return new TreeMap<>(Map.of(
                "REALTIME_BACKEND", "provider",
                "ALLOW_EGRESS", "true",
                "EGRESS_UNTIL", Instant.now().plus(Duration.ofHours(2)).toString(),
                "REALTIME_WS_URL", provider.url().toString(),
                "REALTIME_API_KEY", KEY,
                "COST_LOG_DIR", folder.resolve("costs").toString(),
                "TELEPHONY_HOST", "127.0.0.1",
                "TELEPHONY_PORT", "0",
                "ADMIN_HOST", "127.0.0.1",
                "ADMIN_PORT", "0"));
    }

    private long journals() throws IOException {
        return files(".journal").size();
    }

    private List<JsonObject> records() throws IOException {
        return files(".jsonl").stream()
                .flatMap(KilledBridgeIT::lines)
                .map(JsonObject::new)
                .toList();
    }

    private List<Path> files(String ending) throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("costs"))) {
            return files.filter(file -> file.toString().endsWith(ending)).toList();
        }
    }

    private static Stream<String> lines(Path file) {
        try {
            return Files.readAllLines(file).stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
