package dev.tom.bridge.speech.realtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tom.bridge.speech.FailureReason;
import dev.tom.bridge.speech.realtime.ProviderTrouble.Meaning;
import io.vertx.core.http.WebSocketConnectOptions;
import java.net.URI;
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
        "400, REFUSED",
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
        "invalid_request_error, insufficient_quota, Over[reason=RATE_LIMITED]",
        "invalid_request_error, beta_api_shape_disabled, Over[reason=PROTOCOL]",
        "invalid_request_error, session_expired, Over[reason=SESSION_EXPIRED]",
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
