package dev.tom.operator.story;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tom.crds.v1alpha1.Phase;
import dev.tom.kube.ClusterExtension;
import dev.tom.kube.TestCluster;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** After the proof bridges try the provider's address; what they find is said in the status, by an Event and on the metrics page. */
@ExtendWith(ClusterExtension.class)
class EnforcementIT {

    /** While a window is open, and while a way is found open, the operator looks so often. */
    private static final Duration LOOK = Duration.ofSeconds(5);
    /** So long a network may take to carry out that a policy is gone. */
    private static final Duration SETTLING = Duration.ofSeconds(10);

    private final Story story;

    EnforcementIT(TestCluster cluster) {
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
        return story.opens("{durationSeconds: 60}", "");
    }

    private void showsEnforced(String value) throws Exception {
        assertThat(story.operator.metrics())
                .containsPattern("tom_testwindow_egress_enforced\\{[^}]*window=\"pilot\"[^}]*} " + value);
    }

    @Test
    void aWayThatStaysOpenIsSaidAloudAndSoIsItsMend() throws Exception {
        FakeBridge bridge = open();
        bridge.carries(1);
        story.clock.forward(LOOK);
        story.user.awaitsCondition("pilot", "PreflightProviderReachable=True Reached");
        bridge.findsTheWay("connected");
        assertThat(bridge.states("EGRESS_CANARY")).isEmpty();
        showsEnforced("NaN");

        story.clock.forward(Duration.ofSeconds(60));

        story.user.awaits("pilot", Phase.CLOSED);
        String end = story.user.end("pilot").toString();
        await().untilAsserted(() -> assertThat(bridge.states("EGRESS_CANARY")).isEqualTo(end));
        story.user.awaitsCondition("pilot", "EgressEnforced=Unknown CanaryPending");
        story.clock.forward(SETTLING);
        assertThat(story.user
                        .awaitsCondition("pilot", "EgressEnforced=False CanaryConnected")
                        .getMessage())
                .contains("still worked from " + bridge.pod() + ":");
        story.user.awaitsCondition("pilot", "EgressClosed=True Verified");
        await().untilAsserted(() -> assertThat(story.auditor.warnings()).contains("EgressNotEnforced"));
        showsEnforced("0.0");

        bridge.findsTheWay("timeout");
        story.clock.forward(LOOK);

        story.user.awaitsCondition("pilot", "EgressEnforced=True CanaryFailed");
        await().untilAsserted(() -> assertThat(story.user.events()).contains("EgressEnforced"));
        showsEnforced("1.0");
    }

    /** The window is stopped here: its end, which names the ask, is no whole second. */
    @Test
    void aTryThatFailsProvesNothingWhereNobodyHadReachedTheProvider() throws Exception {
        FakeBridge bridge = open();

        story.user.patches("pilot", "{\"stop\":true}");

        assertThat(story.user
                        .awaitsCondition("pilot", "EgressEnforced=Unknown WayNotProven")
                        .getMessage())
                .endsWith("so this proves nothing.");
        assertThat(story.user.status("pilot").phase()).isEqualTo(Phase.CLOSED);
        assertThat(bridge.states("EGRESS_CANARY"))
                .isEqualTo(story.user.end("pilot").toString());
        await().untilAsserted(() -> assertThat(story.user.events()).contains("ReportWritten"));
        assertThat(story.user.events()).doesNotContain("EgressEnforced", "EgressNotEnforced");
        showsEnforced("NaN");
    }
}
