package dev.tom.operator.story;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tom.crds.v1alpha1.Phase;
import dev.tom.kube.ClusterExtension;
import dev.tom.kube.TestCluster;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What an installation allows, held by the operator alone: no admission policy is installed here. */
@ExtendWith(ClusterExtension.class)
class GuardRailsIT {

    private final Story story;

    GuardRailsIT(TestCluster cluster) {
        story = new Story(cluster);
    }

    @AfterEach
    void end() {
        story.close();
    }

    @Test
    void aWindowBeyondTheRailsNeverOpensUntilItsSpecIsWithinThem() {
        story.operator.starts(Map.of("TOM_MAX_DURATION_SECONDS", "1800", "TOM_ALLOWED_PROVIDER_HOSTS", "*.openai.com"));
        story.user.hasAnApiKey();

        story.user.declares("pilot", "{durationSeconds: 3600}", "");

        assertThat(story.user
                        .awaitsCondition("pilot", "PreflightPassed=False DurationNotAllowed")
                        .getMessage())
                .isEqualTo("spec.window.durationSeconds is 3600, but this installation allows at most 1800: shorten it,"
                        + " or ask for a higher guardRails.maxDurationSeconds.");
        story.user.awaitsCondition("pilot", "Stalled=True RequirementMissing");
        assertThat(story.user.policies()).containsExactly("pilot-bridge");

        story.user.patches("pilot", "{\"window\":{\"durationSeconds\":1200}}");
        story.user.awaits("pilot", Phase.OPEN);
    }

    @Test
    void narrowedRailsCutAnOpenWindowShortAndEndOneWhoseHostIsForbidden() {
        story.operator.starts();
        story.user.hasAnApiKey();
        story.user.declares("long", "{durationSeconds: 3600}", "");
        story.user.awaits("long", Phase.OPEN);
        FakeBridge bridge = story.bridgeMayUseTheProvider();
        Instant opens = Objects.requireNonNull(
                Objects.requireNonNull(story.user.status("long").window()).opensAt());

        story.operator.stops();
        story.operator.starts(Map.of("TOM_MAX_DURATION_SECONDS", "1800"));
        story.user.awaitsCondition("long", "EgressOpen=True DurationNotAllowed");
        assertThat(story.user.end("long")).isEqualTo(opens.plusSeconds(1800));
        await().untilAsserted(() ->
                assertThat(bridge.deadline()).isEqualTo(opens.plusSeconds(1800).toString()));

        story.operator.stops();
        story.operator.starts(Map.of("TOM_ALLOWED_PROVIDER_HOSTS", "elsewhere.example"));
        story.user.awaits("long", Phase.CLOSED);
        story.user.awaitsCondition("long", "EgressOpen=False ProviderHostNotAllowed");
        assertThat(bridge.allowed()).isFalse();
        assertThat(story.user.policies()).containsExactly("long-bridge");
    }
}
