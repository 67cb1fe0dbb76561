package dev.tom.bridge.speech.realtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.awaitility.Awaitility.await;

import dev.tom.bridge.call.egress.EgressTerms;
import dev.tom.bridge.speech.FailureReason;
import dev.tom.bridge.speech.SpeechEvent;
import dev.tom.bridge.speech.SpeechLink;
import dev.tom.testkit.ProviderOptions;
import dev.tom.testkit.Speech;
import dev.tom.testkit.SquidProcess;
import io.vertx.core.net.PfxOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The way to the provider through a proxy: a real Squid, and proxies that say what Squid only says with accounts. */
class RealtimeProxyIT {

    private static final String NO_STATUS = "";

    @TempDir
    private Path keys;

    @TempDir
    private Path squidFolder;

    private PfxOptions trust;
    private LinkRig rig;

    @BeforeEach
    void providerStarts() throws Exception {
        Path store = SelfSigned.store(keys);
        trust = new PfxOptions().setPath(store.toString()).setPassword("changeit");
        rig = new LinkRig(ProviderOptions.standard(LinkRig.KEY).withTls(store, "changeit"));
    }

    @AfterEach
    void stop() {
        rig.close();
    }

    @Test
    void aConversationGoesThroughTheProxyAndEndsWithThePermit() throws IOException {
        int port = freePort();
        try (SquidProcess squid = squid(port, "http_access allow all")) {
            SpeechLink link = open(provider(), port, LinkRig.PATIENT);
            rig.awaitEvent(SpeechEvent.Ready.class);
            rig.say(link, Speech.CALLER_HOURS);
            rig.awaitEvent(SpeechEvent.AnswerAudio.class);
            assertThat(rig.guard.snapshot().sockets()).isOne();

            Instant stop = Instant.now();
            rig.guard.configured(EgressTerms.NOT_ALLOWED);
            await().until(() -> rig.provider.openSockets() == 0);
            assertThat(rig.provider.bytesAfter(stop.plusMillis(50))).isZero();
            await().until(() -> rig.guard.snapshot().sockets() == 0);
            await().untilAsserted(() -> assertThat(squid.log())
                    .containsPattern("CONNECT localhost:" + rig.provider.url().getPort() + " 200"));
        }
    }

    @Test
    void aProxyThatDiesInTheConversationIsALostSocket() throws IOException {
        int port = freePort();
        try (SquidProcess squid = squid(port, "http_access allow all")) {
            open(provider(), port, new LinkTimings(10_000, 10_000, 15_000, 60, 0));
            rig.awaitEvent(SpeechEvent.Ready.class);

            squid.kill();

            assertThat(rig.awaitEvent(SpeechEvent.Failed.class).reason()).isEqualTo(FailureReason.SOCKET_CLOSED);
            await().until(() -> rig.guard.snapshot().sockets() == 0);
        }
    }

    @Test
    void whatTheProxyForbidsIsOneSentence() throws IOException {
        int port = freePort();
        try (SquidProcess squid = squid(port, "http_access deny all")) {
            open(provider(), port, LinkRig.PATIENT);

            fails(
                    FailureReason.MISCONFIGURED,
                    "The proxy does not let connections to the provider through (HTTP 403, ERR_ACCESS_DENIED 0): check"
                            + " PROVIDER_PROXY and what the proxy allows.");
            assertThat(rig.provider.connectionCount()).isZero();
        }
    }

