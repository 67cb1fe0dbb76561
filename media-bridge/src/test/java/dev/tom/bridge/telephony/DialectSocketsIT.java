package dev.tom.bridge.telephony;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tom.bridge.audio.AudioFormat;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Sockets of the dialects beside mod_audio_fork: keys, limits, garbage, and a token in the first message. */
class DialectSocketsIT {

    private static final String ASTERISK_START =
            "MEDIA_START connection_id:tom channel:c channel_id:pbx-1.42 format:ulaw optimal_frame_size:160 ptime:20";

    @Test
    void twilioFromStartToStop() throws IOException {
        try (var telephony = running(new Auth.None());
                var caller = telephony.upgraded("/v1/twilio")) {
            caller.text("{\"event\":\"connected\",\"protocol\":\"Call\",\"version\":\"1.0.0\"}");
            caller.text(twilioStart(""));
            caller.text(twilioMedia(160));
            caller.text("{\"event\":\"dtmf\",\"dtmf\":{\"digit\":\"7\"}}");
            caller.text("{\"event\":\"stop\"}");

            assertThat(close(caller).closeCode()).isEqualTo(1000);
            Call call = onlyCall(telephony);
            await().until(() -> call.told.size() == 3);
            assertThat(call.told)
                    .containsExactly("started", "dtmf 7", "stopped: closed by the bridge: 1000 the call is over");
            assertThat(call.pcm()).hasSize(320);
            assertThat(call.start().callId()).isEqualTo("CA42");
            assertThat(call.start().callerHash()).isEqualTo(new CallerHash("a salt").of("+4973100000"));
            assertThat(telephony.bounds).isEmpty();
        }
    }

    @Test
    void aTokenThatFollowsIsCheckedBeforeAnyAudioMoves() throws IOException {
        try (var telephony = running(new Auth.Jwt(Tokens.SECRET));
                var right = telephony.upgraded("/v1/twilio");
                var wrong = telephony.upgraded("/v1/twilio");
                var none = telephony.upgraded("/v1/twilio")) {
            wrong.text(twilioMedia(160));
            wrong.text(twilioStart(token() + "x"));
            wrong.text(twilioMedia(160));
            assertThat(close(wrong).closeCode()).isEqualTo(1008);
            none.text(twilioMedia(160));
            assertThat(close(none).closeReason()).startsWith("A token is needed");
            assertThat(telephony.recorder.calls).isEmpty();
            assertThat(telephony.bounds).containsExactly("refused 401", "refused 401");

            right.text(twilioMedia(160));
            right.text(twilioStart(token()));
            right.text(twilioMedia(160));
            Call call = onlyCall(telephony);
            await().until(() -> call.pcm().length == 640);
            assertThat(call.told).containsExactly("started");
        }
    }

    @ParameterizedTest
    @CsvSource({"/v1/fork", "/v1/stream", "/v1/asterisk", "/v1/twilio?token=x", "/v1/twilio/x"})
    void elsewhereAndWithAWrongTokenTheUpgradeIsRefused(String target) throws IOException {
        try (var telephony = running(new Auth.Jwt(Tokens.SECRET));
                var caller = telephony.connect()) {
            assertThat(caller.request(RawSwitch.upgrade(target))).startsWith("HTTP/1.1 401 ");
        }
    }

    @Test
    void whereUsersAreAskedForNoTokenMayFollow() throws IOException {
        try (var telephony = running(new Auth.Basic("user", "password"));
                var caller = telephony.connect()) {
            assertThat(caller.request(RawSwitch.upgrade("/v1/twilio"))).startsWith("HTTP/1.1 401 ");
        }
    }

