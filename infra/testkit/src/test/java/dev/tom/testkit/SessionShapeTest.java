package dev.tom.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The scripted provider is as strict as the service: what the beta called otherwise is refused, so no client can live on it. */
class SessionShapeTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "modalities",
                "voice",
                "input_audio_format",
                "output_audio_format",
                "input_audio_transcription",
                "input_audio_noise_reduction",
                "turn_detection",
                "max_response_output_tokens",
                "temperature",
                "speed"
            })
    void theBetasFieldsAreUnknown(String field) {
        assertThat(SessionShape.check(new JsonObject().put("type", "realtime").put(field, "x")))
                .hasValueSatisfying(flaw -> {
                    assertThat(flaw.code()).isEqualTo("unknown_parameter");
                    assertThat(flaw.param()).isEqualTo("session." + field);
                });
    }

    @ParameterizedTest
    @ValueSource(strings = {"pcm16", "g711_ulaw", "g711_alaw"})
    void theBetasFormatsAreNone(String format) {
        JsonObject input = new JsonObject().put("format", new JsonObject().put("type", format));
        JsonObject session =
                new JsonObject().put("type", "realtime").put("audio", new JsonObject().put("input", input));

        assertThat(SessionShape.check(session))
                .hasValueSatisfying(flaw -> assertThat(flaw.code()).isEqualTo("invalid_value"));
    }

    @Test
    void aSessionWithoutAKindIsIncomplete() {
        assertThat(SessionShape.check(new JsonObject().put("output_modalities", new JsonArray().add("audio"))))
                .hasValueSatisfying(flaw -> assertThat(flaw.code()).isEqualTo("missing_required_parameter"));
    }
}
