package dev.tom.bridge.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tom.bridge.preflight.WayTry.Outcome;
import java.net.URI;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class WayFindingTest {

    private static final Endpoint PROVIDER = Endpoint.of(URI.create("wss://api.example.com/v1/realtime"));
    private static final Route DIRECT = Route.ofCalls(PROVIDER, Optional.empty());
    private static final Route PROXIED =
            Route.ofCalls(PROVIDER, Optional.of(Endpoint.of(URI.create("http://[fd00::7]:3128"))));

    static Stream<Arguments> directly() {
        return Stream.of(
                Arguments.of(
                        new Outcome.Unresolved(),
                        "unresolved",
                        "The name api.example.com does not resolve: check spec.provider.url and the cluster's DNS."),
                Arguments.of(
                        new Outcome.Refused("Connection refused"),
                        "no_connection",
                        "No connection to api.example.com:443 (Connection refused): check egress ranges and firewalls on the way."),
                Arguments.of(
                        new Outcome.TimedOut(),
                        "no_connection",
                        "No connection to api.example.com:443 (no answer): check egress ranges and firewalls on the way."),
                Arguments.of(
                        new Outcome.TlsRefused("certificate: expired"),
                        "tls_refused",
                        "TLS with api.example.com:443 failed (certificate: expired): check the address, and whether something on the way breaks TLS open."));
    }

    @ParameterizedTest
    @MethodSource("directly")
    void aTryThatFailedIsOneSentence(Outcome outcome, String state, String sentence) {
        assertThat(WayFinding.of(outcome, DIRECT)).isEqualTo(Finding.bad(state, sentence));
    }

    static Stream<Arguments> throughAProxy() {
        return Stream.of(
                Arguments.of(
                        new Outcome.Unresolved(),
                        "unresolved",
                        "The name fd00::7 does not resolve: check PROVIDER_PROXY and the cluster's DNS."),
                Arguments.of(
                        new Outcome.Refused("Connection refused"),
                        "no_connection",
                        "No connection to the proxy [fd00::7]:3128 (Connection refused): check PROVIDER_PROXY and that the proxy runs."),
                Arguments.of(
                        new Outcome.TimedOut(),
                        "no_connection",
                        "No connection to the proxy [fd00::7]:3128 (no answer): check PROVIDER_PROXY and that the proxy runs."),
                Arguments.of(
                        new Outcome.NoTunnel("no answer in time"),
                        "proxy_refused",
                        "The proxy [fd00::7]:3128 made no tunnel (no answer in time): check PROVIDER_PROXY, and that an HTTP proxy listens there."),
                Arguments.of(
                        new Outcome.ProxyRefused(403, "HTTP 403, ERR_ACCESS_DENIED 0"),
                        "proxy_refused",
                        "The proxy [fd00::7]:3128 does not let connections through to api.example.com:443 (HTTP 403, ERR_ACCESS_DENIED 0): check PROVIDER_PROXY and what the proxy allows."),
                Arguments.of(
                        new Outcome.ProxyRefused(407, "HTTP 407"),
                        "proxy_refused",
                        "The proxy [fd00::7]:3128 wants a password (HTTP 407): set PROVIDER_PROXY to one that lets this bridge in without."),
                Arguments.of(
                        new Outcome.ProxyRefused(503, "HTTP 503, ERR_CONNECT_FAIL 111"),
                        "proxy_refused",
                        "The proxy [fd00::7]:3128 cannot reach api.example.com:443 (HTTP 503, ERR_CONNECT_FAIL 111): check spec.provider.url and the proxy's way out."),
                Arguments.of(
                        new Outcome.ProxyRefused(429, "HTTP 429"),
                        "proxy_refused",
                        "The proxy [fd00::7]:3128 refused a tunnel to api.example.com:443 (HTTP 429): read the proxy's log."),
                Arguments.of(
                        new Outcome.TlsRefused("no answer in time"),
                        "tls_refused",
                        "TLS with api.example.com:443 failed (no answer in time): check the address, and whether something on the way breaks TLS open."));
    }

    @ParameterizedTest
    @MethodSource("throughAProxy")
    void throughAProxyTheSentenceNamesWhoFailed(Outcome outcome, String state, String sentence) {
        assertThat(WayFinding.of(outcome, PROXIED)).isEqualTo(Finding.bad(state, sentence));
    }

    @Test
    void aTryThatCameThroughIsGood() {
        assertThat(WayFinding.of(new Outcome.Connected(), DIRECT)).isEqualTo(Finding.good("reached"));
        assertThat(WayFinding.of(new Outcome.Connected(), PROXIED)).isEqualTo(Finding.good("reached"));
    }
}
