package dev.tom.operator.story;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tom.crds.v1alpha1.Phase;
import dev.tom.crds.v1alpha1.WindowTimes;
import dev.tom.kube.ClusterExtension;
import dev.tom.kube.TestCluster;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The packaged operator, by the real clock. */
@ExtendWith(ClusterExtension.class)
class KilledOperatorIT {

    private final Story story;

    KilledOperatorIT(TestCluster cluster) {
        story = new Story(cluster);
    }

    @AfterEach
    void end() {
        story.close();
    }

    @Test
    void bridgesEndByThemselvesAndTheRestartedOperatorProvesIt() {
        story.user.hasAnApiKey();
        // A start in the past lets the window be shortened to an end that is near.
        Instant start = Instant.now().minusSeconds(120).truncatedTo(ChronoUnit.SECONDS);
        story.user.declares("pilot", "{start: \"%s\", durationSeconds: 3600}".formatted(start), "");
        Replica operator = story.operator.startsAsAProcess();
        story.user.awaits("pilot", Phase.OPEN);
        FakeBridge bridge = story.bridgeMayUseTheProvider();
        bridge.carries(1);
        Instant end = Instant.now().plusSeconds(15).truncatedTo(ChronoUnit.SECONDS);
        long seconds = Duration.between(start, end).toSeconds();
        story.user.patches("pilot", "{\"window\":{\"durationSeconds\":%d}}".formatted(seconds));
        await().until(() -> bridge.deadline().equals(end.toString()));

        operator.isKilled();
        assertThat(Instant.now()).as("killed before the end").isBefore(end);
        await().until(() -> !bridge.allowed());
        assertThat(story.user.status("pilot").phase()).isEqualTo(Phase.OPEN);
        assertThat(story.user.policies()).contains("pilot-provider-egress");
        await().until(() -> Instant.now().isAfter(end));

        operator.starts();
        story.user.awaits("pilot", Phase.CLOSED);
        story.user.awaitsCondition("pilot", "EgressClosed=True Verified");
        assertThat(story.user.policies()).containsExactly("pilot-bridge");
        WindowTimes times = Objects.requireNonNull(story.user.status("pilot").window());
        assertThat(times.endsAt()).isEqualTo(end);
        assertThat(times.closedAt()).isAfterOrEqualTo(end);
        assertThat(times.closedLateMillis()).isPositive();
    }
}
