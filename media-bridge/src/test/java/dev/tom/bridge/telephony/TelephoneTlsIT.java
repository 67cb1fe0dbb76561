package dev.tom.bridge.telephony;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.tom.bridge.telephony.access.Auth;
import dev.tom.bridge.telephony.access.SourceLimits;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** TLS on the telephone port, with real certificates that change under a live call. */
class TelephoneTlsIT {

    @TempDir
    Path folder;

    private TlsFiles files = new TlsFiles(Path.of(""), Path.of(""));

    @BeforeEach
    void name() {
        files = new TlsFiles(folder.resolve("tls.crt"), folder.resolve("tls.key"));
    }

    @Test
    void aNewCertificateIsShownToNewSocketsWhileOldOnesLiveOn() throws Exception {
        MadeCertificate first = made("RSA");
        MadeCertificate second = made("EC");
        first.into(files);
        try (var telephony = running();
                var live = upgraded(telephony)) {
            assertThat(shown(telephony)).isEqualTo(first.certificate());
            live.text("{\"callId\":\"c-1\"}");
            await().until(() -> telephony.recorder.calls.size() == 1);

            second.into(files);
            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(() -> assertThat(shown(telephony)).isEqualTo(second.certificate()));
            assertThat(telephony.certificateEnds)
                    .containsExactly(
                            first.certificate().getNotAfter().toInstant(),
                            second.certificate().getNotAfter().toInstant());

            live.binary(new byte[320]);
            await().until(() -> telephony.recorder.calls.getFirst().pcm().length == 320);
            telephony.recorder.calls.getFirst().act(socket -> socket.play(new short[160]));
            await().until(() -> live.received(RawSwitch.BINARY).size() == 1);
            try (var fresh = upgraded(telephony)) {
                assertThat(fresh.ended()).isFalse();
            }
        }
    }

    @Test
    void filesThatCannotBeUsedChangeNothing() throws Exception {
        MadeCertificate first = made("RSA");
        MadeCertificate second = made("RSA");
        MadeCertificate expired = MadeCertificate.of(folder, "EC", "-30d", 10);
        first.into(files);
        try (var telephony = running()) {
            var marker = made("EC");
            for (Change change : new Change[] {
                () -> Files.writeString(files.certificate(), second.chain()),
                () -> Files.writeString(files.certificate(), "nonsense"),
                () -> expired.into(files),
                () -> Files.delete(files.key())
            }) {
                change.make();
                // Two looks at the files later the good one is still shown.
                await().pollDelay(Duration.ofSeconds(4))
                        .atMost(Duration.ofSeconds(20))
                        .untilAsserted(() -> assertThat(shown(telephony)).isEqualTo(first.certificate()));
            }
            assertThat(telephony.certificateEnds).hasSize(1);
            marker.into(files);
            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(() -> assertThat(shown(telephony)).isEqualTo(marker.certificate()));
        }
    }

    @Test
    void aStartWithFilesThatDoNotBelongTogetherSaysSo() throws Exception {
        made("RSA").into(files);
        Files.writeString(files.key(), made("RSA").key());
        assertThatThrownBy(this::running)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage(
                        "TELEPHONY_TLS_CERT and TELEPHONY_TLS_KEY cannot be used: the key is not the certificate's");
    }

    private interface Change {
        void make() throws IOException;
    }

    private MadeCertificate made(String type) {
        return MadeCertificate.of(folder, type, "-1d", 30);
    }

    private RunningTelephony running() {
        return new RunningTelephony(
                new TelephonySettings(
                        "127.0.0.1",
                        0,
                        new Auth.None(),
                        "",
                        Optional.empty(),
                        SourceLimits.DEFAULT,
                        120,
                        Optional.of(files)),
                TelephonyLimits.DEFAULT);
    }

    private static RawSwitch upgraded(RunningTelephony telephony) throws IOException, GeneralSecurityException {
        var caller = new RawSwitch(connected(telephony, new AtomicReference<>()));
        assertThat(caller.request(RawSwitch.upgrade("/v1/fork"))).startsWith("HTTP/1.1 101 ");
        return caller;
    }

    private static Certificate shown(RunningTelephony telephony) throws IOException, GeneralSecurityException {
        var seen = new AtomicReference<Certificate>();
        connected(telephony, seen).close();
        return Objects.requireNonNull(seen.get());
    }

    private static Socket connected(RunningTelephony telephony, AtomicReference<Certificate> seen)
            throws IOException, GeneralSecurityException {
        var noting = new X509TrustManager() {
            @Override
            public void checkClientTrusted(X509Certificate[] chain, String type) {}

            @Override
            public void checkServerTrusted(X509Certificate[] chain, String type) {
                seen.set(chain[0]);
            }

            @Override
            public X509Certificate[] getAcceptedIssuers() {
                return new X509Certificate[0];
            }
        };
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] {noting}, new SecureRandom());
        var socket =
                (SSLSocket) context.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), telephony.port);
        socket.startHandshake();
        return socket;
    }
}
