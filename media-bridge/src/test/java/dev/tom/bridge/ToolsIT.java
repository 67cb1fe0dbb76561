package dev.tom.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tom.bridge.caller.Recording;
import dev.tom.bridge.caller.WavFile;
import dev.tom.bridge.config.ConfigSources;
import dev.tom.testkit.Fault;
import dev.tom.testkit.ProviderOptions;
import dev.tom.testkit.ProviderTurn;
import dev.tom.testkit.ScriptedProvider;
import dev.tom.testkit.Speech;
import dev.tom.testkit.Wav;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The tools against a provider that speaks the real protocol and against a real bridge in between. */
class ToolsIT {

    private static final String KEY = "sk-test-of-the-tools-0123456789";

    /** The turn detection waits 300 ms after the last word, before anybody thinks. */
    private static final int SILENCE_MILLIS = 300;

    private final Vertx vertx = Vertx.vertx();
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    Path folder;

    @AfterEach
    void stop() {
        vertx.close().await();
    }

    @Test
    void probeOfAFastProviderEndsWithZero() {
        try (var provider = provider(1)) {
            assertThat(tom(settings(provider), "probe", "--count", "1", "--json"))
                    .isZero();
            JsonObject json = new JsonObject(out.toString());
            JsonObject median = json.getJsonObject("median");
            assertThat(json.getString("verdict")).isEqualTo("fast");
            assertThat(median.getLong("e2eMillis")).isBetween((long) SILENCE_MILLIS, 499L);
            assertThat(median.getLong("firstTokenMillis")).isLessThanOrEqualTo(median.getLong("firstAudioMillis"));
            assertThat(median.getLong("firstAudioMillis")).isLessThanOrEqualTo(median.getLong("e2eMillis"));
            assertThat(median.getLong("connectedMillis")).isLessThanOrEqualTo(median.getLong("readyMillis"));
            assertThat(provider.latest().orElseThrow().errors()).isEmpty();
            assertThat(provider.openSockets()).isZero();
        }
    }

    @Test
    void probeOfASlowerProviderEndsWithOne() {
        try (var provider = provider(350)) {
            assertThat(tom(settings(provider), "probe", "--count", "1")).isEqualTo(1);
            assertThat(out.toString())
                    .contains("usable: from the last word to the first sound of the answer it takes ");
        }
    }

    @Test
    void probeOfASlowProviderEndsWithTwoAndSaysThatItMeasured() {
        try (var provider = provider(600)) {
            assertThat(tom(settings(provider), "probe", "--count", "2", "--rate", "16000"))
                    .isEqualTo(2);
            assertThat(out.toString()).contains("slow: from the last word").contains("16000 Hz");
            assertThat(err.toString()).contains("session 2 of 2").doesNotContain("nothing was");
            assertThat(provider.sessions()).hasSize(2);
        }
    }

    @Test
    void probeWithARefusedKeyAsksOnceAndEndsWithTwo() {
        try (var provider = provider(1)) {
            provider.arm(new Fault.RefuseUpgrade(401));
            assertThat(tom(settings(provider), "probe", "--json")).isEqualTo(2);
            JsonObject json = new JsonObject(out.toString());
            assertThat(json.getString("verdict")).isEqualTo("failed");
            JsonObject failure = json.getJsonArray("sessions").getJsonObject(0).getJsonObject("failure");
            assertThat(failure.getString("reason")).isEqualTo("unauthorized");
            assertThat(failure.getString("sentence")).contains("check REALTIME_API_KEY");
            assertThat(provider.refusals()).containsExactly(401);
        }
    }

    @Test
    void probeOfAMuteProviderSaysThatNoAnswerCame() {
        try (var provider = provider(1)) {
            provider.arm(new Fault.DuringSpeech(100, new Fault.Mute()));
            assertThat(tom(settings(provider), "probe", "--count", "1", "--timeout", "1s"))
                    .isEqualTo(2);
            assertThat(out.toString()).contains("No answer came within 1000 ms.");
        }
    }

    @Test
    void aCallIsAnsweredAndItsRecordingHoldsBothLegs() throws Exception {
        try (var provider = provider(1);
                var bridge = bridge(provider, Map.of())) {
            Path question = folder.resolve("question.wav");
            Wav words = Speech.CALLER_HOURS.wav(16_000);
            Files.write(question, words.toBytes());
            Path recording = folder.resolve("call.wav");
            assertThat(tom(
                            Map.of(),
                            "call",
                            question.toString(),
                            "--url",
                            bridge.url,
                            "--wait",
                            "4s",
                            "--json",
                            "-o",
                            recording.toString()))
                    .isZero();
            JsonObject json = new JsonObject(out.toString());
            assertThat(json.getBoolean("answered")).isTrue();
            assertThat(json.getLong("e2eMillis")).isBetween((long) SILENCE_MILLIS, 1_500L);
            assertThat(words(json)).containsSubsequence("connected", "question", "last_word", "heard", "hung_up");
            Wav both = Wav.read(recording);
            assertThat(both.channels()).isEqualTo(2);
            assertThat(both.millis()).isBetween(words.millis() + 4_000, words.millis() + 4_800);
            assertThat(loudest(both.channel(0))).isGreaterThan(5_000);
            assertThat(loudest(both.channel(1))).isGreaterThan(5_000);
            // A recording can be played again: its left channel is the caller.
            Recording again = WavFile.read(recording);
            assertThat(again.samples()).isEqualTo(both.channel(0).samples());
        }
    }

