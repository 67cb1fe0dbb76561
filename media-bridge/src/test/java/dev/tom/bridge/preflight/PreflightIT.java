package dev.tom.bridge.preflight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tom.bridge.call.egress.EgressAsks;
import dev.tom.bridge.call.egress.EgressPermit;
import dev.tom.bridge.preflight.FarSide.Visit;
import dev.tom.bridge.preflight.WayTry.Outcome;
import dev.tom.bridge.speech.realtime.SelfSigned;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Both tries on the threads that make them, as the operator asks for them one after the other. */
@Timeout(60)
class PreflightIT {

    private static final EgressPermit CLOSED = new EgressPermit() {
        @Override
        public boolean open() {
            return false;
        }

        @Override
        public boolean openForNewSessions() {
            return false;
        }
    };

    @TempDir
    Path folder;

    @Test
    void theWayOfCallsIsTriedThroughTheirProxyAndTheCanaryGoesPastIt() throws Exception {
        SSLContext keys = FarSide.keys(SelfSigned.store(folder));
        try (var provider = FarSide.withTls(keys, "TLSv1.3");
                var proxy = ConnectProxy.to(provider.port());
                var preflight = new Preflight(
                                around(provider, proxy), CLOSED, InstantSource.system(), keys.getSocketFactory())
                        .start()) {
            warmUp(keys.getSocketFactory(), provider);
            preflight.asked(new EgressAsks(Optional.of(Instant.now().plusSeconds(3_600)), Optional.empty()));
            await().until(() -> preflight.snapshot().provider().equals(Finding.good("reached")));
            assertThat(proxy.head()).startsWith("CONNECT localhost:" + provider.port() + " ");
            assertThat(provider.visit()).isEqualTo(new Visit(true, 0));
            assertThat(preflight.snapshot().canary()).isEmpty();
            await().until(() -> preflight.snapshot().costLog().equals(Finding.good("writable")));

            Instant end = Instant.parse("2026-12-01T10:00:00Z");
            preflight.asked(new EgressAsks(Optional.empty(), Optional.of(end)));
            await().until(() -> preflight.snapshot().canary().isPresent());
            CanaryResult canary = preflight.snapshot().canary().orElseThrow();
            assertThat(canary.asked()).isEqualTo(end);
            assertThat(canary.outcome()).isEqualTo(CanaryResult.Outcome.CONNECTED);
            assertThat(provider.visit()).as("nothing came, not even TLS").isEqualTo(new Visit(false, 0));
            assertThat(proxy.hadOthers()).isFalse();
        }
    }

    /** The first handshake of a JVM on a busy machine may take longer than a try may. */
    private static void warmUp(SSLSocketFactory tls, FarSide provider) throws InterruptedException {
        Route direct = Route.ofCalls(new Endpoint("localhost", provider.port(), true), Optional.empty());
        assertThat(new WayTry(tls).once(direct, Duration.ofSeconds(30))).isEqualTo(new Outcome.Connected());
        assertThat(provider.visit()).isEqualTo(new Visit(true, 0));
    }

    private Preflight.Surroundings around(FarSide provider, ConnectProxy proxy) {
        return new Preflight.Surroundings(
                URI.create("wss://localhost:" + provider.port() + "/v1/realtime"),
                Optional.of(URI.create("http://localhost:" + proxy.port())),
                Optional.empty(),
                () -> true,
                folder,
                () -> false);
    }
}
