package dev.tom.operator.story;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tom.crds.v1alpha1.Phase;
import dev.tom.kube.ClusterExtension;
import dev.tom.kube.TestCluster;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(ClusterExtension.class)
class EvidenceIT {

    private final Story story;

    EvidenceIT(TestCluster cluster) {
        story = new Story(cluster);
    }

    @BeforeEach
    void start() {
        story.operator.starts();
        story.user.hasAnApiKey();
    }

    @AfterEach
    void end() {
        story.close();
    }

    private FakeBridge open() {
        FakeBridge bridge = story.opens("{durationSeconds: 60}", "");
        bridge.carries(1);
        return bridge;
    }

    @Test
    void openSocketsAreNotClosedEgress() {
        FakeBridge bridge = open();
        bridge.clingsToItsSockets(true);
        story.clock.forward(Duration.ofSeconds(60));

        assertThat(story.user
                        .awaitsCondition("pilot", "EgressClosed=False ProviderSocketsOpen")
                        .getMessage())
                .startsWith("Provider sockets still open: 1, in pilot-bridge-");
        assertThat(story.user.status("pilot").phase()).isEqualTo(Phase.CLOSING);
        assertThat(story.user.policies()).containsExactly("pilot-bridge");
        await().untilAsserted(() -> assertThat(story.user.events()).contains("ProviderUsedWithoutEgress"));

        bridge.clingsToItsSockets(false);
        story.user.awaitsCondition("pilot", "EgressClosed=True Verified");
    }

    @Test
    void silenceIsNoEvidenceButTheEndOfThePodIs() {
        FakeBridge bridge = open();
        bridge.doesNotAnswer(true);
        story.clock.forward(Duration.ofSeconds(60));

        story.user.awaitsCondition("pilot", "EgressClosed=Unknown BridgeUnreachable");
        await().untilAsserted(() -> assertThat(story.user.events()).contains("EgressNotVerified"));
        assertThat(story.user.status("pilot").phase()).isEqualTo(Phase.CLOSING);

        story.user.deletesPods();
        story.user.awaitsCondition("pilot", "EgressClosed=True Verified");
    }

    @Test
    void nothingIsWrittenWhereNothingDiffers() {
        FakeBridge bridge = story.opens("{durationSeconds: 300}", "");
        bridge.carries(1);
        story.user.awaitsCondition("pilot", "ProviderHealthy=True InUse");
        story.user.awaitsCondition("pilot", "Ready=True BridgesReady");
        story.clock.forward(Duration.ofSeconds(20));
        await("figures that had to wait for their time")
                .until(() -> story.user
                        .config("pilot-report")
                        .getOrDefault("report.md", "")
                        .contains("| calls | 1 "));
        story.looksAgain(bridge);
        Map<String, String> before = story.user.versions();

        story.looksAgain(bridge);

        assertThat(story.user.versions()).isEqualTo(before);
        story.clock.forward(Duration.ofSeconds(300));
        story.user.awaitsCondition("pilot", "ReportWritten=True Written");
        story.user.awaitsCondition("pilot", "EgressClosed=True Verified");
        settles(bridge);
        Map<String, String> closed = story.user.versions();
        settles(bridge);
        assertThat(story.user.versions()).isEqualTo(closed);
    }

    /** Two more reconciles of a closed window, which is looked at every 30 s: the operator asks the bridge once in each. */
    private void settles(FakeBridge bridge) {
        int asked = bridge.timesAsked();
        await("two reconciles").atMost(Duration.ofSeconds(90)).until(() -> {
            if (bridge.timesAsked() <= asked + 1) {
                story.clock.forward(Duration.ofSeconds(31));
                return false;
            }
            return true;
        });
    }

    @Test
    void foreignHandsAreRepaired() {
        open();
        NetworkPolicy egress = story.user.policy("pilot-provider-egress").orElseThrow();
        var deny = story.user.rules("pilot-bridge");

        story.user.deletesPolicy("pilot-bridge");
        await().untilAsserted(() -> assertThat(story.user.rules("pilot-bridge")).isEqualTo(deny));
        story.user.patchesPolicy("pilot-bridge", "{\"spec\":{\"egress\":[{}]}}");
        await().untilAsserted(() -> assertThat(story.user.rules("pilot-bridge")).isEqualTo(deny));
        story.user.patchesPolicy(
                "pilot-bridge", "{\"spec\":{\"podSelector\":{\"matchLabels\":{\"nobody\":\"at-all\"}}}}");
        await().untilAsserted(() -> assertThat(story.user.rules("pilot-bridge")).isEqualTo(deny));

        story.clock.forward(Duration.ofSeconds(60));
        story.user.awaits("pilot", Phase.CLOSED);

        Map<String, String> shut = story.user.config("pilot-bridge");
        story.user.patchesConfig(
                "pilot-bridge", "{\"data\":{\"ALLOW_EGRESS\":\"true\",\"EGRESS_UNTIL\":\"2099-01-01T00:00:00Z\"}}");
        await().untilAsserted(
                        () -> assertThat(story.user.config("pilot-bridge")).isEqualTo(shut));
        story.user.putsBack(egress);
        await().untilAsserted(() -> assertThat(story.user.policies()).containsExactly("pilot-bridge"));
    }
}
