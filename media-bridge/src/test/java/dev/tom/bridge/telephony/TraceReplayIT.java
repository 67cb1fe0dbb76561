package dev.tom.bridge.telephony;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tom.bridge.audio.AudioFormat;
import dev.tom.bridge.telephony.RecordingCalls.Call;
import dev.tom.bridge.telephony.access.Auth;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The recorded calls of a real switch, played against the endpoint: every byte that came in then comes in now. */
class TraceReplayIT {

    private static final Path TRACES = Path.of("src/test/resources/traces");

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        call-8k-mono-barge-in             | /v1/fork/demo-token                | 8000  | 4bc42905-4520-4ea3-9e70-e68b5734c5c3 | closed by the switch: 1000
        call-16k-mono-app-stop            | /v1/fork/demo-token?rate=16000     | 16000 | 9bf2f59b-373f-4467-896a-917fb5b1994f | closed by the switch: 1000
        call-8k-stereo-tone-on-right      | /v1/fork/demo-token?channels=2     | 8000  | bad6beb1-1cc3-47de-b3e8-dc8bca5be75b | closed by the switch: 1000
        call-8k-mono-caller-hangup        | /v1/fork?call=42&t=demo-token      | 8000  | 2b217d9f-e27c-474e-bb3e-0bc29d130337 | closed by the switch: 1000
        call-8k-mono-server-close         | /v1/fork/demo-token                | 8000  | b281a042-8a6a-4328-9a3c-813ae9c533c0 | closed by the bridge: 1001 going away
        call-8k-mono-slow-upgrade-graceful| /v1/fork/demo-resume               | 8000  | b281a042-8a6a-4328-9a3c-813ae9c533c0 | closed by the bridge: 1000
        """)
    void arrivesWhole(String name, String target, int rate, String callId, String end) throws IOException {
        List<JsonObject> lines = lines(name);
        try (var telephony = new RunningTelephony(new Auth.None(), TelephonyLimits.DEFAULT);
                var caller = telephony.connect()) {
            String recorded = lines.getFirst().getString("text");
            String upgrade = "GET " + target + recorded.substring(recorded.indexOf(" HTTP/1.1"));
            assertThat(caller.request(upgrade))
                    .startsWith("HTTP/1.1 101 ")
                    .containsIgnoringCase("sec-websocket-protocol: audio.drachtio.org\r\n")
                    .contains(accept(lines));

            replay(lines, caller, telephony);

            Call call = telephony.recorder.calls.getFirst();
            await().untilAsserted(() -> assertThat(call.told.getLast()).startsWith("stopped"));
            assertThat(call.told.getLast().strip()).isEqualTo("stopped: " + end);
            assertThat(telephony.recorder.calls).hasSize(1);
            assertThat(call.start().callId()).isEqualTo(callId);
            assertThat(call.start().format()).isEqualTo(AudioFormat.ofRate(rate));
            assertThat(call.pcm()).isEqualTo(callerAudio(lines, target.contains("channels=2")));
            assertThat(telephony.bounds).isEmpty();
            await().until(caller::ended);
        }
    }

    @Test
    void theGracefulShutdownTellsOfTheKeyAndOfTheEndOfAudio() throws IOException {
        List<JsonObject> lines = lines("call-8k-mono-slow-upgrade-graceful");
        try (var telephony = new RunningTelephony(new Auth.None(), TelephonyLimits.DEFAULT);
                var caller = telephony.upgraded("/v1/fork/demo-resume")) {
            replay(lines, caller, telephony);

            Call call = telephony.recorder.calls.getFirst();
            await().untilAsserted(() -> assertThat(call.told.getLast()).startsWith("stopped"));
            assertThat(call.told.stream().map(told -> told.split(":")[0]))
                    .containsExactly("started", "dtmf 5", "audioEnded", "stopped");
            assertThat(call.chunks.getFirst()).isEqualTo(11_520);
            assertThat(call.start().callerHash()).isEmpty();
        }
    }

    @Test
    void theCallersNumberArrivesAsASaltedHashOnly() throws IOException {
        try (var telephony = new RunningTelephony(new Auth.None(), TelephonyLimits.DEFAULT);
                var caller = telephony.upgraded("/v1/fork/demo-token")) {
            replay(lines("call-8k-mono-server-close"), caller, telephony);

            assertThat(telephony.recorder.calls.getFirst().start().callerHash())
                    .isEqualTo(new CallerHash("a salt").of("+4973100000"))
                    .matches("[0-9a-f]{32}");
        }
    }

    private static void replay(List<JsonObject> lines, RawSwitch caller, RunningTelephony telephony)
            throws IOException {
        int closes = 0;
        for (JsonObject line : lines) {
            boolean in = line.getString("dir").equals("in");
            switch (line.getString("kind")) {
                case "text" -> {
                    if (in) {
                        caller.text(line.getString("text"));
                    }
                }
                case "binary" -> {
                    if (in) {
                        caller.binary(Base64.getDecoder().decode(line.getString("payload")));
                    }
                }
                case "close" -> {
                    if (closes++ == 0) {
                        close(line, in, caller, telephony, lines);
                    }
                }
                default -> {
                    // the request was sent before
                }
            }
        }
    }

    /** Who closed first then closes first now; the other side's echo comes by itself. */
    private static void close(
            JsonObject line, boolean in, RawSwitch caller, RunningTelephony telephony, List<JsonObject> lines)
            throws IOException {
        int code = line.getInteger("code");
        String reason = line.getString("text");
        if (in) {
            caller.close(code, reason);
        } else {
            await().until(() -> !telephony.recorder.calls.isEmpty());
            Call call = telephony.recorder.calls.getFirst();
            int bytes = callerAudio(lines, false).length;
            await().until(() -> call.pcm().length == bytes);
            call.act(socket -> socket.close(code, reason));
            await().until(() -> !caller.received(RawSwitch.CLOSE).isEmpty());
        }
        await().atMost(Duration.ofSeconds(5))
                .until(() -> !caller.received(RawSwitch.CLOSE).isEmpty());
        var echo = caller.received(RawSwitch.CLOSE).getFirst();
        assertThat(echo.closeCode()).isEqualTo(code);
        assertThat(echo.closeReason()).isEqualTo(reason);
    }

    private static byte[] callerAudio(List<JsonObject> lines, boolean stereo) {
        var pcm = new ByteArrayOutputStream();
        for (JsonObject line : lines) {
            if (line.getString("dir").equals("in") && line.getString("kind").equals("binary")) {
                byte[] payload = Base64.getDecoder().decode(line.getString("payload"));
                for (int i = 0; i < payload.length; i++) {
                    if (!stereo || i % 4 < 2) {
                        pcm.write(payload[i]);
                    }
                }
            }
        }
        return pcm.toByteArray();
    }

    /** The value that the recorded server answered the recorded key with. */
    private static String accept(List<JsonObject> lines) {
        return lines.get(1)
                .getString("text")
                .lines()
                .filter(line -> line.startsWith("Sec-WebSocket-Accept: "))
                .findFirst()
                .orElseThrow()
                .substring("Sec-WebSocket-Accept: ".length());
    }

    private static List<JsonObject> lines(String name) throws IOException {
        return Files.readAllLines(TRACES.resolve(name + ".jsonl")).stream()
                .map(JsonObject::new)
                .toList();
    }
}
