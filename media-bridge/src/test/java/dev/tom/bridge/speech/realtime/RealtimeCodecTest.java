package dev.tom.bridge.speech.realtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tom.bridge.speech.TokenUsage;
import dev.tom.bridge.speech.TranscriptionUsage;
import dev.tom.bridge.speech.Utterance;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RealtimeCodecTest {

    @Test
    void audioIsDecodedWhereverTheTypeStands() {
        String ids = "\"response_id\":\"r1\",\"item_id\":\"i1\",\"output_index\":0,\"content_index\":0";
        for (String json : new String[] {
            "{\"type\":\"response.output_audio.delta\"," + ids + ",\"delta\":\"/38A\"}",
            "{\"event_id\":\"e1\",\"type\":\"response.output_audio.delta\",\"x\":{\"y\":[1]}," + ids
                    + ",\"delta\":\"/38A\"}",
            "{\"delta\":\"/38A\"," + ids + ",\"type\":\"response.output_audio.delta\"}"
        }) {
            RealtimeMessage.AudioDelta delta = (RealtimeMessage.AudioDelta) decode(json);
            assertThat(delta.responseId()).isEqualTo("r1");
            assertThat(delta.itemId()).isEqualTo("i1");
            assertThat(delta.audio()).containsExactly(0xff, 0x7f, 0x00);
        }
    }

    @Test
    void theSessionIsReadWithItsFormats() {
        assertThat(decode("{\"type\":\"session.created\",\"session\":{\"id\":\"s1\",\"expires_at\":1790000000}}"))
                .isEqualTo(new RealtimeMessage.SessionCreated("s1", OptionalLong.of(1_790_000_000)));
        assertThat(decode("""
                        {"type":"session.updated","session":{"audio":{"input":{"format":{"type":"audio/pcmu"}},
                         "output":{"format":{"type":"audio/pcm","rate":24000}}}}}""")).isEqualTo(new RealtimeMessage.SessionUpdated("audio/pcmu", "audio/pcm"));
    }

    @Test
    void turnsAndWordsAreRead() {
        assertThat(decode("{\"type\":\"input_audio_buffer.speech_started\",\"audio_start_ms\":700,\"item_id\":\"u1\"}"))
                .isEqualTo(new RealtimeMessage.SpeechStarted("u1"));
        assertThat(decode("{\"type\":\"conversation.item.input_audio_transcription.completed\",\"item_id\":\"u1\","
                        + "\"transcript\":\"Für zwölf Uhr.\",\"usage\":{\"type\":\"duration\",\"seconds\":2}}"))
                .isEqualTo(new RealtimeMessage.CallerTranscript(
                        "u1", "Für zwölf Uhr.", new TranscriptionUsage("", 0, 0, 2_000)));
        assertThat(
                        decode(
                                "{\"type\":\"response.output_audio_transcript.delta\",\"response_id\":\"r1\",\"item_id\":\"i1\",\"delta\":\"Gern\"}"))
                .isEqualTo(new RealtimeMessage.TranscriptDelta("r1", "i1", "Gern"));
    }

    @Test
    void usageIsReadWithItsCachedParts() {
        RealtimeMessage done = decode("""
                {"type":"response.done","response":{"id":"r1","status":"completed","usage":{"total_tokens":300,
                 "input_token_details":{"text_tokens":120,"audio_tokens":80,"cached_tokens":70,
                   "cached_tokens_details":{"text_tokens":64,"audio_tokens":6}},
                 "output_token_details":{"text_tokens":20,"audio_tokens":80}}}}""");

        assertThat(done)
                .isEqualTo(new RealtimeMessage.ResponseDone(
                        "r1", "completed", "", new TokenUsage(120, 80, 64, 6, 20, 80)));
    }

    @Test
    void cachedTokensWithoutDetailsAreTakenOffTheTextFirst() {
        RealtimeMessage.ResponseDone done = (RealtimeMessage.ResponseDone) decode("""
                {"type":"response.done","response":{"id":"r1","status":"completed","usage":{
                 "input_token_details":{"text_tokens":50,"audio_tokens":80,"cached_tokens":60}}}}""");

        assertThat(done.usage()).isEqualTo(new TokenUsage(50, 80, 50, 10, 0, 0).assumingCached());
    }

    @Test
    void aFailedResponseNamesItsError() {
        RealtimeMessage.ResponseDone done = (RealtimeMessage.ResponseDone) decode("""
                {"type":"response.done","response":{"id":"r1","status":"failed","usage":null,
                 "status_details":{"type":"failed","error":{"type":"server_error","code":null}}}}""");

        assertThat(done.errorCode()).isEqualTo("server_error");
        assertThat(done.usage()).isEqualTo(TokenUsage.NONE);
    }

    @Test
    void errorsAreRead() {
        assertThat(decode(
                        "{\"type\":\"error\",\"error\":{\"type\":\"invalid_request_error\",\"code\":\"invalid_value\","
                                + "\"message\":\"No.\",\"param\":null,\"event_id\":\"e1\"}}"))
                .isEqualTo(new RealtimeMessage.ErrorEvent("invalid_request_error", "invalid_value", "No.", "e1"));
    }

    @Test
    void whatATranscriptionTookIsReadByTokensToo() {
        assertThat(decode("""
                        {"type":"conversation.item.input_audio_transcription.completed","item_id":"u1","transcript":"Ja.",
                         "usage":{"type":"tokens","total_tokens":26,"input_tokens":21,"output_tokens":5,
                          "input_token_details":{"text_tokens":0,"audio_tokens":21}}}"""))
                .isEqualTo(new RealtimeMessage.CallerTranscript("u1", "Ja.", new TranscriptionUsage("", 21, 5, 0)));
        assertThat(decode("""
                        {"type":"conversation.item.input_audio_transcription.failed","item_id":"u1",
                         "error":{"type":"transcription_error","code":"audio_unintelligible","message":"No."}}""")).isEqualTo(new RealtimeMessage.TranscriptFailed("u1", "audio_unintelligible"));
    }

    @Test
    void rateLimitsAreRead() {
        assertThat(decode("""
                        {"type":"rate_limits.updated","rate_limits":[
                         {"name":"requests","limit":1000,"remaining":999,"reset_seconds":60},
                         {"name":"tokens","limit":50000,"remaining":2500.5,"reset_seconds":3.1}, 7]}"""))
                .isEqualTo(new RealtimeMessage.RateLimits(List.of(
                        new RealtimeMessage.RateLimit("requests", 1_000, 999),
                        new RealtimeMessage.RateLimit("tokens", 50_000, 2_500.5))));
    }

    @Test
    void anUnknownEventIsKeptAsItCame() {
        String text = "{\"type\":\"mcp_list_tools.completed\",\"item_id\":\"i\",\"more\":[{\"x\":7.5,\"y\":null}]}";
        RealtimeMessage.Unknown unknown = (RealtimeMessage.Unknown) decode(text);

        assertThat(unknown.type()).isEqualTo("mcp_list_tools.completed");
        assertThat(unknown.fields().encode()).isEqualTo(text);
    }

    /** The names of the beta are another protocol: such a server is not half understood. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "response.audio.delta",
                "response.audio.done",
                "response.audio_transcript.delta",
                "response.text.delta",
                "conversation.item.created"
            })
    void theBetasNamesAreUnknown(String type) {
        assertThat(decode("{\"type\":\"" + type + "\",\"response_id\":\"r\",\"item_id\":\"i\",\"delta\":\"/38A\"}"))
                .isInstanceOf(RealtimeMessage.Unknown.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "<html>502</html>|is no valid JSON",
                "{\"type\":\"session.cre|is no valid JSON",
                "[1,2]|is no JSON object",
                "''|is no JSON object",
                "{\"event_id\":\"e1\"}|has no type",
                "{\"type\":\"response.output_audio.delta\",\"delta\":\"***\"}|is no valid JSON",
                "{\"delta\":\"***\",\"type\":\"response.output_audio.delta\"}|has a field of the wrong type",
                "{\"type\":\"session.created\",\"session\":{\"expires_at\":\"soon\"}}|has a field of the wrong type",
            })
    void whatIsNoEventIsSaidInAFewWords(String text, String why) {
        assertThat(decode(text)).isEqualTo(new RealtimeMessage.Malformed(why));
    }

    @Test
    void deepNestingIsRefusedNotFollowed() {
        String deep = "{\"type\":\"x\",\"a\":" + "[".repeat(10_000) + "]".repeat(10_000) + "}";
        assertThat(decode(deep)).isEqualTo(new RealtimeMessage.Malformed("is no valid JSON"));
    }

    @Test
    void theSessionIsAskedForInTheGaShape() {
        assertThat(new JsonObject(new SessionConfig(WireFormat.PCMU, settings("Sei kurz.", "de")).update()))
                .isEqualTo(new JsonObject("""
                        {"type":"session.update","event_id":"session-config","session":{"type":"realtime",
                         "output_modalities":["audio"],"instructions":"Sei kurz.",
                         "audio":{"input":{"format":{"type":"audio/pcmu"},
                           "transcription":{"model":"gpt-4o-mini-transcribe","language":"de"},
                           "turn_detection":{"type":"server_vad","silence_duration_ms":300,
                             "create_response":true,"interrupt_response":true}},
                          "output":{"format":{"type":"audio/pcmu"},"voice":"marin"}}}}"""));
        assertThat(new SessionConfig(WireFormat.PCM, settings("", "")).update())
                .contains("{\"type\":\"audio/pcm\",\"rate\":24000}")
                .doesNotContain("instructions", "language");
    }

    @Test
    void whatWasSetIsAskedForAndNothingElse() {
        SessionTuning tuning = new SessionTuning(
                new TurnDetection.SemanticVad("low"), "", "far_field", OptionalInt.of(800), 1.2, 3_300);
        assertThat(new JsonObject(new SessionConfig(
                                        WireFormat.PCMU, settings("", "de").with(tuning))
                                .update())
                        .getJsonObject("session"))
                .isEqualTo(new JsonObject("""
                        {"type":"realtime","output_modalities":["audio"],"max_output_tokens":800,
                         "audio":{"input":{"format":{"type":"audio/pcmu"},"noise_reduction":{"type":"far_field"},
                           "turn_detection":{"type":"semantic_vad","eagerness":"low",
                             "create_response":true,"interrupt_response":true}},
                          "output":{"format":{"type":"audio/pcmu"},"voice":"marin","speed":1.2}}}"""));
    }

    @Test
    void anAppendedFrameIsBase64OfAnyLengthInOneArray() {
        AppendMessage append = new AppendMessage();
        for (int length : new int[] {160, 0, 1, 2, 3, 4, 959, 960, 161}) {
            byte[] wire = new byte[length];
            for (int i = 0; i < length; i++) {
                wire[i] = (byte) (37 * i + length);
            }
            int total = append.build(wire, length);
            assertThat(new String(append.bytes(), 0, total, StandardCharsets.US_ASCII))
                    .isEqualTo("{\"type\":\"input_audio_buffer.append\",\"audio\":\""
                            + Base64.getEncoder().encodeToString(wire) + "\"}");
        }
    }

    @Test
    void ourMessagesAreWhatTheProtocolWants() {
        assertThat(ClientMessages.truncate("i1", 1_240))
                .isEqualTo(
                        "{\"type\":\"conversation.item.truncate\",\"item_id\":\"i1\",\"content_index\":0,\"audio_end_ms\":1240}");
        assertThat(ClientMessages.delete("i1")).isEqualTo("{\"type\":\"conversation.item.delete\",\"item_id\":\"i1\"}");
        assertThat(ClientMessages.item(Utterance.caller("Hallo \"du\"")))
                .isEqualTo("{\"type\":\"conversation.item.create\",\"item\":{\"type\":\"message\",\"role\":\"user\","
                        + "\"content\":[{\"type\":\"input_text\",\"text\":\"Hallo \\\"du\\\"\"}]}}");
        assertThat(ClientMessages.item(Utterance.assistant("Am Montag", true)))
                .contains("\"role\":\"assistant\"", "{\"type\":\"output_text\",\"text\":\"Am Montag …\"}");
    }

    private static RealtimeSettings settings(String instructions, String language) {
        return new RealtimeSettings(URI.create("wss://x.example"), "k", "m", "marin", instructions, language);
    }

    private static RealtimeMessage decode(String json) {
        return RealtimeCodec.decode(json.getBytes(StandardCharsets.UTF_8));
    }
}
