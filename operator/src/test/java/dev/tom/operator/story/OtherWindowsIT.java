package dev.tom.operator.story;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tom.crds.v1alpha1.Phase;
import dev.tom.kube.ClusterExtension;
import dev.tom.kube.TestCluster;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A window inherits nothing from the one whose name it took, and leaves alone the one beside it. */
@ExtendWith(ClusterExtension.class)
class OtherWindowsIT {

    private static final String AN_HOUR = "{durationSeconds: 3600}";

    private final Story story;

    OtherWindowsIT(TestCluster cluster) {
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

    private FakeBridge opens(String name, String schedule) {
        story.user.declares(name, schedule, "");
        story.user.awaits(name, Phase.OPEN);
        await("a bridge of " + name)
                .until(() -> story.world.bridges(name).stream().anyMatch(FakeBridge::allowed));
        return story.world.bridges(name).getFirst();
    }

    /** A bridge of the same window that is not this one, which the garbage collector may take its time to end. */
    private FakeBridge besides(FakeBridge first) {
        await("another bridge than " + first.pod())
                .until(() -> story.world.bridges(first.window()).stream().anyMatch(bridge -> bridge != first));
        return story.world.bridges(first.window()).stream()
                .filter(bridge -> bridge != first)
                .findFirst()
                .orElseThrow();
    }

    private int calls(String window) {
        return Objects.requireNonNull(
                Objects.requireNonNull(story.user.status(window).report()).calls());
    }

    @Test
    void aWindowThatIsCreatedAgainInheritsNothing() {
        FakeBridge first = opens("pilot", AN_HOUR);
        first.carries(2);
        await("figures that had to wait for their time").until(() -> {
            // Not far: the deletion that follows has its time by the API server's clock.
            story.clock.forward(Duration.ofMillis(500));
            return calls("pilot") == 2;
        });
        story.user.awaitsCondition("pilot", "PreflightProviderReachable=True Reached");
        String before = story.auditor.uid("pilot");
        // What was made in the second of the new window would count as its own.
        Instant made = story.auditor.newestPod();
        await().until(() -> Instant.now().truncatedTo(ChronoUnit.SECONDS).isAfter(made));

        story.user.deletes("pilot");
        story.user.awaitsGone("pilot");
        story.user.declares("pilot", AN_HOUR, "");

        story.user.awaits("pilot", Phase.OPEN);
        String uid = story.auditor.uid("pilot");
        assertThat(uid).isNotEqualTo(before);
        assertThat(calls("pilot")).isZero();
        story.user.awaitsCondition("pilot", "PreflightProviderReachable=Unknown NotTried");
        await().untilAsserted(() -> {
            Map<String, List<String>> owners = story.auditor.owners("pilot");
            assertThat(owners)
                    .containsKeys(
                            "ConfigMap/pilot-bridge",
                            "ConfigMap/pilot-report",
                            "Deployment/pilot-bridge",
                            "NetworkPolicy/pilot-bridge",
                            "NetworkPolicy/pilot-provider-egress");
            assertThat(owners.values()).allMatch(List.of(uid)::equals);
        });

        FakeBridge second = besides(first);
        await().until(second::allowed);
        second.carries(1);
        story.user.patches("pilot", "{\"stop\":true}");
        story.user.awaitsCondition("pilot", "ReportWritten=True Written");
        assertThat(calls("pilot")).isEqualTo(1);
    }

    @Test
    void theEndOfOneWindowTouchesNoOther() {
        FakeBridge brief = opens("brief", "{durationSeconds: 60}");
        FakeBridge lasting = opens("lasting", AN_HOUR);
        brief.carries(1);
        lasting.carries(1);
        assertThat(story.user.policies())
                .containsExactly("brief-bridge", "brief-provider-egress", "lasting-bridge", "lasting-provider-egress");
        Map<String, String> before = versionsOf("lasting");

        story.clock.forward(Duration.ofSeconds(60));

        story.user.awaits("brief", Phase.CLOSED);
        story.user.awaitsCondition("brief", "EgressClosed=True Verified");
        assertThat(story.user.policies()).containsExactly("brief-bridge", "lasting-bridge", "lasting-provider-egress");
        assertThat(brief.allowed()).isFalse();
        story.looksAgain(lasting);
        assertThat(versionsOf("lasting")).isEqualTo(before);
        assertThat(lasting.allowed()).isTrue();
        assertThat(story.user.status("lasting").phase()).isEqualTo(Phase.OPEN);
        assertThat(story.egress.open("lasting")).isTrue();
    }

    /** What says that egress is open: lease and policies. */
    private Map<String, String> versionsOf(String window) {
        Map<String, String> versions = story.user.versions();
        versions.keySet()
                .retainAll(List.of(
                        "ConfigMap/" + window + "-bridge",
                        "NetworkPolicy/" + window + "-bridge",
                        "NetworkPolicy/" + window + "-provider-egress"));
        assertThat(versions).hasSize(3);
        return versions;
    }
}
