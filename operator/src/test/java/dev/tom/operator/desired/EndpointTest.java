package dev.tom.operator.desired;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EndpointTest {

    @ParameterizedTest
    @CsvSource({
        "wss://api.openai.com/v1/realtime, api.openai.com, 443",
        "wss://api.openai.com:8443/v1/realtime?a=b, api.openai.com, 8443",
        "ws://127.0.0.1:9000, 127.0.0.1, 9000",
        "ws://localhost/, localhost, 80",
        "http://llm.voice.svc:8080/v1, llm.voice.svc, 8080",
        "https://[2001:db8::7]/v1, 2001:db8::7, 443",
        "wss://host:70000/, host, 443",
        "wss://ho st/{x}, , 443",
        "nonsense, , 80"
    })
    void hostAndPort(String url, String host, int port) {
        assertThat(Endpoint.of(url)).isEqualTo(new Endpoint(Optional.ofNullable(host), port));
    }
}
