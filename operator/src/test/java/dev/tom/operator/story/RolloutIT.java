package dev.tom.operator.story;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tom.crds.v1alpha1.Phase;
import dev.tom.kube.ClusterExtension;
import dev.tom.kube.TestCluster;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What replaces or removes pods, while calls are live. */
@ExtendWith(ClusterExtension.class)
class RolloutIT {

    private static final String NEXT = "{\"bridge\":{\"image\":\"tom-bridge:next\"}}";

    private final Story story;

    RolloutIT(TestCluster cluster) {
        story = new Story(cluster);
    }

    @BeforeEach
    void open() {
        story.operator.starts();
        story.user.hasAnApiKey();
    }

    @AfterEach
    void end() {
        story.close();
    }

    @Test
    void aChangeOfThePodsWaitsForLiveCallsAndIsMadeWithoutThem() {
        FakeBridge bridge = opened("");
        bridge.carries(2);

        story.user.patches("pilot", NEXT);

        assertThat(story.user
                        .awaitsCondition("pilot", "RolloutPending=True CallsLive")
                        .getMessage())
                .contains("set spec.bridge.rollout to Now");
        assertThat(story.user.image("pilot-bridge")).isEqualTo("tom-bridge:test");
        assertThat(story.world.runsOne()).isSameAs(bridge);

        story.user.scaling().to("pilot", 2);
        List<FakeBridge> two = story.world.runs(2);
        assertThat(story.user.image("pilot-bridge"))
                .as("scaling is no change of the pods")
                .isEqualTo("tom-bridge:test");

        two.forEach(each -> each.carries(0));
        story.user.awaitsCondition("pilot", "RolloutPending=False Settled");
        assertThat(story.user.image("pilot-bridge")).isEqualTo("tom-bridge:next");
    }

    @Test
    void nowDoesNotWait() {
        opened("").carries(2);

        story.user.patches("pilot", "{\"bridge\":{\"image\":\"tom-bridge:next\",\"rollout\":\"Now\"}}");

        await().untilAsserted(() -> assertThat(story.user.image("pilot-bridge")).isEqualTo("tom-bridge:next"));
        story.user.awaitsCondition("pilot", "RolloutPending=False Settled");
    }

    @Test
    void whatAnotherHandChangedInThePodsIsPutRightAtOnce() {
        opened("").carries(2);

        story.user.setsImage("pilot-bridge", "evil:latest");

        await().untilAsserted(() -> assertThat(story.user.image("pilot-bridge")).isEqualTo("tom-bridge:test"));
    }

    @Test
    void scaledDownTheEmptiestGoesAndTheScaleSaysWhatItSelects() {
        opened("bridge: {replicas: 2}");
        List<FakeBridge> two = story.world.runs(2);
        two.getFirst().carries(1);
        two.getLast().carries(3);
        await().untilAsserted(() -> {
            assertThat(story.user.scaling().of("pilot").getStatus().getReplicas())
                    .isEqualTo(2);
            assertThat(story.user.scaling().of("pilot").getStatus().getSelector())
                    .isEqualTo("app.kubernetes.io/name=tom-bridge,tom.dev/window=pilot");
        });

        story.user.scaling().to("pilot", 1);

        assertThat(story.world.runsOne().pod()).isEqualTo(two.getLast().pod());
        assertThat(story.user.window("pilot").getSpec().bridge().replicas()).isEqualTo(1);
    }

    private FakeBridge opened(String more) {
        story.user.declares("pilot", "{durationSeconds: 3600}", more);
        story.user.awaits("pilot", Phase.OPEN);
        return story.world.runs(more.isEmpty() ? 1 : 2).getFirst();
    }
}
