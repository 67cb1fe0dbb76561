package dev.tom.operator.story;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.awaitility.Awaitility.await;

import dev.tom.crds.v1alpha1.Phase;
import dev.tom.kube.ClusterExtension;
import dev.tom.kube.TestCluster;
import dev.tom.testkit.SquidProcess;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the operator tells a gateway, told to a real Squid: the provider passes while the window is open, nothing else ever does, and a live
 * tunnel ends with the pod. The kubelet's part is played: SIGTERM when the pod is told to go, SIGKILL after the pod's grace of one second.
 */
@ExtendWith(ClusterExtension.class)
class GatewaySquidIT {

    private static final Duration GRACE = Duration.ofSeconds(1);

    @TempDir
    private Path folder;

    private final Story story;

    GatewaySquidIT(TestCluster cluster) {
        story = new Story(cluster);
    }

    @BeforeEach
    void start() {
        if (!SquidProcess.isInstalled()) {
            if ("true".equals(System.getenv("CI"))) {
                fail(SquidProcess.ABSENT);
            }
            Assumptions.abort(SquidProcess.ABSENT);
        }
        story.operator.starts();
        story.user.hasAnApiKey();
    }

    @AfterEach
    void end() {
        story.close();
    }

    @Test
    void onlyTheProviderPassesAndALiveTunnelEndsWithTheWindow() throws Exception {
        try (var provider = new EchoServer();
                var stranger = new EchoServer()) {
            story.user.declares(
                    "pilot",
                    "{durationSeconds: 60}",
                    "wss://localhost:" + provider.port() + "/v1/realtime",
                    "  egress: {mode: Gateway, gateway: {image: squid:test}}");
            story.user.awaits("pilot", Phase.OPEN);
            assertThat(story.network.gatewayGraceSeconds("pilot")).isEqualTo(GRACE.toSeconds());
            int port = freePort();
            String told = story.network.gatewayConfig("pilot");
            assertThat(told).contains("\nhttp_port 3128\n");
            try (SquidProcess squid =
                    SquidProcess.start(told.replace("http_port 3128", "http_port 127.0.0.1:" + port), port, folder)) {
                nothingElsePasses(port, provider.port(), stranger.port());
                try (var tunnel = new ProxyTunnel(port, "CONNECT localhost:" + provider.port())) {
                    assertThat(tunnel.status()).isEqualTo(200);
                    assertThat(tunnel.echoes()).isTrue();

                    story.clock.forward(Duration.ofSeconds(60));
                    await().until(() -> story.network.gatewayPods().isEmpty());
                    dies(squid, tunnel);
                }
                assertThat(stranger.connections()).isZero();
            }
        }
        story.user.awaitsCondition("pilot", "EgressClosed=True Verified");
    }

    private static void nothingElsePasses(int proxy, int provider, int stranger) throws IOException {
        for (String request : List.of(
                "CONNECT localhost:" + stranger,
                "CONNECT 127.0.0.1:" + provider,
                "CONNECT [::1]:" + provider,
                "CONNECT a.localhost:" + provider,
                "CONNECT api.openai.com:443",
                "CONNECT example.com:" + provider,
                "GET http://localhost:" + provider + "/",
                "POST http://localhost:" + provider + "/",
                "GET http://localhost:" + proxy + "/squid-internal-mgr/info")) {
            try (var tunnel = new ProxyTunnel(proxy, request)) {
                assertThat(tunnel.status()).as(request).isEqualTo(403);
            }
        }
    }

    /** What the kubelet does, and how long the tunnel lives on. */
    private static void dies(SquidProcess squid, ProxyTunnel tunnel) {
        long told = System.nanoTime();
        squid.terminate();
        var kill = CompletableFuture.runAsync(
                squid::kill, CompletableFuture.delayedExecutor(GRACE.toMillis(), TimeUnit.MILLISECONDS));
        assertThat(tunnel.ended()).isTrue();
        long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - told);
        System.out.println("measured: a live tunnel ended " + millis + " ms after SIGTERM");
        assertThat(millis).isLessThan(2_000);
        kill.join();
        await().until(() -> !squid.isAlive());
    }

    private static int freePort() throws IOException {
        try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return free.getLocalPort();
        }
    }
}