    @Test
    void aCallThatInterruptsHearsTheOldAnswerEnd() {
        try (var provider = provider(1);
                var bridge = bridge(provider, Map.of())) {
            assertThat(tom(
                            Map.of(),
                            "call",
                            "--url",
                            bridge.url,
                            "--interrupt-after",
                            "1000",
                            "--wait",
                            "3",
                            "-o",
                            folder.resolve("x.wav").toString()))
                    .isZero();
            assertThat(out.toString())
                    .contains("the caller interrupts")
                    .contains("after the first sound of the interruption");
        }
    }

    @Test
    void aCallWithoutAnAnswerEndsWithOne() {
        try (var provider = provider(1);
                var bridge = bridge(provider, Map.of())) {
            // Somebody else speaks only after the patience with a silent provider, which is longer than a second.
            provider.arm(new Fault.DuringSpeech(100, new Fault.Mute()));
            String recording = folder.resolve("x.wav").toString();
            assertThat(tom(Map.of(), "call", "--url", bridge.url, "--wait", "1s", "-o", recording))
                    .isEqualTo(1);
            assertThat(out.toString()).contains("no answer was heard; the call is in " + recording);
        }
    }

    @Test
    void aBridgeThatRefusesIsQuotedAndEndsWithTwo() {
        try (var provider = provider(1);
                var bridge =
                        bridge(provider, Map.of("TELEPHONY_AUTH", "basic", "TELEPHONY_AUTH_SECRET", "switch:right"))) {
            assertThat(tom(Map.of(), "call", "--url", bridge.url, "--user", "switch:wrong"))
                    .isEqualTo(2);
            assertThat(err.toString().lines())
                    .last()
                    .asString()
                    .contains(
                            "refused the call with HTTP 401: check --token or --user. It says: User or password is wrong");
            assertThat(tom(
                            Map.of(),
                            "call",
                            "--url",
                            bridge.url,
                            "--user",
                            "switch:right",
                            "--wait",
                            "3s",
                            "-o",
                            folder.resolve("x.wav").toString()))
                    .isZero();
        }
    }

    @Test
    void soakOfTheProviderWritesJsonAndAPageWithTheSameNumbers() throws IOException {
        try (var provider = provider(1)) {
            Path json = folder.resolve("soak.json");
            Path html = folder.resolve("soak.html");
            int exitCode = tom(
                    settings(provider),
                    "soak",
                    "--sessions",
                    "3",
                    "--ramp",
                    "1s",
                    "--duration",
                    "14s",
                    "--pause",
                    "200",
                    "--json",
                    json.toString(),
                    "--html",
                    html.toString());
            JsonObject document = new JsonObject(Files.readString(json));
            assertThat(exitCode)
                    .isEqualTo(document.getJsonObject("verdict").getInteger("exitCode"))
                    .isIn(0, 1);
            assertThat(document.getJsonObject("turns").getInteger("answered")).isBetween(3, 12);
            assertThat(document.getJsonObject("turns").getInteger("failed")).isZero();
            assertThat(document.getJsonObject("sessions").getInteger("opened")).isEqualTo(3);
            assertThat(document.getJsonObject("tokens").getInteger("audioOutput"))
                    .isPositive();
            JsonObject e2e = document.getJsonObject("latencies").getJsonObject("e2eMillis");
            assertThat(e2e.getLong("min")).isGreaterThanOrEqualTo(SILENCE_MILLIS);
            String page = Files.readString(html);
            int from = page.indexOf(">", page.indexOf("id=\"document\"")) + 1;
            assertThat(new JsonObject(page.substring(from, page.indexOf("</script>", from))))
                    .isEqualTo(document);
            assertThat(out.toString()).contains("turns answered").contains(String.valueOf(e2e.getLong("p95")));
            assertThat(err.toString()).contains("10 of 14 s, 3 of 3 sessions").doesNotContain(KEY);
        }
    }

    @Test
    void soakOfABridgeHoldsItsCallsToTheEnd() {
        try (var provider = provider(1);
                var bridge = bridge(provider, Map.of())) {
            tom(
                    Map.of(),
                    "soak",
                    "--bridge",
                    bridge.url,
                    "--sessions",
                    "2",
                    "--ramp",
                    "0s",
                    "--duration",
                    "9s",
                    "--pause",
                    "100",
                    "--json");
            JsonObject document = new JsonObject(out.toString());
            assertThat(document.getJsonObject("target").getString("kind")).isEqualTo("bridge");
            assertThat(document.getJsonObject("turns").getInteger("answered")).isGreaterThanOrEqualTo(2);
            assertThat(document.getJsonObject("sessions").getInteger("opened")).isEqualTo(2);
            assertThat(document.getJsonObject("sessions").getInteger("dropped")).isZero();
            assertThat(document.containsKey("tokens")).isFalse();
        }
    }

