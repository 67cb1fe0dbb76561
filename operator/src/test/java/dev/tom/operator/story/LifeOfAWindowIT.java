package dev.tom.operator.story;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tom.crds.v1alpha1.Phase;
import dev.tom.crds.v1alpha1.TestWindowStatus;
import dev.tom.crds.v1alpha1.WindowTimes;
import dev.tom.kube.ClusterExtension;
import dev.tom.kube.TestCluster;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(ClusterExtension.class)
class LifeOfAWindowIT {

    private final Story story;

    LifeOfAWindowIT(TestCluster cluster) {
        story = new Story(cluster);
    }

    @BeforeEach
    void start() {
        story.operator.starts();
    }

    @AfterEach
    void end() {
        story.close();
    }

    @Test
    void opensAtOnceAndClosesOnEvidence() throws Exception {
        story.user.hasAnApiKey();
        FakeBridge bridge = story.opens("{durationSeconds: 60}", "");
        bridge.carries(2);
        story.user.awaitsCondition("pilot", "PreflightProviderReachable=True Reached");
        assertThat(story.user.policies()).containsExactly("pilot-bridge", "pilot-provider-egress");
        assertThat(story.user.config("pilot-bridge"))
                .containsEntry("ALLOW_EGRESS", "true")
                .containsEntry("EGRESS_UNTIL", story.user.end("pilot").toString())
                .doesNotContainKey("REALTIME_API_KEY");
        assertThat(story.operator.metrics())
                .contains("tom_testwindow_phase{")
                .containsPattern("tom_testwindow_egress_open\\{[^}]*window=\"pilot\"[^}]*} 1.0");

        story.clock.forward(Duration.ofSeconds(60));

        TestWindowStatus status = story.user.awaits("pilot", Phase.CLOSED);
        story.user.awaitsCondition("pilot", "EgressClosed=True Verified");
        assertThat(bridge.allowed()).isFalse();
        assertThat(story.user.policies()).containsExactly("pilot-bridge");
        assertThat(story.user.config("pilot-bridge"))
                .containsEntry("ALLOW_EGRESS", "false")
                .doesNotContainKey("EGRESS_UNTIL");
        assertThat(status.report()).isNotNull();
        assertThat(Objects.requireNonNull(status.report()).calls()).isEqualTo(2);
        assertThat(story.user.config("pilot-report").get("report.json")).contains("\"costEur\":\"0.042100\"");
        assertThat(story.user.config("pilot-report").get("report.md"))
                .contains("| calls | 2 (0 dropped, 0 refused, 0 steered, 0 shed) |");
        await().untilAsserted(() -> assertThat(story.user.events())
                .containsExactlyInAnyOrder(
                        "EgressWindowOpened",
                        "EgressWindowEnded",
                        "EgressWindowClosed",
                        "EgressEnforced",
                        "ReportWritten"));
        assertThat(story.operator.metrics())
                .containsPattern("tom_testwindow_egress_open\\{[^}]*window=\"pilot\"[^}]*} 0.0");
    }

    @Test
    void stopEndsTheWindowForGood() {
        story.user.hasAnApiKey();
        FakeBridge bridge = story.opens("{durationSeconds: 3600}", "");
        bridge.carries(1);

        story.user.patches("pilot", "{\"stop\":true}");

        story.user.awaits("pilot", Phase.CLOSED);
        assertThat(bridge.allowed()).isFalse();
        assertThat(story.user.policies()).containsExactly("pilot-bridge");
        assertThat(story.user.isRefused("pilot", "{\"stop\":false}")).contains("spec.stop cannot go back to false");
        assertThat(story.user.isRefused("pilot", "{\"window\":{\"durationSeconds\":7200}}"))
                .contains("spec.window cannot change after the window has ended: create a new TestWindow");
    }

