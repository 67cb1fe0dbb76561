package dev.tom.bridge.telephony;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tom.bridge.audio.AudioFormat;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AudioStreamCodecTest {

    private final RecordingWire wire = new RecordingWire();

    private static AudioStreamCodec codec(Playback playback) {
        return new AudioStreamCodec(AudioFormat.WIDEBAND, playback, 1);
    }

    @Test
    void metadataMayComeAfterAudioAndOnlyOnce() {
        AudioStreamCodec codec = codec(Playback.FILE);
        assertThat(RecordingWire.samples(codec.binary(Buffer.buffer(new byte[] {1, 0, 2}))))
                .containsExactly(1);
        assertThat(codec.text(Buffer.buffer("{\"callId\":\"a\",\"from\":\"+49731\"}")))
                .isEqualTo(new TelephonyMessage.Metadata("a", "+49731", "", ""));
        assertThat(RecordingWire.samples(codec.binary(Buffer.buffer(new byte[] {0, 3, 0}))))
                .containsExactly(2, 3);
        assertThat(codec.text(Buffer.buffer("{\"callId\":\"b\"}"))).isEqualTo(new TelephonyMessage.Ignored());
        assertThat(codec.text(Buffer.buffer("no json"))).isEqualTo(new TelephonyMessage.Garbage());
        assertThat(codec.binary(Buffer.buffer())).isEqualTo(new TelephonyMessage.Ignored());
    }

    @Test
    void theOpenBuildGetsShortFilesAndTheRestAtTheEnd() {
        AudioStreamCodec codec = codec(Playback.FILE);
        for (int i = 0; i < 20; i++) {
            codec.play(RecordingWire.frame(320, i + 1), wire);
        }
        codec.endOfAnswer(wire);
        codec.endOfAnswer(wire);

        assertThat(wire.sent).hasSize(2);
        JsonObject first = new JsonObject((String) wire.sent.getFirst());
        assertThat(first.getString("type")).isEqualTo("streamAudio");
        assertThat(first.getJsonObject("data").getString("audioDataType")).isEqualTo("raw");
        assertThat(first.getJsonObject("data").getInteger("sampleRate")).isEqualTo(16_000);
        assertThat(audio(0)).hasSize(15 * 640).startsWith(1, 0);
        assertThat(audio(1)).hasSize(5 * 640).startsWith(16, 0);
    }

    @Test
    void theStreamingBuildGetsBinary() {
        AudioStreamCodec codec = codec(Playback.STREAM);
        codec.play(RecordingWire.frame(320, -1), wire);
        codec.endOfAnswer(wire);
        assertThat(wire.sent).hasSize(1);
        assertThat(((Buffer) wire.sent.getFirst()).getBytes()).hasSize(640).startsWith(-1, -1);
    }

    /** What cannot be taken back is sent late. */
    @ParameterizedTest
    @EnumSource(Playback.class)
    void itCannotClearSoItIsKeptShort(Playback playback) {
        AudioStreamCodec codec = codec(playback);
        assertThat(codec.capabilities()).doesNotContain(Capability.CLEAR, Capability.MARK, Capability.FLOW_CONTROL);
        int most = playback == Playback.STREAM ? 100 : 400;
        assertThat(codec.traits().leadMillis()).isLessThanOrEqualTo(most);

        codec.play(RecordingWire.frame(320, 7), wire);
        wire.sent.clear();
        codec.clear(wire);
        codec.endOfAnswer(wire);
        assertThat(wire.sent).containsExactly("{\"type\":\"killAudio\"}");
    }

    @Test
    void ordersForTheController() {
        AudioStreamCodec codec = codec(Playback.FILE);
        codec.transfer("200\"", wire);
        codec.hangUp(wire);
        assertThat(new JsonObject((String) wire.sent.getFirst()).getJsonObject("data"))
                .isEqualTo(new JsonObject().put("extension", "200\""));
        assertThat(wire.sent.getLast()).isEqualTo("{\"type\":\"disconnect\"}");
    }

    private byte[] audio(int index) {
        return Base64.getDecoder()
                .decode(new JsonObject((String) wire.sent.get(index))
                        .getJsonObject("data")
                        .getString("audioData"));
    }
}
