package dev.tom.bridge.preflight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.tom.bridge.preflight.FarSide.Visit;
import dev.tom.bridge.preflight.WayTry.Outcome;
import dev.tom.bridge.speech.realtime.SelfSigned;
import dev.tom.testkit.SquidProcess;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The try before the window opens, through the proxy that a gateway is. */
@Timeout(60)
class SquidTryIT {

    /** Waits long enough for a machine that is busy with other builds. */
    private static final Duration LIMIT = Duration.ofSeconds(30);

    @TempDir
    private Path keys;

    @TempDir
    private Path squidFolder;

    @BeforeEach
    void squidIsThere() {
        if (!SquidProcess.isInstalled()) {
            if ("true".equals(System.getenv("CI"))) {
                fail(SquidProcess.ABSENT);
            }
            Assumptions.abort(SquidProcess.ABSENT);
        }
    }

    @Test
    void leadsToTheProviderItAllowsAndNamesWhatItForbids() throws Exception {
        var context = FarSide.keys(SelfSigned.store(keys));
        var way = new WayTry(context.getSocketFactory());
        int port = freePort();
        int closed = freePort();
        try (var provider = FarSide.withTls(context, "TLSv1.3");
                var forbidden = FarSide.plain();
                SquidProcess _ = squid(port, provider.port(), closed)) {
            assertThat(way.once(behind(port, provider.port()), LIMIT)).isEqualTo(new Outcome.Connected());
            assertThat(provider.visit()).isEqualTo(new Visit(true, 0));

            assertThat(way.once(behind(port, forbidden.port()), LIMIT))
                    .isEqualTo(new Outcome.ProxyRefused(403, "HTTP 403, ERR_ACCESS_DENIED 0"));
            assertThat(forbidden.hadOthers()).isFalse();

            assertThat(way.once(behind(port, closed), LIMIT))
                    .isEqualTo(new Outcome.ProxyRefused(503, "HTTP 503, ERR_CONNECT_FAIL 111"));
        }
    }

    private static Route behind(int proxy, int provider) {
        return Route.ofCalls(
                new Endpoint("localhost", provider, true), Optional.of(new Endpoint("127.0.0.1", proxy, false)));
    }

    private SquidProcess squid(int port, int... allowed) throws IOException {
        var ports = new StringBuilder();
        for (int one : allowed) {
            ports.append(' ').append(one);
        }
        return SquidProcess.start("""
                http_port 127.0.0.1:%d
                acl provider port%s
                http_access allow CONNECT provider
                http_access deny all
                cache deny all
                pid_filename none
                netdb_filename none
                pinger_enable off
                cache_log /dev/null
                access_log none
                visible_hostname proxy
                """.formatted(port, ports), port, squidFolder);
    }

    private static int freePort() throws IOException {
        try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return free.getLocalPort();
        }
    }
}