    @Test
    void aProviderThatTheProxyCannotReachIsOneSentence() throws IOException {
        int port = freePort();
        try (SquidProcess squid = squid(port, "http_access allow all")) {
            open(URI.create("wss://localhost:" + freePort() + "/v1/realtime"), port, LinkRig.PATIENT);

            fails(
                    FailureReason.UNREACHABLE,
                    "The proxy cannot reach the provider (HTTP 503, ERR_CONNECT_FAIL 111): check REALTIME_WS_URL and the"
                            + " proxy's way out.");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "407 Proxy Authentication Required | MISCONFIGURED | The proxy wants a password (HTTP 407): set PROVIDER_PROXY to one that lets this bridge in without.",
                "502 Bad Gateway | UNREACHABLE | The proxy cannot reach the provider (HTTP 502): check REALTIME_WS_URL and the proxy's way out.",
                "429 Too Many Requests | REFUSED | The proxy refused the connection (HTTP 429).",
            })
    void otherAnswers(String status, FailureReason reason, String sentence) throws IOException {
        try (ServerSocket proxy = answering("HTTP/1.1 " + status + "\r\nContent-Length: 0\r\n\r\n")) {
            open(provider(), proxy.getLocalPort(), LinkRig.PATIENT);
            fails(reason, sentence);
        }
    }

    @Test
    void aProxyThatSaysNothingIsGivenUp() throws IOException {
        try (ServerSocket proxy = answering(NO_STATUS)) {
            open(provider(), proxy.getLocalPort(), new LinkTimings(500, 10_000, 15_000, 60, 2_000));
            fails(FailureReason.TIMEOUT, "The provider did not accept the connection within 500 ms.");
        }
    }

    @Test
    void aProxyThatIsNotThere() throws IOException {
        open(provider(), freePort(), LinkRig.PATIENT);
        fails(FailureReason.UNREACHABLE, "The proxy cannot be reached: check PROVIDER_PROXY and that the proxy runs.");
    }

    @Test
    void aProxyWithoutAName() {
        rig.open(settings(provider(), new ProxyAddress("no-such-proxy.invalid", 3128)), LinkRig.PATIENT, trust);
        fails(
                FailureReason.UNREACHABLE,
                "The proxy's name does not resolve: check PROVIDER_PROXY and the cluster's DNS.");
    }

    private URI provider() {
        return URI.create("wss://localhost:" + rig.provider.url().getPort() + "/v1/realtime");
    }

    private SpeechLink open(URI url, int proxyPort, LinkTimings timings) {
        return rig.open(settings(url, new ProxyAddress("127.0.0.1", proxyPort)), timings, trust);
    }

    private static RealtimeSettings settings(URI url, ProxyAddress proxy) {
        return new RealtimeSettings(url, LinkRig.KEY, "gpt-test", "marin", "Sei freundlich.", "de").behind(proxy);
    }

    private void fails(FailureReason reason, String sentence) {
        SpeechEvent.Failed failed = rig.awaitEvent(SpeechEvent.Failed.class);
        assertThat(failed).isEqualTo(new SpeechEvent.Failed(reason, sentence));
        await().until(() -> rig.guard.snapshot().sockets() == 0);
        assertThat(rig.events()).hasSize(1);
    }

    private SquidProcess squid(int port, String rule) throws IOException {
        if (!SquidProcess.isInstalled()) {
            if ("true".equals(System.getenv("CI"))) {
                fail(SquidProcess.ABSENT);
            }
            Assumptions.abort(SquidProcess.ABSENT);
        }
        return SquidProcess.start("""
                http_port 127.0.0.1:%d
                %s
                cache deny all
                pid_filename none
                netdb_filename none
                pinger_enable off
                logformat short %%rm %%ru %%>Hs
                access_log stdio:/dev/stdout short
                cache_log /dev/null
                visible_hostname proxy
                """.formatted(port, rule), port, squidFolder);
    }

    private static ServerSocket answering(String answer) throws IOException {
        var server = new ServerSocket(0, 8, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(() -> {
            while (!server.isClosed()) {
                try {
                    Socket socket = server.accept();
                    socket.getInputStream().read(new byte[4_096]);
                    socket.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
                } catch (IOException e) {
                    return;
                }
            }
        });
        return server;
    }

    private static int freePort() throws IOException {
        try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return free.getLocalPort();
        }
    }
}
