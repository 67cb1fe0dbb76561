package dev.tom.bridge.speech.realtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tom.bridge.speech.FailureReason;
import dev.tom.bridge.speech.SpeechEvent;
import dev.tom.bridge.speech.realtime.ProviderTrouble.Meaning;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.UpgradeRejectedException;
import io.vertx.core.http.WebSocketConnectOptions;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where a session is opened, and what the provider's refusals mean. */
class ProviderRulesTest {

    @Test
    void theKeyGoesIntoTheBearerHeaderAndTheModelIntoTheQuery() {
        WebSocketConnectOptions request = request("wss://api.openai.com/v1/realtime", "gpt-realtime-2.1");

        assertThat(request.getHost()).isEqualTo("api.openai.com");
        assertThat(request.getPort()).isEqualTo(443);
        assertThat(request.isSsl()).isTrue();
        assertThat(request.getURI()).isEqualTo("/v1/realtime?model=gpt-realtime-2.1");
        assertThat(request.getHeaders().get("Authorization")).isEqualTo("Bearer sk-1");
        assertThat(request.getHeaders().contains("OpenAI-Beta")).isFalse();
        assertThat(request.getHeaders().contains("api-key")).isFalse();
    }

    @Test
    void azureWantsItsOwnHeader() {
        WebSocketConnectOptions request =
                request("wss://desk.openai.azure.com/openai/v1/realtime?tenant=a", "my deployment");

        assertThat(request.getURI()).isEqualTo("/openai/v1/realtime?tenant=a&model=my+deployment");
        assertThat(request.getHeaders().get("api-key")).isEqualTo("sk-1");
        assertThat(request.getHeaders().contains("Authorization")).isFalse();
    }

