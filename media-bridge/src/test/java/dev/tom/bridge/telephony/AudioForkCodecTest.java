package dev.tom.bridge.telephony;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tom.bridge.audio.AudioFormat;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AudioForkCodecTest implements TelephonyCodec.Wire {

    private final AudioForkCodec mono = codec(Playback.STREAM, 1);
    private final List<Object> sent = new ArrayList<>();

    private static AudioForkCodec codec(Playback playback, int channels) {
        return new AudioForkCodec(AudioFormat.NARROWBAND, playback, channels);
    }

    @Override
    public void sendBinary(Buffer message) {
        sent.add(message);
    }

    @Override
    public void sendText(String message) {
        sent.add(new JsonObject(message));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"callId":"a-1","from":"+4973100000","to":"x"}    | a-1 | +4973100000
            {"call_id":"a-2","caller":"0731 100000"}          | a-2 | 0731 100000
            {"callSid":"a-3"}                                 | a-3 | ''
            {"uuid":"a-4","from":{"number":"1"}}              | a-4 | ''
            {"callId":17,"from":null}                         | ''  | ''
            {"callId":"","uuid":"a-5"}                        | a-5 | ''
            {}                                                | ''  | ''
            """)
    void readsMetadata(String text, String callId, String number) {
        assertThat(text(text)).isEqualTo(new TelephonyMessage.Metadata(callId, number, "", ""));
    }

    @Test
    void noticesTheModuleThatCannotStream() {
        var message = (TelephonyMessage.Metadata) text("{\"callId\":\"a}\\\"b\"} true true 8000");
        assertThat(message.callId()).isEqualTo("a}\"b");
        assertThat(message.remark()).contains("playback=file");
        assertThat(message.toString()).doesNotContain("from");
    }

    @Test
    void onlyTheFirstObjectIsMetadata() {
        assertThat(text("{\"type\":\"mark\",\"data\":{\"name\":\"n\"}}")).isEqualTo(new TelephonyMessage.Ignored());
        assertThat(text("{\"callId\":\"a\"}")).isInstanceOf(TelephonyMessage.Metadata.class);
        assertThat(text("{\"callId\":\"b\"}")).isEqualTo(new TelephonyMessage.Ignored());
        assertThat(text("{\"reason\":\"app stop\"}")).isEqualTo(new TelephonyMessage.Ignored());
    }

    @ParameterizedTest
    @CsvSource({"5,5", "#,#", "a,A"})
    void readsKeys(String key, char digit) {
        assertThat(text("{\"event\":\"dtmf\",\"dtmf\":\"" + key + "\",\"duration\":120}"))
                .isEqualTo(new TelephonyMessage.Dtmf(digit));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "hello", "[1]", "{", "{\"a\":", "{a}", "}{", "\"{}\"", "null", "{\"a\":1,}"})
    void whatIsNoObjectIsGarbage(String text) {
        assertThat(text(text)).isEqualTo(new TelephonyMessage.Garbage());
    }

    @Test
    void aThousandOpenBracesAreGarbageToo() {
        assertThat(text("{\"a\":".repeat(10_000) + "1" + "}".repeat(10_000))).isEqualTo(new TelephonyMessage.Garbage());
    }

    @Test
    void bytesAreCarriedOverBetweenMessages() {
        assertThat(bytes(mono.binary(Buffer.buffer(new byte[] {1, 2, 3})))).containsExactly(1, 2);
        assertThat(bytes(mono.binary(Buffer.buffer(new byte[] {4})))).containsExactly(3, 4);
        assertThat(bytes(mono.binary(Buffer.buffer(new byte[] {5})))).isEmpty();
        assertThat(bytes(mono.binary(Buffer.buffer(new byte[] {6, 7, 8})))).containsExactly(5, 6, 7, 8);
    }

    @Test
    void theCallerIsTheLeftChannel() {
        AudioForkCodec stereo = codec(Playback.STREAM, 2);
        assertThat(bytes(stereo.binary(Buffer.buffer(new byte[] {1, 2, 91, 92, 3, 4, 93}))))
                .containsExactly(1, 2);
        assertThat(bytes(stereo.binary(Buffer.buffer(new byte[] {94, 5, 6, 95, 96, 7}))))
                .containsExactly(3, 4, 5, 6);
        assertThat(bytes(stereo.binary(Buffer.buffer(new byte[] {8, 97, 98})))).containsExactly(7, 8);
    }

    @Test
    void anySplitGivesTheSameBytes() {
        byte[] whole = new byte[4_000];
        for (int i = 0; i < whole.length; i++) {
            whole[i] = (byte) (i * 31);
        }
        byte[] left = bytes(codec(Playback.STREAM, 2).binary(Buffer.buffer(whole)));
        for (int step : new int[] {1, 3, 7, 641, 1_280}) {
            AudioForkCodec stereo = codec(Playback.STREAM, 2);
            Buffer got = Buffer.buffer();
            for (int at = 0; at < whole.length; at += step) {
                got.appendBytes(bytes(
                        stereo.binary(Buffer.buffer(whole).slice(at, Math.min(whole.length, at + step)))));
            }
            assertThat(got.getBytes()).isEqualTo(left);
        }
    }

    @Test
    void framesGoOutLittleEndianAndWithoutTheModulesOwnSign() {
        mono.play(new short[] {1, -1, -2, 258, Short.MIN_VALUE}, this);
        assertThat(sent).containsExactly(Buffer.buffer(new byte[] {1, 0, -2, -1, -2, -1, 2, 1, 0, -128}));
    }

    @Test
    void clearIsKillAudio() {
        mono.clear(this);
        mono.endOfAnswer(this);
        assertThat(sent).containsExactly(new JsonObject().put("type", "killAudio"));
        assertThat(mono.traits()).isEqualTo(new PlayoutTraits(160, 160, 80, 40));
    }

    @Test
    void aKillBeforeTheModulesFirstThresholdLeavesOnlySilenceBehind() {
        for (int i = 0; i < 3; i++) {
            mono.play(new short[160], this);
        }
        sent.clear();
        mono.clear(this);
        assertThat(sent)
                .containsExactly(
                        Buffer.buffer(new byte[2 * (1_280 - 3 * 160)]), new JsonObject().put("type", "killAudio"));

        sent.clear();
        mono.play(new short[160], this);
        mono.clear(this);
        assertThat(sent).hasSize(2);
    }

    @Test
    void textsOfTheModuleAfterItsShutdownAreTheSameNews() {
        assertThat(mono.binary(Buffer.buffer())).isEqualTo(new TelephonyMessage.AudioEnded());
        assertThat(mono.binary(Buffer.buffer())).isEqualTo(new TelephonyMessage.AudioEnded());
    }

    @Test
    void filesHoldASecondEachAndTheRestOfTheAnswer() {
        AudioForkCodec file = codec(Playback.FILE, 1);
        for (int i = 0; i < 70; i++) {
            short[] frame = new short[160];
            frame[0] = (short) (i + 1);
            file.play(frame, this);
        }
        file.endOfAnswer(this);
        file.endOfAnswer(this);

        assertThat(sent).hasSize(2);
        assertThat(audio(0)).hasSize(16_000).startsWith(1, 0);
        assertThat(audio(1)).hasSize(20 * 320).startsWith(51, 0);
        assertThat(((JsonObject) sent.getFirst()).getString("type")).isEqualTo("playAudio");
        assertThat(data(0).getString("audioContentType")).isEqualTo("raw");
        assertThat(data(0).getInteger("sampleRate")).isEqualTo(8_000);
        assertThat(file.traits().clearPaddingMillis() + file.traits().tailPaddingMillis())
                .isZero();
    }

    @Test
    void clearForgetsTheFileThatIsBeingCollected() {
        AudioForkCodec file = codec(Playback.FILE, 1);
        file.play(new short[160], this);
        file.clear(this);
        file.endOfAnswer(this);
        assertThat(sent).containsExactly(new JsonObject().put("type", "killAudio"));
    }

    private JsonObject data(int index) {
        return ((JsonObject) sent.get(index)).getJsonObject("data");
    }

    private byte[] audio(int index) {
        return Base64.getDecoder().decode(data(index).getString("audioContent"));
    }

    private TelephonyMessage text(String text) {
        return mono.text(Buffer.buffer(text));
    }

    private static byte[] bytes(TelephonyMessage message) {
        ByteBuffer buffer = ((TelephonyMessage.Audio) message).pcm();
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        return bytes;
    }
}
