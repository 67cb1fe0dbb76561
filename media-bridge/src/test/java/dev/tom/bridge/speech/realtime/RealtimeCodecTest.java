package dev.tom.bridge.speech.realtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tom.bridge.speech.TokenUsage;
import dev.tom.bridge.speech.Utterance;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RealtimeCodecTest {

    @Test
    void audioIsDecodedWhereverTheTypeStands() {
        String ids = "\"response_id\":\"r1\",\"item_id\":\"i1\",\"output_index\":0,\"content_index\":0";
        for (String json : new String[] {
            "{\"type\":\"response.output_audio.delta\"," + ids + ",\"delta\":\"/38A\"}",
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
                .isEqualTo(new RealtimeMessage.CallerTranscript("u1", "Für zwölf Uhr."));
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

        assertThat(done.usage()).isEqualTo(new TokenUsage(50, 80, 50, 10, 0, 0));
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
    void anUnknownEventIsKeptAsItCame() {
        RealtimeMessage.Unknown unknown = (RealtimeMessage.Unknown)
                decode(
                        "{\"type\":\"rate_limits.updated\",\"rate_limits\":[{\"name\":\"tokens\",\"remaining\":7.5,\"x\":null}]}");

        assertThat(unknown.type()).isEqualTo("rate_limits.updated");
        assertThat(unknown.fields().encode())
                .isEqualTo(
                        "{\"type\":\"rate_limits.updated\",\"rate_limits\":[{\"name\":\"tokens\",\"remaining\":7.5,\"x\":null}]}");
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
        assertThat(new JsonObject(new SessionConfig(WireFormat.PCMU, "marin", "Sei kurz.", "de").update()))
                .isEqualTo(new JsonObject("""
                        {"type":"session.update","event_id":"session-config","session":{"type":"realtime",
                         "output_modalities":["audio"],"instructions":"Sei kurz.",
                         "audio":{"input":{"format":{"type":"audio/pcmu"},
                           "transcription":{"model":"gpt-4o-mini-transcribe","language":"de"},
                           "turn_detection":{"type":"server_vad","silence_duration_ms":300,
                             "create_response":true,"interrupt_response":true}},
                          "output":{"format":{"type":"audio/pcmu"},"voice":"marin"}}}}"""));
        assertThat(new SessionConfig(WireFormat.PCM, "marin", "", "").update())
                .contains("{\"type\":\"audio/pcm\",\"rate\":24000}")
                .doesNotContain("instructions", "language");
    }

    @Test
    void ourMessagesAreWhatTheProtocolWants() {
        assertThat(ClientMessages.append(new byte[] {-1, 0x7f, 0}))
                .isEqualTo("{\"type\":\"input_audio_buffer.append\",\"audio\":\"/38A\"}");
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

    private static RealtimeMessage decode(String json) {
        return RealtimeCodec.decode(json.getBytes(StandardCharsets.UTF_8));
    }
}