    @Test
    void aNameThatOnlyContainsAzuresIsNotAzure() {
        assertThat(request("wss://desk.openai.azure.com.example.org/v1", "m")
                        .getHeaders()
                        .contains("api-key"))
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "401, UNAUTHORIZED",
        "403, UNAUTHORIZED",
        "429, RATE_LIMITED",
        "400, MISCONFIGURED",
        "404, MISCONFIGURED",
        "500, REFUSED",
        "503, REFUSED"
    })
    void upgradeRefusals(int status, FailureReason reason) {
        assertThat(ProviderTrouble.ofUpgradeStatus(status)).isEqualTo(reason);
    }

    @ParameterizedTest
    @CsvSource({
        "3000, invalid_request_error.invalid_api_key, true, UNAUTHORIZED",
        "3000, invalid_request_error.invalid_api_key, false, UNAUTHORIZED",
        "3000, '', true, UNAUTHORIZED",
        "4000, invalid_request_error.beta_api_shape_disabled, true, MISCONFIGURED",
        "4000, '', true, MISCONFIGURED",
        "1008, insufficient_quota, false, NO_CREDIT",
        "1008, '', true, REFUSED",
        "1006, '', true, REFUSED",
        "1006, '', false, SOCKET_CLOSED",
        "1001, Session hit the maximum duration, false, SESSION_EXPIRED",
        "1001, '', true, REFUSED",
        "1011, '', false, SOCKET_CLOSED",
        "4000, '', false, SOCKET_CLOSED"
    })
    void closes(int code, String reason, boolean young, FailureReason meaning) {
        assertThat(ProviderTrouble.ofClose(code, reason, young)).isEqualTo(meaning);
    }

    @ParameterizedTest
    @CsvSource({
        "invalid_request_error, invalid_api_key, Over[reason=UNAUTHORIZED]",
        "invalid_request_error, insufficient_quota, Over[reason=NO_CREDIT]",
        "invalid_request_error, beta_api_shape_disabled, Over[reason=MISCONFIGURED]",
        "invalid_request_error, session_expired, Over[reason=SESSION_EXPIRED]",
        "invalid_request_error, account_deactivated, Over[reason=UNAUTHORIZED]",
        "insufficient_quota, '', Over[reason=NO_CREDIT]",
        "invalid_request_error, billing_hard_limit_reached, Over[reason=NO_CREDIT]",
        "invalid_request_error, model_not_found, Over[reason=MISCONFIGURED]",
        "invalid_request_error, rate_limit_exceeded, Counts[reason=RATE_LIMITED]",
        "invalid_request_error, input_audio_buffer_commit_empty, Benign[]",
        "invalid_request_error, missing_required_parameter, OurFault[]",
        "invalid_request_error, integer_below_min_value, OurFault[]",
        "server_error, '', Counts[reason=BACKEND_ERROR]",
        "server_error, inference_rate_limit_exceeded, Counts[reason=RATE_LIMITED]",
        "invalid_request_error, response_cancel_not_active, Benign[]",
        "invalid_request_error, conversation_already_has_active_response, Benign[]",
        "invalid_request_error, unknown_parameter, OurFault[]",
        "invalid_request_error, something_new, OurFault[]",
        "something_new, '', Counts[reason=BACKEND_ERROR]"
    })
    void errors(String type, String code, String meaning) {
        Meaning actual = ProviderTrouble.ofError(type, code);
        assertThat(actual).hasToString(meaning);
    }

    @Test
    void aTruncationBeyondTheLengthIsARaceAndTheSameCodeElsewhereIsOurFault() {
        assertThat(ProviderTrouble.ofError(
                        "invalid_request_error",
                        "invalid_value",
                        "Audio content of 1200ms is already shorter than 1240ms."))
                .isEqualTo(new Meaning.Benign());
        assertThat(ProviderTrouble.ofError("invalid_request_error", "invalid_value", "Invalid value: 'x'."))
                .isEqualTo(new Meaning.OurFault());
    }

    @ParameterizedTest
    @CsvSource({"30, 30", "' 5 ', 5", "86400, 120", "-1, 0", "'Wed, 21 Oct 2026 07:28:00 GMT', 0"})
    void aPauseThatIsAskedForIsKeptUpToABound(String header, long seconds) {
        var refusal = new UpgradeRejectedException(
                "no", 429, MultiMap.caseInsensitiveMultiMap().add("Retry-After", header), Buffer.buffer());
        var pause = new RetryAfter();
        pause.heard(refusal, 1_000);

        assertThat(pause.left(1_000)).isEqualTo(Duration.ofSeconds(seconds));
        assertThat(pause.left(1_000 + Duration.ofSeconds(seconds).toNanos())).isZero();
    }

    @Test
    void nobodyAskedForAPause() {
        var pause = new RetryAfter();
        pause.heard(new java.net.ConnectException(), 5);
        assertThat(pause.left(7)).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "wss://a.openai.azure.com/openai/v1/realtime, AUTO, /openai/v1/realtime?model=m, api-key",
        "wss://a.openai.azure.com/openai/realtime?api-version=2025-08-28, AUTO, /openai/realtime?api-version=2025-08-28&deployment=m, api-key",
        "wss://a.openai.azure.com/openai/realtime?api-version=1&deployment=d, AUTO, /openai/realtime?api-version=1&deployment=d, api-key",
        "wss://a.openai.azure.com/openai/v1/realtime, BEARER, /openai/v1/realtime?model=m, Authorization",
        "wss://a.services.ai.azure.com/openai/v1/realtime, AUTO, /openai/v1/realtime?model=m, api-key",
        "wss://eu.api.openai.com/v1/realtime, AUTO, /v1/realtime?model=m, Authorization",
        "wss://gateway.example/v1/realtime, API_KEY, /v1/realtime?model=m, api-key",
        "ws://127.0.0.1:8080/v1/realtime, AUTO, /v1/realtime?model=m, Authorization"
    })
    void addressesAndHeadersOfTheVendors(String url, AuthHeader header, String path, String carries) {
        WebSocketConnectOptions request = ProviderEndpoint.request(new RealtimeSettings(
                URI.create(url), "sk-1", "m", "marin", "", "de", header, SessionTuning.DEFAULT, Optional.empty()));

        assertThat(request.getURI()).isEqualTo(path);
        assertThat(request.getHeaders().names()).containsExactly(carries);
    }

    @ParameterizedTest
    @CsvSource({
        // age in seconds, told end in seconds from now (0: nothing), renewed after, ends after
        "3300, 3600, 3300, 3600",
        "3300, 0, 3300, 3600",
        "3300, 1800, 1500, 1800",
        "1200, 3600, 1200, 3600",
        "3300, 30, 3300, 3600",
        "3300, -500, 3300, 3600",
        "86400, 7200, 6900, 7200",
        "60, 240, 60, 240",
        "3300, 240, 120, 240"
    })
    void aSessionIsRenewedBeforeItsEnd(int age, long told, long renew, long end) {
        SessionTuning usual = SessionTuning.DEFAULT;
        SessionTuning tuning = new SessionTuning(usual.turnDetection(), "", "", OptionalInt.empty(), 1, age);
        OptionalLong expires = told == 0 ? OptionalLong.empty() : OptionalLong.of(1_790_000_000 + told);

        assertThat(SessionAge.lasting(tuning, expires, 1_790_000_000_000L))
                .isEqualTo(new SpeechEvent.Lasting(renew * 1_000, end * 1_000));
    }

    @Test
    void keysThatTheProviderRepeatsAreNotRepeatedByUs() {
        assertThat(ProviderTrouble.withoutKeys("Incorrect API key provided: sk-proj-ab****yz."))
                .isEqualTo("Incorrect API key provided: (key).");
        assertThat(settings("wss://x.example/v1", "m").toString()).doesNotContain("sk-1");
    }

    private static WebSocketConnectOptions request(String url, String model) {
        return ProviderEndpoint.request(settings(url, model));
    }

    private static RealtimeSettings settings(String url, String model) {
        return new RealtimeSettings(URI.create(url), "sk-1", model, "marin", "", "de");
    }
}