    @Test
    void aDroppedSessionIsCountedAndCallsAgain() {
        try (var provider = provider(1)) {
            vertx.setTimer(4_000, _ -> provider.strike(new Fault.Reset()));
            tom(settings(provider), "soak", "--sessions", "1", "--ramp", "0s", "--duration", "12s", "--json");
            JsonObject document = new JsonObject(out.toString());
            assertThat(document.getJsonObject("sessions").getInteger("dropped")).isEqualTo(1);
            assertThat(document.getJsonObject("sessions").getInteger("opened")).isEqualTo(2);
            assertThat(document.getJsonObject("turns").getInteger("answered")).isPositive();
        }
    }

    @Test
    void soakThatIsRefusedGivesUpAndSaysWhy() {
        try (var provider = provider(1)) {
            provider.arm(new Fault.RefuseUpgrade(429));
            Instant start = Instant.now();
            assertThat(tom(
                            settings(provider),
                            "soak",
                            "--sessions",
                            "1",
                            "--ramp",
                            "0s",
                            "--duration",
                            "60s",
                            "--json"))
                    .isEqualTo(2);
            assertThat(Duration.between(start, Instant.now())).isLessThan(Duration.ofSeconds(40));
            JsonObject document = new JsonObject(out.toString());
            assertThat(document.getJsonObject("sessions").getInteger("gaveUp")).isEqualTo(1);
            assertThat(document.getJsonArray("failures").getJsonObject(0).getString("reason"))
                    .isEqualTo("rate_limited");
            assertThat(document.getJsonObject("verdict").getString("label")).isEqualTo("failed");
        }
    }

    @Test
    void aSignalEndsASoakEarlyWithItsReport() throws Exception {
        try (var provider = provider(1)) {
            Path json = folder.resolve("soak.json");
            try (var process = new BridgeProcess(
                    folder,
                    settings(provider),
                    "soak",
                    "--sessions",
                    "1",
                    "--ramp",
                    "0s",
                    "--duration",
                    "10m",
                    "--json",
                    json.toString())) {
                org.awaitility.Awaitility.await()
                        .atMost(Duration.ofSeconds(60))
                        .until(() -> process.output().contains("10 of 600 s"));
                process.terminate();
                assertThat(process.exitCode()).isIn(0, 1);
                assertThat(process.output()).contains("ended early").doesNotContain(KEY);
                assertThat(new JsonObject(Files.readString(json)).getBoolean("endedEarly"))
                        .isTrue();
            }
        }
    }

    private int tom(Map<String, String> environment, String... args) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        int exitCode = BridgeMain.commandLine(environment)
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(args);
        assertThat(out.toString() + err).doesNotContain(KEY);
        return exitCode;
    }

    private static List<String> words(JsonObject json) {
        return json.getJsonArray("timeline").stream()
                .map(one -> ((JsonObject) one).getString("what"))
                .toList();
    }

    private static int loudest(Wav wav) {
        int loudest = 0;
        for (short sample : wav.samples()) {
            loudest = Math.max(loudest, Math.abs(sample));
        }
        return loudest;
    }

    private ScriptedProvider provider(int thinkMillis) {
        return ScriptedProvider.start(
                vertx,
                ProviderOptions.standard(KEY)
                        .withScript(ProviderTurn.of(Speech.CALLER_HOURS, Speech.ANSWER_HOURS)
                                .thinking(thinkMillis)));
    }

    private Map<String, String> settings(ScriptedProvider provider) {
        return new TreeMap<>(Map.of(
                "REALTIME_BACKEND",
                "provider",
                "ALLOW_EGRESS",
                "true",
                "EGRESS_UNTIL",
                Instant.now().plusSeconds(3_600).toString(),
                "REALTIME_WS_URL",
                provider.url().toString(),
                "REALTIME_API_KEY",
                KEY));
    }

    private RunningBridge bridge(ScriptedProvider provider, Map<String, String> more) {
        Map<String, String> all = settings(provider);
        all.putAll(Map.of(
                "COST_LOG_DIR", folder.resolve("costs").toString(),
                "TELEPHONY_HOST", "127.0.0.1",
                "TELEPHONY_PORT", "0",
                "ADMIN_HOST", "127.0.0.1",
                "ADMIN_PORT", "0"));
        all.putAll(more);
        return new RunningBridge(new ConfigSources(all, Optional.empty(), Optional.empty()));
    }

    private static final class RunningBridge implements AutoCloseable {
        private final BridgeApp app;
        private final String url;

        RunningBridge(ConfigSources sources) {
            app = new BridgeApp(sources.read(), Optional.empty(), "test", InstantSource.system()).start();
            url = "ws://127.0.0.1:" + app.telephonyPort() + "/v1/fork";
        }

        @Override
        public void close() {
            app.stop(Duration.ZERO);
        }
    }
}