    @Test
    void asteriskFromStartToHangUp() throws IOException {
        try (var telephony = running(new Auth.None());
                var caller = telephony.upgraded("/v1/asterisk?callId=a-1&from=%2B4973100000")) {
            caller.text(ASTERISK_START);
            caller.binary(new byte[160]);
            caller.text("DTMF_END digit:#");
            Call call = onlyCall(telephony);
            await().until(() -> call.told.contains("dtmf #"));
            call.act(socket -> socket.play(new short[160]));
            call.act(TelephonySocket::clear);
            call.act(socket -> socket.hangUp("good-bye"));

            assertThat(close(caller).closeCode()).isEqualTo(1000);
            assertThat(caller.received(RawSwitch.TEXT))
                    .extracting(Message::text)
                    .containsExactly("FLUSH_MEDIA", "HANGUP");
            assertThat(caller.received(RawSwitch.BINARY))
                    .extracting(message -> message.payload().length)
                    .containsExactly(160);
            assertThat(call.start().callId()).isEqualTo("a-1");
            assertThat(call.start().format()).isEqualTo(AudioFormat.NARROWBAND);
            assertThat(call.pcm()).hasSize(320);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            /v1/asterisk | MEDIA_START channel_id:1 format:opus optimal_frame_size:0                           | The channel's codec
            /v1/twilio   | {"event":"start","start":{"streamSid":"M","mediaFormat":{"encoding":"audio/x-l16"}}} | Only audio/x-mulaw
            """)
    void whatCannotBeServedIsClosedWithItsReason(String target, String start, String reason) throws IOException {
        try (var telephony = running(new Auth.None());
                var caller = telephony.upgraded(target)) {
            caller.text(start);
            assertThat(close(caller).closeCode()).isEqualTo(1008);
            assertThat(close(caller).closeReason()).startsWith(reason);
            assertThat(telephony.recorder.calls).isEmpty();
            assertThat(telephony.bounds).containsExactly("refused 400");
        }
    }

    @ParameterizedTest
    @CsvSource({"/v1/fork", "/v1/stream", "/v1/twilio", "/v1/asterisk"})
    void garbageIsToleratedForAWhileInEveryDialect(String target) throws IOException {
        try (var telephony = running(new Auth.None());
                var caller = telephony.upgraded(target)) {
            for (int i = 0; i <= 20; i++) {
                caller.text("{garbage " + i);
            }
            assertThat(close(caller).closeReason()).isEqualTo("too many text messages that are not of this protocol");
            assertThat(telephony.bounds).containsExactly("garbage");
        }
    }

    @ParameterizedTest
    @CsvSource({"/v1/stream", "/v1/twilio", "/v1/asterisk"})
    void limitsHoldInEveryDialect(String target) throws IOException {
        try (var telephony = running(new Auth.None());
                var flood = telephony.upgraded(target);
                var large = telephony.upgraded(target)) {
            byte[] one = RawSwitch.frame(RawSwitch.TEXT, "{\"event\":\"HEARTBEAT\"}".getBytes(StandardCharsets.UTF_8));
            Buffer many = Buffer.buffer();
            for (int i = 0; i < 3_000; i++) {
                many.appendBytes(one);
            }
            flood.raw(many.getBytes());
            assertThat(close(flood).closeReason()).isEqualTo("more than 120 messages a second");

            large.text(twilioMedia(60_000));
            assertThat(close(large).closeCode()).isEqualTo(1009);
            assertThat(telephony.bounds).containsExactly("messages", "text");
        }
    }

    /** A minute of media and texts at their usual pace, in no time but within the burst. */
    @Test
    void theUsualPaceOfTextsIsWithinTheLimits() throws IOException {
        try (var telephony = running(new Auth.None());
                var caller = telephony.upgraded("/v1/twilio")) {
            caller.text(twilioStart(""));
            for (int i = 0; i < 1_000; i++) {
                caller.text(twilioMedia(160));
            }
            Call call = onlyCall(telephony);
            await().until(() -> call.pcm().length == 320_000);
            assertThat(telephony.bounds).isEmpty();
        }
    }

    @Test
    void aMessageInPiecesIsOneMessage() throws IOException {
        try (var telephony = running(new Auth.None());
                var caller = telephony.upgraded("/v1/twilio")) {
            caller.text(twilioStart(""));
            byte[] whole = twilioMedia(160).getBytes(StandardCharsets.UTF_8);
            byte[] head = RawSwitch.frame(RawSwitch.TEXT, Arrays.copyOfRange(whole, 0, 100));
            head[0] &= 0x7f;
            byte[] middle = RawSwitch.frame(0, Arrays.copyOfRange(whole, 100, 150));
            middle[0] &= 0x7f;
            caller.raw(head);
            caller.raw(middle);
            caller.raw(RawSwitch.frame(RawSwitch.PING, new byte[] {1}));
            caller.raw(RawSwitch.frame(0, Arrays.copyOfRange(whole, 150, whole.length)));
            Call call = onlyCall(telephony);
            await().until(() -> call.pcm().length == 320);
        }
    }

    @Test
    void twilioHearsMarksBehindAnswersAndMediaInBase64() throws IOException {
        try (var telephony = running(new Auth.None());
                var caller = telephony.upgraded("/v1/twilio")) {
            caller.text(twilioStart(""));
            Call call = onlyCall(telephony);
            call.act(socket -> {
                socket.play(new short[160]);
                socket.endOfAnswer();
                socket.clear();
            });
            await().until(() -> caller.received(RawSwitch.TEXT).size() == 3);
            assertThat(caller.received(RawSwitch.TEXT))
                    .extracting(Message::text)
                    .containsExactly(
                            "{\"event\":\"media\",\"streamSid\":\"MZ1\",\"media\":{\"payload\":\""
                                    + Base64.getEncoder().encodeToString(filled(160, (byte) 0xFF)) + "\"}}",
                            "{\"event\":\"mark\",\"streamSid\":\"MZ1\",\"mark\":{\"name\":\"answer-1\"}}",
                            "{\"event\":\"clear\",\"streamSid\":\"MZ1\"}");
        }
    }

    /** Nothing came for longer than audio may be old; then everything comes at once. */
    @Test
    void ofABacklogTheOldestIsDroppedAndCounted() throws IOException {
        TelephonyLimits limits = TelephonyServerIT.SHORT;
        try (var telephony = new RunningTelephony(new Auth.None(), limits);
                var caller = telephony.upgraded("/v1/fork")) {
            caller.text("{\"callId\":\"c\"}");
            caller.binary(new byte[16_000]);
            Call call = onlyCall(telephony);
            await().until(() -> call.pcm().length == 16_000);
            Instant stalled = Instant.now();
            await().until(() -> Duration.between(stalled, Instant.now())
                            .compareTo(limits.callerAudioAge().multipliedBy(2))
                    > 0);
            Buffer backlog = Buffer.buffer();
            for (int i = 0; i < 50; i++) {
                backlog.appendBytes(RawSwitch.frame(RawSwitch.BINARY, filled(320, (byte) i)));
            }
            caller.raw(backlog.getBytes());
            await().until(() -> call.pcm().length == 16_000 + 25 * 320);
            assertThat(call.pcm()[16_000]).isEqualTo((byte) 25);
            assertThat(telephony.bounds).containsExactly("stale 25");
        }
    }

    private static String twilioStart(String token) {
        return "{\"event\":\"start\",\"start\":{\"streamSid\":\"MZ1\",\"callSid\":\"CA42\",\"customParameters\":{\"token\":\""
                + token + "\",\"from\":\"+4973100000\"}},\"streamSid\":\"MZ1\"}";
    }

    private static String twilioMedia(int codes) {
        return "{\"event\":\"media\",\"media\":{\"track\":\"inbound\",\"payload\":\""
                + Base64.getEncoder().encodeToString(new byte[codes]) + "\"},\"streamSid\":\"MZ1\"}";
    }

    private static byte[] filled(int length, byte value) {
        byte[] bytes = new byte[length];
        Arrays.fill(bytes, value);
        return bytes;
    }

    private static String token() {
        return Tokens.signed(Tokens.claims(Instant.now()).build());
    }

    private static RunningTelephony running(Auth auth) {
        return new RunningTelephony(auth, TelephonyLimits.DEFAULT);
    }

    private static Call onlyCall(RunningTelephony telephony) {
        await().until(() -> telephony.recorder.calls.size() == 1
                && !telephony.recorder.calls.getFirst().starts.isEmpty());
        return telephony.recorder.calls.getFirst();
    }

    private static Message close(RawSwitch caller) {
        await().until(() -> !caller.received(RawSwitch.CLOSE).isEmpty());
        return caller.received(RawSwitch.CLOSE).getFirst();
    }
}
