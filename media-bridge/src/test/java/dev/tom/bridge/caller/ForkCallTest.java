package dev.tom.bridge.caller;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.tom.bridge.audio.AudioFormat;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ForkCallTest {

    @Test
    void theRateGoesIntoTheQueryAndTheQueryIsKept() {
        assertThat(call("ws://h:1/v1/fork").url()).hasToString("ws://h:1/v1/fork?rate=16000");
        assertThat(call("wss://h/v1/fork?playback=file&a=%26").url())
                .hasToString("wss://h/v1/fork?playback=file&a=%26&rate=16000");
    }

    @Test
    void anAddressThatIsNoneIsRefusedWithASentence() {
        for (String wrong : new String[] {"http://h/v1/fork", "ws:///x", "h:8080", "ws://u:p@h/", "ws://h/ x"}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> call(wrong))
                    .withMessageStartingWith("The bridge's address must be a ws:// or wss:// URL without a user");
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> call("ws://h/v1/fork?rate=8000"))
                .withMessageContaining("give --rate");
    }

    @Test
    void aCallIdIsAddedOnlyWhereNoneIs() {
        assertThat(call("ws://h/").withCallId("c-1").metadata().encode()).isEqualTo("{\"callId\":\"c-1\"}");
        ForkCall named = ForkCall.of("ws://h/", AudioFormat.NARROWBAND, Optional.empty(), "{\"callId\":\"mine\"}");
        assertThat(named.withCallId("c-1").metadata().getString("callId")).isEqualTo("mine");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ForkCall.of("ws://h/", AudioFormat.NARROWBAND, Optional.empty(), "callId=1"))
                .withMessageContaining("JSON object");
    }

    @Test
    void noSecretIsShown() {
        ForkCall call = call("ws://h:1/v1/fork?token=secret-1").withBearer("secret-2");
        assertThat(call.toString() + call.place()).doesNotContain("secret");
        assertThat(ForkCall.basic("user:pass")).isEqualTo("Basic dXNlcjpwYXNz");
    }

    @Test
    void aCallThatFailedIsExplainedInOneSentence() {
        assertThat(ForkLine.ending("ws://h:1/v1/fork", new ConnectException("Connection refused")))
                .isEqualTo(new Line.Ending(
                        "unreachable", "No bridge listens at ws://h:1/v1/fork: check that it runs, and the address."));
        assertThat(ForkLine.ending("ws://h:1/v1/fork", new UnknownHostException("h"))
                        .sentence())
                .contains("does not resolve");
    }

    private static ForkCall call(String url) {
        return ForkCall.of(url, AudioFormat.WIDEBAND, Optional.empty(), "");
    }
}
