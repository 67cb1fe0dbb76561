package dev.tom.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tom.crds.v1alpha1.TestWindow;
import dev.tom.kube.ClusterExtension;
import dev.tom.kube.OwnCluster;
import dev.tom.kube.TestCluster;
import dev.tom.testkit.Await;
import dev.tom.testkit.CallerOptions;
import dev.tom.testkit.ForkCaller;
import dev.tom.testkit.ProviderOptions;
import dev.tom.testkit.ScriptedProvider;
import dev.tom.testkit.Speech;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The locks do not trust each other: real operator, real bridge, real API server, and nobody to close the window. */
@ExtendWith(ClusterExtension.class)
class OperatorKilledIT {

    private static final Path ROOT = Path.of(System.getProperty("tom.root"));
    private static final String API_KEY = "sk-test-0123456789abcdef";
    private static final Duration BEFORE_THE_END = Duration.ofSeconds(5);

    @TempDir
    Path output;

    @Test
    void theBridgeEndsOnTimeWithoutAnOperatorAndARestartedOneClosesAndVerifies(@OwnCluster TestCluster cluster)
            throws IOException {
        Path javaHome = Path.of(System.getProperty("java.home"));
        DemoSettings settings = new DemoSettings(ROOT, output, output, javaHome, 60, Optional.empty());
        Certificate certificate = Certificate.create(javaHome, output);
        Vertx vertx = Vertx.vertx();
        try (ScriptedProvider provider = ScriptedProvider.start(
                        vertx,
                        ProviderOptions.standard(API_KEY).withTls(certificate.keyStore(), certificate.password()));
                ControlPlane controlPlane = ControlPlane.start(settings, cluster, OperatorKilledIT::log);
                NodeStandIn node = new NodeStandIn(
                        controlPlane.client(),
                        ControlPlane.NAMESPACE,
                        machine(settings, certificate),
                        OperatorKilledIT::log)) {
            controlPlane.createSecrets(API_KEY, "salt-for-tests");
            controlPlane.apply(Files.writeString(output.resolve("window.yaml"), window(provider)));
            Await.until("ready bridge", Duration.ofSeconds(60), node::hasBridge);
            Await.until("background session", Duration.ofSeconds(20), () -> provider.connectionCount() > 0);
            Instant end = Instant.parse(
                            controlPlane.window("pilot").getMetadata().getCreationTimestamp())
                    .plusSeconds(60);
            ForkCaller caller = ForkCaller.dial(
                            vertx, CallerOptions.of(node.theBridge().telephony(), "over-the-end"))
                    .join();
            caller.say(Speech.CALLER_APPOINTMENT).join();
            Await.until("live provider session", Duration.ofSeconds(10), () -> provider.openSockets() == 1);

            pauseUntil(end.minus(BEFORE_THE_END));
            controlPlane.killOperator();
            pauseUntil(end.plusSeconds(2));

            assertThat(provider.openSockets()).isZero();
            assertThat(provider.bytesAfter(end)).isZero();
            assertThat(provider.lastSocketClosedAt())
                    .hasValueSatisfying(closed -> assertThat(closed).isBefore(end.plusMillis(100)));
            assertThat(caller.isOpen()).isTrue();
            assertThat(policyExists(controlPlane))
                    .as("nobody was there to delete it")
                    .isTrue();
            assertThat(allowEgress(controlPlane)).isEqualTo("true");

            controlPlane.restartOperator();
            Await.until("closed window", Duration.ofSeconds(30), () -> verified(controlPlane.window("pilot")));
            assertThat(policyExists(controlPlane)).isFalse();
            assertThat(allowEgress(controlPlane)).isEqualTo("false");
            assertThat(caller.isOpen()).isTrue();
            caller.hangUp().join();
        } finally {
            vertx.close().await();
        }
    }

    private static PodProcesses.Machine machine(DemoSettings settings, Certificate certificate) {
        return new PodProcesses.Machine(
                List.of(
                        settings.java(),
                        "-jar",
                        ROOT.resolve("media-bridge/target/tom.jar").toString()),
                Map.of("JAVA_TOOL_OPTIONS", certificate.trustOptions()),
                Map.of(),
                settings.output().resolve("node"),
                settings.output());
    }

    /** Without a local pipeline: calls that leave the provider hear the announcement, and no speech models are needed. */
    private static String window(ScriptedProvider provider) {
        return """
                apiVersion: tom.dev/v1alpha1
                kind: TestWindow
                metadata: {name: pilot, namespace: voice}
                spec:
                  window: {durationSeconds: 60}
                  provider:
                    url: %s
                    model: gpt-realtime-2.1
                    apiKeySecretRef: {name: realtime-api, key: REALTIME_API_KEY}
                  bridge: {image: "tom.dev/media-bridge:test", terminationGracePeriodSeconds: 5}
                """.formatted(provider.url());
    }

    private static boolean verified(TestWindow window) {
        return window.getStatus().conditions().stream()
                .anyMatch(condition -> condition.getType().equals("EgressClosed")
                        && condition.getStatus().equals("True"));
    }

    private static boolean policyExists(ControlPlane controlPlane) {
        return controlPlane
                        .client()
                        .network()
                        .v1()
                        .networkPolicies()
                        .inNamespace(ControlPlane.NAMESPACE)
                        .withName("pilot-provider-egress")
                        .get()
                != null;
    }

    private static String allowEgress(ControlPlane controlPlane) {
        ConfigMap config = controlPlane
                .client()
                .configMaps()
                .inNamespace(ControlPlane.NAMESPACE)
                .withName("pilot-bridge")
                .require();
        return config.getData().getOrDefault("ALLOW_EGRESS", "absent");
    }

    private static void log(String text) {
        System.out.println(text);
    }

    private static void pauseUntil(Instant moment) {
        Await.pause(Math.max(0, Duration.between(Instant.now(), moment).toMillis()));
    }
}
