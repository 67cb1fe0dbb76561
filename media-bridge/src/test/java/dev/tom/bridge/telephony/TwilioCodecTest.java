package dev.tom.bridge.telephony;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tom.bridge.audio.AudioFormat;
import dev.tom.bridge.audio.MuLaw;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.Base64;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TwilioCodecTest {

    private static final String START = """
            {"event":"start","sequenceNumber":"1","start":{"accountSid":"AC1","streamSid":"MZ18","callSid":"CA42",
             "tracks":["inbound"],"mediaFormat":{"encoding":"audio/x-mulaw","sampleRate":8000,"channels":1},
             "customParameters":{"token":"t.o.k","from":"+4973100000","callId":"mine"}},"streamSid":"MZ18"}
            """;

    private final TwilioCodec codec = new TwilioCodec();
    private final RecordingWire wire = new RecordingWire();

    @Test
    void startSaysWhoCallsAndBringsTheToken() {
        assertThat(text("{\"event\":\"connected\",\"protocol\":\"Call\",\"version\":\"1.0.0\"}"))
                .isEqualTo(new TelephonyMessage.Ignored());
        TelephonyMessage start = text(START);
        assertThat(start).isEqualTo(new TelephonyMessage.Metadata("CA42", "+4973100000", "t.o.k", ""));
        assertThat(start.toString()).doesNotContain("t.o.k").doesNotContain("4973");
        assertThat(codec.format()).isEqualTo(AudioFormat.NARROWBAND);
    }

    @Test
    void withoutParametersTheCallIsKnownByItsSid() {
        assertThat(text("{\"event\":\"start\",\"start\":{\"streamSid\":\"MZ1\",\"callSid\":\"CA1\"}}"))
                .isEqualTo(new TelephonyMessage.Metadata("CA1", "", "", ""));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            "mediaFormat":{"encoding":"audio/x-l16","sampleRate":8000,"channels":1},"streamSid":"MZ1"    | audio/x-mulaw
            "mediaFormat":{"encoding":"audio/x-mulaw","sampleRate":16000,"channels":1},"streamSid":"MZ1" | 8000 Hz
            "mediaFormat":{"encoding":"audio/x-mulaw","sampleRate":8000,"channels":2},"streamSid":"MZ1"  | one channel
            "callSid":"CA1"                                                                              | streamSid
            "streamSid":"M\\"Z"                                                                          | streamSid
            """, quoteCharacter = '~')
    void whatCannotBeServedIsSaid(String fields, String part) {
        assertThat(text("{\"event\":\"start\",\"start\":{" + fields + "}}"))
                .isInstanceOfSatisfying(
                        TelephonyMessage.Unusable.class,
                        unusable -> assertThat(unusable.sentence()).contains(part));
    }

    @Test
    void mediaIsDecodedWhateverTheOrderOfItsFields() {
        byte[] codes = new byte[160];
        short[] expected = new short[160];
        for (int i = 0; i < codes.length; i++) {
            codes[i] = (byte) (i + 60);
            expected[i] = MuLaw.decode(codes[i]);
        }
        String payload = Base64.getEncoder().encodeToString(codes);
        assertThat(RecordingWire.samples(
                        text("{\"event\":\"media\",\"sequenceNumber\":\"3\",\"media\":{\"track\":\"inbound\","
                                + "\"chunk\":\"1\",\"timestamp\":\"5\",\"payload\":\"" + payload
                                + "\"},\"streamSid\":\"MZ1\"}")))
                .isEqualTo(expected);
        assertThat(RecordingWire.samples(
                        text("{\"media\":{\"payload\":\"" + payload + "\"},\"event\":\"media\",\"x\":[1,{\"y\":2}]}")))
                .isEqualTo(expected);
        assertThat(text("{\"event\":\"media\",\"media\":{\"payload\":\"" + payload + "\",\"track\":\"outbound\"}}"))
                .isEqualTo(new TelephonyMessage.Ignored());
        assertThat(RecordingWire.samples(text("{\"event\":\"media\",\"media\":{\"payload\":\"\"}}")))
                .isEmpty();
        assertThat(RecordingWire.samples(text("{\"event\":\"media\"}"))).isEmpty();
    }

    @Test
    void aLongerPayloadThanUsualIsDecodedWhole() {
        String payload = Base64.getEncoder().encodeToString(new byte[40_000]);
        assertThat(RecordingWire.samples(text("{\"event\":\"media\",\"media\":{\"payload\":\"" + payload + "\"}}")))
                .hasSize(40_000);
    }

    @Test
    void theOtherEvents() {
        assertThat(text("{\"event\":\"dtmf\",\"dtmf\":{\"track\":\"inbound_track\",\"digit\":\"#\"}}"))
                .isEqualTo(new TelephonyMessage.Dtmf('#'));
        assertThat(text("{\"event\":\"dtmf\",\"dtmf\":{\"digit\":\"77\"}}")).isEqualTo(new TelephonyMessage.Ignored());
        assertThat(text("{\"event\":\"mark\",\"mark\":{\"name\":\"answer-1\"}}"))
                .isEqualTo(new TelephonyMessage.Marked("answer-1"));
        assertThat(text("{\"event\":\"stop\",\"stop\":{\"callSid\":\"CA1\"}}"))
                .isEqualTo(new TelephonyMessage.Stopped());
        assertThat(text("{\"event\":\"heartbeat\"}")).isEqualTo(new TelephonyMessage.Ignored());
        assertThat(codec.binary(Buffer.buffer(new byte[320]))).isEqualTo(new TelephonyMessage.Ignored());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "hello",
                "[1]",
                "{}",
                "{\"event\":7}",
                "{\"event\":\"media\"",
                "{\"event\":\"media\"}x",
                "{\"event\":\"media\",\"media\":{\"payload\":\"!!!\"}}",
                "{\"media\":{\"payload\":\"AAAA\"}}",
                "\u0000"
            })
    void garbage(String text) {
        assertThat(text(text)).isEqualTo(new TelephonyMessage.Garbage());
    }

    @Test
    void whatIsMissingOrOfAnotherKindIsNotTakenFromEarlierMessages() {
        text("{\"event\":\"dtmf\",\"dtmf\":{\"digit\":\"1\"}}");
        assertThat(text("{\"event\":\"dtmf\"}")).isEqualTo(new TelephonyMessage.Ignored());
        assertThat(text("{\"event\":\"start\",\"start\":{\"streamSid\":\"M\",\"mediaFormat\":\"x\","
                        + "\"customParameters\":[],\"callSid\":{}}}"))
                .isEqualTo(new TelephonyMessage.Metadata("", "", "", ""));
    }

    @Test
    void aThousandOpenBracesAreGarbageToo() {
        assertThat(text("{\"start\":" + "{\"a\":".repeat(1_000) + "1" + "}".repeat(1_001)))
                .isEqualTo(new TelephonyMessage.Garbage());
    }

    @Test
    void whatGoesOutIsAddressedToTheStream() {
        text(START);
        codec.play(RecordingWire.frame(160, 1_000), wire);
        codec.mark("answer-1", wire);
        codec.clear(wire);

        JsonObject media = new JsonObject((String) wire.sent.get(0));
        assertThat(media.getString("event")).isEqualTo("media");
        assertThat(media.getString("streamSid")).isEqualTo("MZ18");
        assertThat(Base64.getDecoder().decode(media.getJsonObject("media").getString("payload")))
                .hasSize(160)
                .containsOnly(MuLaw.encode((short) 1_000));
        assertThat(wire.sent.get(1))
                .isEqualTo("{\"event\":\"mark\",\"streamSid\":\"MZ18\",\"mark\":{\"name\":\"answer-1\"}}");
        assertThat(wire.sent.get(2)).isEqualTo("{\"event\":\"clear\",\"streamSid\":\"MZ18\"}");
        assertThat(codec.capabilities()).isEqualTo(Set.of(Capability.CLEAR, Capability.MARK));
    }

    private TelephonyMessage text(String text) {
        return codec.text(Buffer.buffer(text));
    }
}
