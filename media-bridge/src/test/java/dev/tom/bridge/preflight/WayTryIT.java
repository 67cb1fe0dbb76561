package dev.tom.bridge.preflight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.tom.bridge.preflight.FarSide.Visit;
import dev.tom.bridge.preflight.WayTry.Outcome;
import dev.tom.bridge.speech.realtime.SelfSigned;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One try on real sockets: what comes of it, how long it may take, and that the far side hears nothing. */
@Timeout(60)
class WayTryIT {

    /** Waits long enough for a machine that is busy with other builds. */
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private static final Duration SHORT = Duration.ofSeconds(1);
    /** For the same machine; a try that did not keep to its limit would take minutes, or for ever. */
    private static final Duration SLACK = Duration.ofSeconds(10);

    private static final String TLS_13 = "TLSv1.3";

    private static SSLContext keys;
    private static WayTry trusting;

    private final WayTry strict = new WayTry((SSLSocketFactory) SSLSocketFactory.getDefault());

    @BeforeAll
    static void certificate(@TempDir Path folder) throws Exception {
        keys = FarSide.keys(SelfSigned.store(folder));
        trusting = new WayTry(keys.getSocketFactory());
        // The first handshake of a JVM loads so much that a short limit could end before the step it is about.
        try (var provider = FarSide.withTls(keys, TLS_13)) {
            assertThat(trusting.once(wss("localhost", provider.port()), LIMIT)).isEqualTo(new Outcome.Connected());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {TLS_13, "TLSv1.2"})
    void aProviderWithATrustedCertificateIsReachedAndHearsNothing(String protocol) throws Exception {
        try (var provider = FarSide.withTls(keys, protocol)) {
            assertThat(trusting.once(wss("localhost", provider.port()), LIMIT)).isEqualTo(new Outcome.Connected());
            assertThat(provider.visit()).isEqualTo(new Visit(true, 0));
        }
    }

    @Test
    void aCertificateThatNobodyTrustsIsNamed() throws Exception {
        try (var provider = FarSide.withTls(keys, TLS_13)) {
            Route route = wss("localhost", provider.port());
            Outcome outcome = strict.once(route, LIMIT);

            assertThat(outcome)
                    .asInstanceOf(type(Outcome.TlsRefused.class))
                    .extracting(Outcome.TlsRefused::detail)
                    .asString()
                    .startsWith("certificate: PKIX path building failed");
            assertThat(WayFinding.of(outcome, route).sentence())
                    .startsWith("TLS with localhost:" + provider.port() + " failed (certificate: PKIX")
                    .endsWith("): check the address, and whether something on the way breaks TLS open.");
            assertThat(provider.visit().bytes()).isZero();
        }
    }

    @Test
    void aTrustedCertificateOfAnotherNameIsRefused() throws Exception {
        try (var provider = FarSide.withTls(keys, TLS_13)) {
            assertThat(trusting.once(wss("127.0.0.1", provider.port()), LIMIT))
                    .isEqualTo(new Outcome.TlsRefused(
                            "certificate: No subject alternative names matching IP address 127.0.0.1 found"));
            assertThat(provider.visit().bytes()).isZero();
        }
    }

    @Test
    void aClosedPortRefuses() throws Exception {
        int port = freePort();
        assertThat(trusting.once(wss("localhost", port), LIMIT)).isEqualTo(new Outcome.Refused("Connection refused"));
        assertThat(trusting.once(wss("localhost", port).direct(), LIMIT))
                .isEqualTo(new Outcome.Refused("Connection refused"));
    }

    /** Nothing listens there either, but that is not why the try fails. */
    @Test
    void aMachineWithoutAFreeFileHasNotTried() throws Exception {
        Process starved = new ProcessBuilder(
                        "sh",
                        "-c",
                        "ulimit -n 400 && exec \"$@\"",
                        "sh",
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        StarvedMain.class.getName(),
                        Integer.toString(freePort()))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        assertThat(starved.inputReader().readLine()).isEqualTo("NotTried[detail=Too many open files]");
        assertThat(starved.waitFor()).isZero();
    }

    @Test
    void aPortThatSwallowsConnectionsEndsWithTheLimit() throws Exception {
        try (var hole = new BlackHole()) {
            assertThat(within(SHORT, wss("localhost", hole.port()))).isEqualTo(new Outcome.TimedOut());
            assertThat(within(SHORT, wss("localhost", hole.port()).direct())).isEqualTo(new Outcome.TimedOut());
        }
    }

    @Test
    void aProviderThatNeverAnswersTheHandshakeEndsWithTheLimit() throws Exception {
        try (var silent = FarSide.plain()) {
            assertThat(within(SHORT, wss("localhost", silent.port())))
                    .isEqualTo(new Outcome.TlsRefused("no answer in time"));
            assertThat(silent.visit().handshake())
                    .as("over, so its socket is closed")
                    .isFalse();
        }
    }

    @Test
    void aNameWithoutAnAddressDoesNotResolve() {
        assertThat(trusting.once(wss("nowhere.invalid", 443), LIMIT)).isEqualTo(new Outcome.Unresolved());
    }

    @Test
    void theTryAfterTheEndClosesAtOnceWithNothingSent() throws Exception {
        try (var provider = FarSide.plain()) {
            assertThat(trusting.once(wss("localhost", provider.port()).direct(), LIMIT))
                    .isEqualTo(new Outcome.Connected());
            assertThat(provider.visit()).isEqualTo(new Visit(false, 0));
        }
    }

    @Test
    void aProxyIsAskedForATunnelAndTlsGoesFromEndToEnd() throws Exception {
        try (var provider = FarSide.withTls(keys, TLS_13);
                var proxy = ConnectProxy.to(provider.port())) {
            Route route = behind(proxy.port(), "localhost", provider.port());

            assertThat(trusting.once(route, LIMIT)).isEqualTo(new Outcome.Connected());
            String there = "localhost:" + provider.port();
            assertThat(proxy.head()).isEqualTo("CONNECT " + there + " HTTP/1.1\r\nHost: " + there + "\r\n\r\n");
            assertThat(provider.visit()).isEqualTo(new Visit(true, 0));

            assertThat(strict.once(route, LIMIT))
                    .asInstanceOf(type(Outcome.TlsRefused.class))
                    .extracting(Outcome.TlsRefused::detail)
                    .asString()
                    .startsWith("certificate: ");
        }
    }

    /** The proxy resolves the provider's name; the bridge may not be able to. */
    @Test
    void theNameOfTheProviderIsLeftToTheProxy() throws Exception {
        try (var provider = FarSide.withTls(keys, TLS_13);
                var proxy = ConnectProxy.to(provider.port())) {
            assertThat(trusting.once(behind(proxy.port(), "nowhere.invalid", 443), LIMIT))
                    .isEqualTo(new Outcome.TlsRefused(
                            "certificate: No subject alternative DNS name matching nowhere.invalid found."));
            assertThat(proxy.head()).startsWith("CONNECT nowhere.invalid:443 HTTP/1.1\r\n");
        }
    }

    @Test
    void theTryAfterTheEndGoesPastTheProxy() throws Exception {
        try (var provider = FarSide.plain();
                var proxy = FarSide.plain()) {
            assertThat(trusting.once(
                            behind(proxy.port(), "localhost", provider.port()).direct(), LIMIT))
                    .isEqualTo(new Outcome.Connected());
            assertThat(provider.visit()).isEqualTo(new Visit(false, 0));
            assertThat(proxy.hadOthers()).isFalse();
        }
    }

    @Test
    void whatTheProxyForbidsIsItsStatusAndItsWord() throws Exception {
        try (var proxy = ConnectProxy.saying("HTTP/1.1 403 Forbidden\r\nX-Squid-Error: ERR_ACCESS_DENIED 0\r\n\r\n")) {
            assertThat(trusting.once(behind(proxy.port(), "localhost", 443), LIMIT))
                    .isEqualTo(new Outcome.ProxyRefused(403, "HTTP 403, ERR_ACCESS_DENIED 0"));
        }
    }

    /** As for a session. */
    @Test
    void anotherGoodStatusIsNoTunnel() throws Exception {
        try (var proxy = ConnectProxy.saying("HTTP/1.1 204 No Content\r\n\r\n")) {
            assertThat(trusting.once(behind(proxy.port(), "localhost", 443), LIMIT))
                    .isEqualTo(new Outcome.ProxyRefused(204, "HTTP 204"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"SSH-2.0-OpenSSH_9.9\r\n\r\n", "HTTP/1.1 200\r\n", "HTTP/1.1 2000 OK\r\n\r\n"})
    void anAnswerThatIsNoneOfAProxyIsNoTunnel(String answer) throws Exception {
        try (var proxy = ConnectProxy.saying(answer + "x".repeat(ProxyTunnel.MAX_HEAD_BYTES))) {
            assertThat(trusting.once(behind(proxy.port(), "localhost", 443), LIMIT))
                    .isEqualTo(new Outcome.NoTunnel("no answer that can be used"));
        }
    }

    @Test
    void aSilentProxyEndsWithTheLimit() throws Exception {
        try (var proxy = ConnectProxy.saying("")) {
            assertThat(within(SHORT, behind(proxy.port(), "localhost", 443)))
                    .isEqualTo(new Outcome.NoTunnel("no answer in time"));
        }
    }

    @Test
    void aProxyThatIsNotThereRefuses() throws Exception {
        assertThat(trusting.once(behind(freePort(), "localhost", 443), LIMIT))
                .isEqualTo(new Outcome.Refused("Connection refused"));
    }

    private static Outcome within(Duration limit, Route route) {
        long begin = System.nanoTime();
        Outcome outcome = trusting.once(route, limit);
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(limit.plus(SLACK));
        return outcome;
    }

    private static Route wss(String host, int port) {
        return Route.ofCalls(new Endpoint(host, port, true), Optional.empty());
    }

    private static Route behind(int proxy, String host, int port) {
        return Route.ofCalls(new Endpoint(host, port, true), Optional.of(new Endpoint("localhost", proxy, false)));
    }

    private static int freePort() throws IOException {
        try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return free.getLocalPort();
        }
    }

    /** A listening port whose backlog is full: the kernel drops who wants to connect and says nothing. */
    private static final class BlackHole implements AutoCloseable {
        private static final int MOST = 64;

        private final ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        private final List<Socket> waiting = new ArrayList<>();

        BlackHole() throws IOException {
            while (connects()) {
                assertThat(waiting).hasSizeLessThan(MOST);
            }
        }

        private boolean connects() throws IOException {
            var socket = new Socket();
            waiting.add(socket);
            try {
                socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port()), 300);
                return true;
            } catch (SocketTimeoutException e) {
                return false;
            }
        }

        int port() {
            return server.getLocalPort();
        }

        @Override
        public void close() throws IOException {
            for (Socket socket : waiting) {
                socket.close();
            }
            server.close();
        }
    }
}
