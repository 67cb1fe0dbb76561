package dev.tom.bridge.telephony;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tom.bridge.audio.ALaw;
import dev.tom.bridge.audio.AudioFormat;
import dev.tom.bridge.audio.MuLaw;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AsteriskCodecTest {

    private static final String PLAIN = "MEDIA_START connection_id:tom channel:WebSocket/tom/0x7f channel_id:pbx-1.42"
            + " format:%s optimal_frame_size:%d ptime:20";
    private static final String JSON = """
            {"event":"MEDIA_START","connection_id":"tom","channel":"WebSocket/tom/0x7f","channel_id":"pbx-1.42",
             "format":"%s","optimal_frame_size":%d,"ptime":20,
             "channel_variables":{"callId":"var-1","from":"+49731","OTHER":"x"}}
            """;

    private AsteriskCodec codec = codec("");
    private final RecordingWire wire = new RecordingWire();

    private static AsteriskCodec codec(String query) {
        MultiMap params = MultiMap.caseInsensitiveMultiMap();
        for (String pair : query.split("&")) {
            String[] parts = pair.split("=", 2);
            if (parts.length == 2) {
                params.add(parts[0], parts[1]);
            }
        }
        return (AsteriskCodec)
                ((LegRequest.Wanted) AsteriskCodec.asked(params)).codec().get();
    }

    @Test
    void aPlainStartNamesTheChannelAndAJsonStartItsVariables() {
        assertThat(text(PLAIN.formatted("ulaw", 160))).isEqualTo(new TelephonyMessage.Metadata("pbx-1.42", "", "", ""));
        codec = codec("");
        assertThat(text(JSON.formatted("ulaw", 160)))
                .isEqualTo(new TelephonyMessage.Metadata("var-1", "+49731", "", ""));
        codec = codec("callId=uri-1&from=200");
        assertThat(text(JSON.formatted("ulaw", 160))).isEqualTo(new TelephonyMessage.Metadata("uri-1", "200", "", ""));
        assertThat(text(JSON.formatted("slin16", 640))).isEqualTo(new TelephonyMessage.Ignored());
        assertThat(codec.format()).isEqualTo(AudioFormat.NARROWBAND);
    }

    @Test
    void theFirstReleasesNameLess() {
        assertThat(text("MEDIA_START connection_id:e226 channel:WebSocket/tom format:alaw optimal_frame_size:160"))
                .isEqualTo(new TelephonyMessage.Metadata("e226", "", "", ""));
    }

    @ParameterizedTest
    @CsvSource({"ulaw,160,8000,160,-1", "alaw,160,8000,160,-43", "slin,320,8000,320,0", "slin16,640,16000,640,0"})
    void formats(String name, int frameSize, int rate, int bytes, byte silence) {
        text(PLAIN.formatted(name, frameSize));
        assertThat(codec.format()).isEqualTo(AudioFormat.ofRate(rate));
        codec.play(new short[rate / 50], wire);
        assertThat(((Buffer) wire.sent.getFirst()).getBytes()).hasSize(bytes).containsOnly(silence);
    }

    @Test
    void audioIsDecoded() {
        text(PLAIN.formatted("ulaw", 160));
        assertThat(RecordingWire.samples(codec.binary(Buffer.buffer(new byte[] {5, -100}))))
                .containsExactly(MuLaw.decode((byte) 5), MuLaw.decode((byte) -100));
        assertThat(RecordingWire.samples(codec.binary(Buffer.buffer(new byte[4_000]))))
                .hasSize(4_000);

        codec = codec("");
        text(JSON.formatted("alaw", 160));
        assertThat(RecordingWire.samples(codec.binary(Buffer.buffer(new byte[] {5}))))
                .containsExactly(ALaw.decode((byte) 5));

        codec = codec("");
        text(PLAIN.formatted("slin16", 640));
        assertThat(RecordingWire.samples(codec.binary(Buffer.buffer(new byte[] {1, 2, 3}))))
                .containsExactly(0x201);
        assertThat(RecordingWire.samples(codec.binary(Buffer.buffer(new byte[] {4}))))
                .containsExactly(0x403);
    }

    @Test
    void audioBeforeTheStartHasNoFormat() {
        assertThat(codec.binary(Buffer.buffer(new byte[160]))).isEqualTo(new TelephonyMessage.Ignored());
    }

    @ParameterizedTest
    @CsvSource({"opus,160,c(ulaw)", "slin48,1920,c(ulaw)", "ulaw,0,option p", "ulaw,70000,option p", "g729,0,c(ulaw)"})
    void whatCannotBeServedIsSaid(String format, int frameSize, String part) {
        assertThat(text(PLAIN.formatted(format, frameSize)))
                .isInstanceOfSatisfying(
                        TelephonyMessage.Unusable.class,
                        unusable -> assertThat(unusable.sentence()).contains(part));
    }

    @Test
    void messagesAreWholeFramesOfTheOtherSide() {
        text(PLAIN.formatted("ulaw", 240));
        short[] frame = RecordingWire.frame(160, 1_000);
        codec.play(frame, wire);
        assertThat(wire.sent).isEmpty();
        codec.play(frame, wire);
        codec.play(frame, wire);
        codec.play(frame, wire);
        codec.endOfAnswer(wire);
        codec.endOfAnswer(wire);
        assertThat(wire.sent).extracting(sent -> ((Buffer) sent).length()).containsExactly(240, 240, 240);
        byte[] last = ((Buffer) wire.sent.getLast()).getBytes();
        assertThat(last[159]).isEqualTo(MuLaw.encode((short) 1_000));
        assertThat(last[160]).isEqualTo((byte) -1);
        assertThat(last[239]).isEqualTo((byte) -1);

        codec.play(frame, wire);
        codec.clear(wire);
        codec.endOfAnswer(wire);
        assertThat(wire.sent).hasSize(4).endsWith("FLUSH_MEDIA");
    }

    @Test
    void commandsAreWrittenInTheFormThatIsSpoken() {
        codec = codec("answer=yes");
        text(PLAIN.formatted("ulaw", 160));
        assertThat(codec.capabilities())
                .isEqualTo(Set.of(Capability.CLEAR, Capability.FLOW_CONTROL, Capability.HANG_UP));
        codec.begin(wire);
        codec.clear(wire);
        codec.hangUp(wire);
        assertThat(wire.sent).containsExactly("ANSWER", "FLUSH_MEDIA", "HANGUP");

        wire.sent.clear();
        codec = codec("answer=yes");
        text(JSON.formatted("ulaw", 160));
        assertThat(codec.capabilities())
                .isEqualTo(Set.of(Capability.CLEAR, Capability.FLOW_CONTROL, Capability.HANG_UP, Capability.MARK));
        codec.begin(wire);
        codec.clear(wire);
        codec.mark("answer-12345678901234567890123", wire);
        codec.hangUp(wire);
        assertThat(wire.sent)
                .containsExactly(
                        "{\"command\":\"ANSWER\"}",
                        "{\"command\":\"FLUSH_MEDIA\"}",
                        "{\"command\":\"MARK_MEDIA\",\"correlation_id\":\"answer-12345678901234567890123\"}",
                        "{\"command\":\"HANGUP\"}")
                .allSatisfy(text -> assertThat(((String) text).getBytes(StandardCharsets.UTF_8).length)
                        .isLessThanOrEqualTo(128));
    }

    @Test
    void aChannelThatAnswersItselfIsNotAnswered() {
        text(PLAIN.formatted("ulaw", 160));
        codec.begin(wire);
        assertThat(wire.sent).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            MEDIA_XOFF               | MEDIA_XON
            {"event":"MEDIA_XOFF"}   | {"event":"MEDIA_XON","channel_id":"1"}
            STATUS channel_id:1 queue_length:901 queue_full:true   | STATUS queue_length:1 queue_full:false
            {"event":"STATUS","queue_length":901,"queue_full":true}| {"event":"STATUS","queue_full":false}
            """, quoteCharacter = '~')
    void flowControl(String off, String on) {
        assertThat(codec.paused()).isFalse();
        assertThat(text(off)).isEqualTo(new TelephonyMessage.Ignored());
        assertThat(codec.paused()).isTrue();
        text(on);
        assertThat(codec.paused()).isFalse();
        text(off);
        codec.clear(wire);
        assertThat(codec.paused()).as("an empty queue has room").isFalse();
    }

    @Test
    void theOtherEventsInBothForms() {
        for (String text : new String[] {"DTMF_END digit:5 channel_id:1", "{\"event\":\"DTMF_END\",\"digit\":\"5\"}"}) {
            assertThat(text(text)).isEqualTo(new TelephonyMessage.Dtmf('5'));
        }
        for (String text : new String[] {
            "MEDIA_MARK_PROCESSED answer-3",
            "MEDIA_MARK_PROCESSED correlation_id:answer-3",
            "{\"event\":\"MEDIA_MARK_PROCESSED\",\"channel_id\":\"1\",\"correlation_id\":\"answer-3\"}"
        }) {
            assertThat(text(text)).isEqualTo(new TelephonyMessage.Marked("answer-3"));
        }
        for (String text : new String[] {
            "ERROR channel_id:1 error_text:Unable to parse: this",
            "{\"event\":\"ERROR\",\"error_text\":\"Unable to parse: this\"}"
        }) {
            assertThat(text(text)).isEqualTo(new TelephonyMessage.Complaint("Unable to parse: this"));
        }
        for (String text : new String[] {
            "QUEUE_DRAINED", "MEDIA_BUFFERING_COMPLETED id", "{\"event\":\"QUEUE_DRAINED\"}", "SOMETHING_NEW a:b"
        }) {
            assertThat(text(text)).isEqualTo(new TelephonyMessage.Ignored());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "hello",
                "{",
                "{\"event\":\"media\"}",
                "{\"command\":\"X\"}",
                "{\"event\":\"MEDIA_XOFF\"}}",
                "[]"
            })
    void garbage(String text) {
        assertThat(text(text)).isEqualTo(new TelephonyMessage.Garbage());
    }

    @Test
    void garbageDoesNotChangeTheFormThatIsWritten() {
        text(JSON.formatted("ulaw", 160));
        text("oops");
        codec.clear(wire);
        assertThat(wire.sent).containsExactly("{\"command\":\"FLUSH_MEDIA\"}");
    }

    private TelephonyMessage text(String text) {
        return codec.text(Buffer.buffer(text));
    }
}
