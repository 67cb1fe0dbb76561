package dev.tom.bridge.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tom.bridge.speech.realtime.AuthHeader;
import dev.tom.bridge.speech.realtime.ProxyAddress;
import dev.tom.bridge.speech.realtime.RealtimeSettings;
import dev.tom.bridge.speech.realtime.SessionTuning;
import dev.tom.bridge.speech.realtime.TurnDetection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RealtimeParserTest {

    @Test
    void nothingStatedIsTheUsualSession() {
        RealtimeSettings settings = ConfigParser.parse(Map.of()).realtime();

        assertThat(settings.tuning()).isEqualTo(SessionTuning.DEFAULT);
        assertThat(settings.authHeader()).isEqualTo(AuthHeader.AUTO);
    }

    @Test
    void aProxyIsHostAndPortAndSeesNothingInTheClear() {
        assertThat(ConfigParser.parse(Map.of()).realtime().proxy()).isEmpty();
        assertThat(ConfigParser.parse(Map.of("PROVIDER_PROXY", "http://pilot-gateway.voice.svc:3128"))
                        .realtime()
                        .proxy())
                .contains(new ProxyAddress("pilot-gateway.voice.svc", 3128));
        assertThat(catchThrowableOfType(
                        ConfigException.class,
                        () -> ConfigParser.parse(Map.of(
                                "PROVIDER_PROXY", "http://gateway:3128", "REALTIME_WS_URL", "ws://127.0.0.1:9100/"))))
                .hasMessage(
                        "PROVIDER_PROXY needs a REALTIME_WS_URL with wss://: the proxy would hear and see everything");
    }

    @Test
    void everythingStatedArrives() {
        RealtimeSettings settings = ConfigParser.parse(Map.of(
                        "REALTIME_AUTH_HEADER", "api-key",
                        "REALTIME_SILENCE_MS", "450",
                        "REALTIME_VAD_THRESHOLD", "0.62",
                        "REALTIME_TRANSCRIPTION_MODEL", "gpt-realtime-whisper",
                        "REALTIME_NOISE_REDUCTION", "near_field",
                        "REALTIME_MAX_OUTPUT_TOKENS", "4096",
                        "REALTIME_SPEED", "1.1",
                        "REALTIME_MAX_SESSION_SEC", "1200"))
                .realtime();

        assertThat(settings.authHeader()).isEqualTo(AuthHeader.API_KEY);
        assertThat(settings.tuning())
                .isEqualTo(new SessionTuning(
                        new TurnDetection.ServerVad(450, 0.62),
                        "gpt-realtime-whisper",
                        "near_field",
                        OptionalInt.of(4_096),
                        1.1,
                        1_200));
    }

    @Test
    void turnsCanEndByWhatWasSaidAndNothingNeedBeWrittenDown() {
        SessionTuning tuning = ConfigParser.parse(Map.of(
                        "REALTIME_TURN_DETECTION", "semantic_vad",
                        "REALTIME_EAGERNESS", "high",
                        "REALTIME_TRANSCRIPTION_MODEL", "off"))
                .realtime()
                .tuning();

        assertThat(tuning.turnDetection()).isEqualTo(new TurnDetection.SemanticVad("high"));
        assertThat(tuning.transcriptionModel()).isEmpty();
    }

    /** A provider that was told to wait must not be called silent for it. */
    @ParameterizedTest
    @CsvSource({
        "REALTIME_SILENCE_MS=300, 0",
        "REALTIME_SILENCE_MS=200, 0",
        "REALTIME_SILENCE_MS=900, 600",
        "REALTIME_TURN_DETECTION=semantic_vad, 4000"
    })
    void theWatchdogWaitsWithTheProvider(String stated, long millis) {
        String[] one = stated.split("=");

        assertThat(ConfigParser.parse(Map.of(one[0], one[1])).desk().patienceMillis())
                .isEqualTo(millis);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "REALTIME_SILENCE_MS=100|REALTIME_SILENCE_MS=100 is not valid: give a whole number from 200 to 2000",
                "REALTIME_VAD_THRESHOLD=1.5|REALTIME_VAD_THRESHOLD=1.5 is not valid: give a number from 0.0 to 1.0",
                "REALTIME_SPEED=fast|REALTIME_SPEED=fast is not valid: give a number from 0.25 to 1.5",
                "REALTIME_MAX_OUTPUT_TOKENS=5000|REALTIME_MAX_OUTPUT_TOKENS=5000 is not valid: give a whole number from 1 to 4096, or inf for no limit",
                "REALTIME_MAX_SESSION_SEC=10|REALTIME_MAX_SESSION_SEC=10 is not valid: give a whole number from 60 to 86400",
                "REALTIME_AUTH_HEADER=basic|REALTIME_AUTH_HEADER=basic is not valid: give auto or bearer or api-key",
                "REALTIME_NOISE_REDUCTION=on|REALTIME_NOISE_REDUCTION=on is not valid: give off or near_field or far_field",
                "REALTIME_EAGERNESS=low|REALTIME_EAGERNESS is for REALTIME_TURN_DETECTION=semantic_vad only: set that, or take REALTIME_EAGERNESS out",
                "REALTIME_TURN_DETECTION=semantic_vad REALTIME_SILENCE_MS=300|REALTIME_SILENCE_MS is for REALTIME_TURN_DETECTION=server_vad only: set that, or take REALTIME_SILENCE_MS out",
                "REALTIME_TURN_DETECTION=semantic_vad REALTIME_VAD_THRESHOLD=0.4|REALTIME_VAD_THRESHOLD is for REALTIME_TURN_DETECTION=server_vad only: set that, or take REALTIME_VAD_THRESHOLD out"
            })
    void aBadValueOrCombinationIsOneSentence(String stated, String sentence) {
        Map<String, String> settings = new LinkedHashMap<>();
        for (String one : stated.split(" ")) {
            settings.put(one.substring(0, one.indexOf('=')), one.substring(one.indexOf('=') + 1));
        }
        ConfigException wrong = catchThrowableOfType(ConfigException.class, () -> ConfigParser.parse(settings));

        assertThat(wrong.problems()).containsExactly(sentence);
    }
}
