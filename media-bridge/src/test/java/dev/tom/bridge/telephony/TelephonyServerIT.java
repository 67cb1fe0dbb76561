package dev.tom.bridge.telephony;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tom.bridge.telephony.CallAcceptor.Admission;
import dev.tom.bridge.telephony.CallAcceptor.Arrival;
import dev.tom.bridge.telephony.RawSwitch.Message;
import dev.tom.bridge.telephony.RecordingCalls.Call;
import dev.tom.bridge.telephony.access.Auth;
import dev.tom.bridge.telephony.access.Tokens;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The endpoint from outside, byte by byte: who is let in, what is bounded, and what is answered. */
class TelephonyServerIT {

    private static final String METADATA = "{\"callId\":\"c-1\"}";
    static final TelephonyLimits SHORT = new TelephonyLimits(
            64 * 1024,
            330_000,
            1024 * 1024,
            120,
            1_200,
            256_000,
            2_000_000,
            20,
            Duration.ofMillis(400),
            Duration.ofMillis(100),
            Duration.ofMillis(500),
            Duration.ofMillis(150),
            Duration.ofMillis(600),
            Duration.ofSeconds(1),
            64 * 1024);

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            /other                | 404 | Telephone sockets connect to /v1/fork, /v1/stream, /v1/twilio or /v1/asterisk
            /v1/fork/a/b          | 404 | Telephone sockets connect to /v1/fork, /v1/stream, /v1/twilio or /v1/asterisk
            /v1/twilios           | 404 | Telephone sockets connect to /v1/fork, /v1/stream, /v1/twilio or /v1/asterisk
            /v1/fork?rate=11025   | 400 | The parameter rate must be 8000 or 16000
            /v1/fork?playback=mp3 | 400 | The parameter playback must be stream or file
            /v1/fork?channels=3   | 400 | The parameter channels must be 1, or 2 with the caller on the left
            /v1/stream?rate=24000 | 400 | The parameter rate must be 8000 or 16000
            /v1/asterisk?answer=1 | 400 | The parameter answer must be yes (with the dial option n) or no
            """)
    void aRequestThatIsNotOursIsAnsweredAtOnceWithOneSentence(String target, int status, String sentence)
            throws IOException {
        try (var telephony = running(new Auth.None());
                var caller = telephony.connect()) {
            assertThat(caller.request(RawSwitch.upgrade(target)))
                    .startsWith("HTTP/1.1 " + status + " ")
                    .endsWith("\r\n\r\n" + sentence + "\n");
            assertThat(telephony.bounds).containsExactly("refused " + status);
        }
    }

    @Test
    void aPlainRequestIsToldToUpgrade() throws IOException {
        try (var telephony = running(new Auth.None());
                var get = telephony.connect();
                var post = telephony.connect()) {
            assertThat(get.request("GET /v1/fork HTTP/1.1\r\nHost: x\r\n\r\n")).startsWith("HTTP/1.1 426 ");
            assertThat(post.request("POST /v1/fork HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n"))
                    .startsWith("HTTP/1.1 405 ");
        }
    }

    @Test
    void anUpgradeWithoutItsKeyIsRefused() throws IOException {
        try (var telephony = running(new Auth.None());
                var caller = telephony.connect()) {
            assertThat(caller.request(
                            "GET /v1/fork HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n"))
                    .startsWith("HTTP/1.1 400 ");
        }
    }

    @ParameterizedTest
    @CsvSource({"audio.drachtio.org", "audio.jambonz.org", "media"})
    void theOfferedSubprotocolIsEchoed(String subprotocol) throws IOException {
        try (var telephony = running(new Auth.None());
                var caller = telephony.connect()) {
            String request = RawSwitch.upgrade("/v1/fork").replace("audio.drachtio.org", subprotocol);
            assertThat(caller.request(request)).containsIgnoringCase("Sec-WebSocket-Protocol: " + subprotocol + "\r\n");
        }
    }

    @Test
    void withoutAnOfferNoSubprotocolIsNamed() throws IOException {
        try (var telephony = running(new Auth.None());
                var caller = telephony.connect()) {
            String request = RawSwitch.upgrade("/v1/fork").replaceFirst("Sec-WebSocket-Protocol: .*\r\n", "");
            assertThat(caller.request(request))
                    .startsWith("HTTP/1.1 101 ")
                    .doesNotContainIgnoringCase("Sec-WebSocket-Protocol");
        }
    }

    @Test
    void admissionIsAskedBeforeTheUpgrade() throws IOException {
        try (var telephony = running(new Auth.None());
                var caller = telephony.connect()) {
            telephony.recorder.admission = new Admission.Refused(503, 7, "The bridge is draining");
            assertThat(caller.request(RawSwitch.upgrade("/v1/fork")))
                    .startsWith("HTTP/1.1 503 ")
                    .containsIgnoringCase("Retry-After: 7\r\n")
                    .endsWith("The bridge is draining\n");
            assertThat(telephony.recorder.calls).isEmpty();
        }
    }

    @Test
    void aCallForWhichThereIsNoRoomIsSentOnWithPathAndQueryAndItsHopsAreCounted() throws IOException {
        try (var telephony = running(new Auth.None());
                var first = telephony.connect();
                var second = telephony.connect()) {
            telephony.recorder.admission =
                    new Admission.Steered("ws://bridges.voice.svc:8080/", "this pod is shutting down");
            assertThat(first.request(RawSwitch.upgrade("/v1/fork/a-token?rate=16000")))
                    .startsWith("HTTP/1.1 302 ")
                    .containsIgnoringCase(
                            "Location: ws://bridges.voice.svc:8080/v1/fork/a-token?rate=16000&tom-hops=1\r\n")
                    .endsWith("this pod is shutting down\n");
            second.request(RawSwitch.upgrade("/v1/fork?tom-hops=2"));
            assertThat(telephony.recorder.arrivals).containsExactly(new Arrival(true, 0), new Arrival(true, 2));
            assertThat(telephony.recorder.calls).isEmpty();
        }
    }

    @Test
    void aTokenIsTakenFromHeaderQueryPathAndBasicPassword() throws IOException {
        try (var telephony = running(new Auth.Jwt(Tokens.SECRET))) {
            for (String request : List.of(
                    RawSwitch.upgrade("/v1/fork", "authorization: Bearer " + token()),
                    RawSwitch.upgrade("/v1/fork?token=" + token()),
                    RawSwitch.upgrade("/v1/fork/" + token()),
                    RawSwitch.upgrade("/v1/fork", "authorization: Basic " + basic("any:" + token())))) {
                try (var caller = telephony.connect()) {
                    assertThat(caller.request(request)).startsWith("HTTP/1.1 101 ");
                }
            }
            for (String request : List.of(
                    RawSwitch.upgrade("/v1/fork"),
                    RawSwitch.upgrade("/v1/fork/" + token() + "x"),
                    RawSwitch.upgrade("/v1/fork", "authorization: Basic !!"))) {
                try (var caller = telephony.connect()) {
                    assertThat(caller.request(request))
                            .startsWith("HTTP/1.1 401 ")
                            .containsIgnoringCase("www-authenticate: Bearer");
                }
            }
            assertThat(telephony.recorder.calls).isEmpty();
        }
    }

    @Test
    void whatFollowsTheUpgradeAtOnceIsNeverLost() throws IOException {
        try (var telephony = running(new Auth.None())) {
            for (int i = 0; i < 60; i++) {
                try (var caller = telephony.connect()) {
                    caller.raw(RawSwitch.upgrade("/v1/fork").getBytes(StandardCharsets.US_ASCII));
                    caller.firstByte();
                    caller.text("{\"callId\":\"c-" + i + "\"}");
                    caller.binary(new byte[320]);
                    caller.close(1000, "");
                    int calls = i + 1;
                    await().until(() -> telephony.recorder.calls.size() == calls);
                    Call call = telephony.recorder.calls.get(i);
                    await().until(() -> call.told.size() == 2);
                    assertThat(call.start().callId()).isEqualTo("c-" + i);
                    assertThat(call.pcm()).hasSize(320);
                }
            }
        }
    }

    @Test
    void metadataMayFollowTheFirstAudio() throws IOException {
        try (var telephony = running(new Auth.None());
                var caller = telephony.upgraded("/v1/fork")) {
            caller.binary(new byte[] {1, 2, 3});
            caller.binary(new byte[] {4});
            caller.text(METADATA);
            caller.binary(new byte[] {5, 6});
            Call call = onlyCall(telephony, 6);
            assertThat(call.pcm()).containsExactly(1, 2, 3, 4, 5, 6);
            assertThat(call.start().callId()).isEqualTo("c-1");
            assertThat(call.told).containsExactly("started");
        }
    }

    @Test
    void audioWithoutMetadataBecomesACallOfItsOwnName() throws IOException {
        try (var telephony = new RunningTelephony(new Auth.None(), SHORT);
                var caller = telephony.upgraded("/v1/fork")) {
            caller.binary(new byte[320]);
            assertThat(onlyCall(telephony, 320).start().callId()).startsWith("leg-");
        }
    }

    @Test
    void aMuteSocketIsClosedAndWasNeverACall() throws IOException {
        try (var telephony = new RunningTelephony(new Auth.None(), SHORT);
                var caller = telephony.upgraded("/v1/fork")) {
            assertThat(close(caller).closeCode()).isEqualTo(1008);
            assertThat(close(caller).closeReason()).isEqualTo("neither metadata nor audio came in time");
            assertThat(telephony.recorder.calls).isEmpty();
        }
    }

    @Test
    void garbageTextIsToleratedForAWhileThenClosedWithAReason() throws IOException {
        try (var telephony = running(new Auth.None());
                var caller = telephony.upgraded("/v1/fork")) {
            caller.text(METADATA);
            for (int i = 0; i < 20; i++) {
                caller.text("<garbage " + i + ">");
            }
            caller.binary(new byte[320]);
            Call call = onlyCall(telephony, 320);
            assertThat(call.told).containsExactly("started");

            caller.text("<one more>");
            assertThat(close(caller).closeCode()).isEqualTo(1008);
            assertThat(close(caller).closeReason()).isEqualTo("too many text messages that are not of this protocol");
            await().until(() -> call.told.getLast().startsWith("stopped: closed by the bridge: 1008"));
            assertThat(telephony.bounds).containsExactly("garbage");
        }
    }

    @Test
    void aMegabyteIsRefusedAndNobodyElseIsDisturbed() throws IOException {
        try (var telephony = running(new Auth.None());
                var other = telephony.upgraded("/v1/fork");
                var caller = telephony.upgraded("/v1/fork")) {
            other.text("{\"callId\":\"other\"}");
            await().until(() -> telephony.recorder.calls.size() == 1);
            caller.text(METADATA);
            caller.binary(new byte[1_000_000]);
            assertThat(close(caller).closeCode()).isEqualTo(1009);
            assertThat(close(caller).closeReason()).isEqualTo("audio message of more than 330000 bytes");

            other.binary(new byte[640]);
            await().until(() -> telephony.recorder.calls.getFirst().pcm().length == 640);
            assertThat(telephony.recorder.calls.getFirst().told).containsExactly("started");
        }
    }

    @Test
    void whatIsLargerThanAnyFrameIsRefusedByTheProtocolLayer() throws IOException {
        try (var telephony = running(new Auth.None());
                var caller = telephony.upgraded("/v1/fork")) {
            caller.text(METADATA);
            caller.raw(Arrays.copyOf(RawSwitch.frame(RawSwitch.BINARY, new byte[1_100_000]), 100));
            assertThat(close(caller).closeCode()).isEqualTo(1009);
            assertThat(close(caller).closeReason()).contains("1048576");
            await().until(() -> onlyCall(telephony, 0).told.getLast().startsWith("stopped"));
            assertThat(telephony.bounds).containsExactly("frame");
        }
    }

    @Test
    void aLongTextIsRefused() throws IOException {
        try (var telephony = running(new Auth.None());
                var caller = telephony.upgraded("/v1/fork")) {
            caller.text("{\"a\":\"" + "x".repeat(70_000) + "\"}");
            assertThat(close(caller).closeCode()).isEqualTo(1009);
            assertThat(telephony.bounds).containsExactly("text");
        }
    }

    @Test
    void fiveSecondsOfWidebandStereoAtOnceAreWelcome() throws IOException {
        try (var telephony = running(new Auth.None());
                var caller = telephony.upgraded("/v1/fork?rate=16000&channels=2")) {
            caller.text(METADATA);
            caller.binary(new byte[320_000]);
            onlyCall(telephony, 160_000);
            assertThat(telephony.bounds).isEmpty();
        }
    }

    @Test
    void aFloodOfMessagesIsClosed() throws IOException {
        try (var telephony = running(new Auth.None());
                var caller = telephony.upgraded("/v1/fork")) {
            caller.text(METADATA);
            byte[] frame = RawSwitch.frame(RawSwitch.BINARY, new byte[320]);
            Buffer flood = Buffer.buffer();
            for (int i = 0; i < 3_000; i++) {
                flood.appendBytes(frame);
            }
            caller.raw(flood.getBytes());
            assertThat(close(caller).closeReason()).isEqualTo("more than 120 messages a second");
            assertThat(telephony.bounds).containsExactly("messages");
        }
    }

    @Test
    void answersAndClearsReachTheSwitch() throws IOException {
        try (var telephony = running(new Auth.None());
                var caller = telephony.upgraded("/v1/fork")) {
            caller.text(METADATA);
            Call call = onlyCall(telephony, 0);
            short[] frame = new short[160];
            frame[0] = -1;
            call.act(socket -> socket.play(frame));
            call.act(TelephonySocket::clear);
            call.act(socket -> assertThat(socket.writeQueueFull()).isFalse());
            await().until(() -> caller.received(RawSwitch.TEXT).size() == 1);
            assertThat(caller.received(RawSwitch.TEXT).getFirst().text()).isEqualTo("{\"type\":\"killAudio\"}");
            Message audio = caller.received(RawSwitch.BINARY).getFirst();
            assertThat(audio.payload()).hasSize(320).startsWith(-2, -1, 0, 0);
        }
    }

    @Test
    void theListenerHearsOfOurOwnCloseLaterAndOnceAndNothingAfterIt() throws IOException {
        try (var telephony = running(new Auth.None());
                var caller = telephony.upgraded("/v1/fork")) {
            caller.text(METADATA);
            Call call = onlyCall(telephony, 0);
            call.act(socket -> {
                socket.close(1013, "try again");
                call.told.add("close returned");
                socket.play(new short[160]);
                socket.close(1000, "again");
            });
            assertThat(close(caller).closeCode()).isEqualTo(1011);
            caller.binary(new byte[320]);
            await().until(caller::ended);
            await().until(() -> call.told.size() == 3);
            assertThat(call.told)
                    .containsExactly("started", "close returned", "stopped: closed by the bridge: 1011 try again");
            assertThat(caller.received(RawSwitch.BINARY)).isEmpty();
        }
    }

    @Test
    void aBrokenConnectionEndsTheCall() throws IOException {
        try (var telephony = running(new Auth.None());
                var caller = telephony.upgraded("/v1/fork")) {
            caller.text(METADATA);
            Call call = onlyCall(telephony, 0);
            caller.breakOff();
            await().until(() -> call.told.size() == 2);
            assertThat(call.told.getLast()).isEqualTo("stopped: the connection broke");
        }
    }

    @Test
    void aSilentPeerThatAnswersPingsLivesAndOneThatDoesNotIsDead() throws IOException {
        try (var telephony = new RunningTelephony(new Auth.None(), SHORT);
                var onHold = telephony.upgraded("/v1/fork");
                var dead = telephony.upgraded("/v1/fork")) {
            dead.ignorePings();
            onHold.text("{\"callId\":\"on-hold\"}");
            dead.text("{\"callId\":\"dead\"}");
            await().until(() -> telephony.recorder.calls.stream()
                    .anyMatch(call -> call.start().callId().equals("dead")
                            && call.told.getLast().startsWith("stopped")));
            await().until(() -> onHold.received(RawSwitch.PING).size() > 8);
            assertThat(telephony.recorder.calls.stream()
                            .filter(call -> call.start().callId().equals("on-hold"))
                            .findFirst()
                            .orElseThrow()
                            .told)
                    .containsExactly("started");
        }
    }

    private static String token() {
        return Tokens.signed(Tokens.claims(Instant.now()).build());
    }

    private static String basic(String pair) {
        return Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    }

    private static RunningTelephony running(Auth auth) {
        return new RunningTelephony(auth, TelephonyLimits.DEFAULT);
    }

    private static Call onlyCall(RunningTelephony telephony, int bytes) {
        await().until(() -> telephony.recorder.calls.size() == 1
                && !telephony.recorder.calls.getFirst().starts.isEmpty()
                && telephony.recorder.calls.getFirst().pcm().length >= bytes);
        return telephony.recorder.calls.getFirst();
    }

    private static Message close(RawSwitch caller) {
        await().until(() -> !caller.received(RawSwitch.CLOSE).isEmpty());
        return caller.received(RawSwitch.CLOSE).getFirst();
    }
}