    @Test
    void extensionMovesTheEndOfOpenWindows() {
        story.user.hasAnApiKey();
        FakeBridge bridge = story.opens("{durationSeconds: 60}", "");

        story.user.patches("pilot", "{\"window\":{\"durationSeconds\":120}}");
        String extended = Objects.requireNonNull(times("pilot").opensAt())
                .plusSeconds(120)
                .toString();
        await().untilAsserted(() -> assertThat(bridge.deadline()).isEqualTo(extended));
        // The end that the operator remembers counts, too: no clock leaps between the two.
        await().untilAsserted(
                        () -> assertThat(story.user.end("pilot").toString()).isEqualTo(extended));
        story.clock.forward(Duration.ofSeconds(75));
        int asked = bridge.timesAsked();
        await().until(() -> bridge.timesAsked() > asked + 1);
        assertThat(story.user.status("pilot").phase()).isEqualTo(Phase.OPEN);
        assertThat(bridge.allowed()).isTrue();

        story.clock.forward(Duration.ofSeconds(45));
        story.user.awaits("pilot", Phase.CLOSED);
    }

    @Test
    void missingSecretIsNamedAndTheWindowOpensOnceItIsThere() {
        story.user.declares("pilot", "{durationSeconds: 3600}", "");
        assertThat(story.user
                        .awaitsCondition("pilot", "PreflightPassed=False SecretMissing")
                        .getMessage())
                .isEqualTo("Secret realtime-api (spec.provider.apiKeySecretRef) does not exist: create it with key "
                        + "REALTIME_API_KEY.");
        assertThat(story.user.status("pilot").phase()).isEqualTo(Phase.PREFLIGHT);
        assertThat(story.user.policies()).containsExactly("pilot-bridge");

        story.user.hasAnApiKey();

        story.user.awaits("pilot", Phase.OPEN);
    }

    @Test
    void deletionClosesFirstAndLetsGoThen() {
        story.user.hasAnApiKey();
        FakeBridge bridge = story.opens("{durationSeconds: 3600}", "");
        bridge.carries(1);
        bridge.clingsToItsSockets(true);

        story.user.deletes("pilot");
        await().until(() -> !bridge.allowed());
        story.user.awaitsCondition("pilot", "EgressClosed=False ProviderSocketsOpen");
        assertThat(story.user.policies()).containsExactly("pilot-bridge");

        bridge.clingsToItsSockets(false);
        story.user.awaitsGone("pilot");
        assertThat(story.user.events())
                .contains("EgressWindowEnded", "ProviderUsedWithoutEgress", "EgressWindowClosed", "ReportWritten");
    }

    @Test
    void scaledToZeroAfterwards() {
        story.user.hasAnApiKey();
        story.user.declares("pilot", "{durationSeconds: 60}", "afterWindow: ScaleToZero");
        story.user.awaits("pilot", Phase.OPEN);
        story.world.runsOne();

        story.clock.forward(Duration.ofSeconds(60));

        story.user.awaits("pilot", Phase.CLOSED);
        story.world.runs(0);
    }

    @Test
    void downtimeAcrossTheEndIsMadeUpForAtOnce() {
        story.user.hasAnApiKey();
        FakeBridge bridge = story.opens("{durationSeconds: 60}", "");
        bridge.carries(1);

        story.operator.stops();
        story.clock.forward(Duration.ofMinutes(10));
        assertThat(bridge.allowed()).isFalse();
        assertThat(story.user.policies()).contains("pilot-provider-egress");
        story.operator.starts();

        story.user.awaits("pilot", Phase.CLOSED);
        assertThat(story.user.policies()).containsExactly("pilot-bridge");
        assertThat(times("pilot").closedLateMillis())
                .isGreaterThanOrEqualTo(Duration.ofSeconds(530).toMillis());
        assertThat(Duration.between(times("pilot").endsAt(), times("pilot").closedAt()))
                .hasMillis(Objects.requireNonNull(times("pilot").closedLateMillis()));
    }

    private WindowTimes times(String name) {
        return Objects.requireNonNull(story.user.status(name).window());
    }
}
