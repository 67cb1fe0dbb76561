package dev.tom.bridge.telephony;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tom.bridge.telephony.CallAcceptor.Arrival;
import io.vertx.core.MultiMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SteeringTest {

    @ParameterizedTest
    @CsvSource({
        "ws://b:8080, /v1/fork, ws://b:8080/v1/fork?tom-hops=1",
        "ws://b:8080/, /v1/fork/t?rate=8000, ws://b:8080/v1/fork/t?rate=8000&tom-hops=1",
        "https://b/x, /v1/fork?tom-hops=1, https://b/x/v1/fork?tom-hops=2",
        "ws://b, /v1/fork?tom-hops=2&rate=8000, ws://b/v1/fork?tom-hops=3&rate=8000",
        "ws://b, /v1/fork?a=$1&tom-hops=1, ws://b/v1/fork?a=$1&tom-hops=2",
        "ws://b, /v1/fork?tom-hops=x, ws://b/v1/fork?tom-hops=1000",
    })
    void pathAndQueryAreTakenOverAndTheHopIsCounted(String base, String uri, String location) {
        assertThat(Steering.location(base, uri)).isEqualTo(location);
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "3, 3", "-1, 999", "12345, 999", "x, 999", "'', 999"})
    void aCountThatIsNoneOfOursStopsTheSteering(String count, int redirects) {
        MultiMap params = MultiMap.caseInsensitiveMultiMap().add(Steering.HOPS, count);
        assertThat(Steering.arrival(params, true)).isEqualTo(new Arrival(true, redirects));
    }

    @ParameterizedTest
    @CsvSource({"true", "false"})
    void aFirstRequestHasNoHops(boolean follows) {
        assertThat(Steering.arrival(MultiMap.caseInsensitiveMultiMap(), follows))
                .isEqualTo(new Arrival(follows, 0));
    }
}
