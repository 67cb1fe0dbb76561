package dev.tom.operator.story;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tom.crds.v1alpha1.Phase;
import dev.tom.kube.ClusterExtension;
import dev.tom.kube.TestCluster;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The ways to open egress besides addresses, with the chart's rights: through a gateway, and by Cilium. */
@ExtendWith(ClusterExtension.class)
class EgressModesIT {

    private static final String GATEWAY = "  egress: {mode: Gateway, gateway: {image: squid:test}}";

    private final Story story;

    EgressModesIT(TestCluster cluster) {
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

    @Test
    void aGatewayComesBeforeTheLeaseAndIsGoneAtTheEnd() {
        story.world.startsGateways(false);
        story.user.declares("pilot", "{durationSeconds: 3600}", GATEWAY);
        story.user.awaitsCondition("pilot", "EgressOpen=False GatewayStarting");
        assertThat(story.user.status("pilot").phase()).isEqualTo(Phase.PREFLIGHT);
        assertThat(story.user.policies()).containsExactly("pilot-bridge", "pilot-gateway");
        assertThat(story.user.config("pilot-bridge"))
                .containsEntry("ALLOW_EGRESS", "false")
                .containsEntry("PROVIDER_PROXY", story.network.proxyOf("pilot"));

        story.world.startsGateways(true);
        story.user.awaits("pilot", Phase.OPEN);
        FakeBridge bridge = story.bridgeMayUseTheProvider();
        story.user.awaitsCondition("pilot", "EgressModeSelected=True GatewaySelected");
        assertThat(story.user.policies()).containsExactly("pilot-bridge", "pilot-gateway", "pilot-provider-egress");

        story.user.awaitsCondition("pilot", "ProviderHealthy=True InUse");
        figuresAreDue(bridge);
        Map<String, String> before = story.user.versions();
        story.looksAgain(bridge);
        assertThat(story.user.versions()).isEqualTo(before);
        bridge.carries(1);

        story.network.editsGateway(
                "pilot",
                "{\"spec\":{\"template\":{\"spec\":{\"containers\":[{\"name\":\"gateway\",\"image\":\"evil\"}]}}}}");
        await().until(() -> story.network.gatewayImage("pilot").equals("squid:test"));
        story.network.deletesGateway("pilot");
        await().until(() -> story.network.gatewayParts("pilot").contains("Deployment"));

        story.clock.forward(Duration.ofHours(1));

        story.user.awaits("pilot", Phase.CLOSED);
        assertThat(story.user
                        .awaitsCondition("pilot", "EgressClosed=True Verified")
                        .getMessage())
                .contains("no egress policy and no gateway exist");
        assertThat(story.network.gatewayPods()).isEmpty();
        await().untilAsserted(
                        () -> assertThat(story.network.gatewayParts("pilot")).isEmpty());
        assertThat(story.user.policies()).containsExactly("pilot-bridge");
    }

    @Test
    void aGatewayPodThatDoesNotGoIsNotClosedEgress() {
        story.user.declares("pilot", "{durationSeconds: 60}", GATEWAY);
        story.user.awaits("pilot", Phase.OPEN);
        String pod = story.network.gatewayPods().getFirst();
        story.network.losesTheNodeOf(pod, true);

        story.clock.forward(Duration.ofSeconds(60));

        assertThat(story.user
                        .awaitsCondition("pilot", "EgressClosed=False GatewayStillPresent")
                        .getMessage())
                .startsWith("The gateway still runs in " + pod);
        assertThat(story.user.policies())
                .as("the pods stay governed as long as one is there")
                .containsExactly("pilot-bridge", "pilot-gateway");

        story.network.losesTheNodeOf(pod, false);
        story.user.awaitsCondition("pilot", "EgressClosed=True Verified");
        story.user.awaits("pilot", Phase.CLOSED);
    }

    @Test
    void deletionTakesTheGatewayAlong() {
        story.user.declares("pilot", "{durationSeconds: 3600}", GATEWAY);
        story.user.awaits("pilot", Phase.OPEN);
        story.world.runsOne();

        story.user.deletes("pilot");

        story.user.awaitsGone("pilot");
        assertThat(story.network.gatewayPods()).isEmpty();
        assertThat(story.network.gatewayParts("pilot")).doesNotContain("Deployment");
    }

    @Test
    void ciliumIsUsedOnceItsApiIsServed() {
        story.user.declares("pilot", "{durationSeconds: 3600}", "  egress: {mode: Cilium}");
        assertThat(story.user
                        .awaitsCondition("pilot", "PreflightPassed=False EgressModeUnsupported")
                        .getMessage())
                .startsWith(
                        "spec.provider.egress.mode is Cilium, but the cluster does not serve cilium.io/v2: install");

        story.network.installsCilium();
        try {
            story.clock.forward(Duration.ofSeconds(16)); // what is missing is looked for every 15 s
            story.user.awaits("pilot", Phase.OPEN);
            assertThat(story.user.policies()).containsExactly("pilot-bridge");
            assertThat(story.network.ciliumPolicies()).containsExactly("pilot-provider-egress");
            Object rules = story.network.ciliumRules("pilot-provider-egress");
            FakeBridge bridge = story.bridgeMayUseTheProvider();

            story.network.deletesCiliumPolicy("pilot-provider-egress");
            await().untilAsserted(
                            () -> assertThat(story.network.ciliumPolicies()).containsExactly("pilot-provider-egress"));
            story.network.patchesCiliumPolicy(
                    "pilot-provider-egress", "{\"spec\":{\"egress\":[{\"toEntities\":[\"world\"]}]}}");
            await().untilAsserted(() -> assertThat(story.network.ciliumRules("pilot-provider-egress"))
                    .isEqualTo(rules));
            figuresAreDue(bridge);
            Map<String, String> before = story.user.versions();
            story.looksAgain(bridge);
            assertThat(story.user.versions()).isEqualTo(before);

            // The deadline path alone looks after this one, at its end and not before.
            story.network.leavesACiliumPolicy("ghost", story.user.end("pilot"));
            story.clock.forward(Duration.ofHours(1));
            story.user.awaits("pilot", Phase.CLOSED);
            story.user.awaitsCondition("pilot", "EgressClosed=True Verified");
            await().untilAsserted(
                            () -> assertThat(story.network.ciliumPolicies()).isEmpty());
        } finally {
            // An informer whose API goes away ends the operator, and here the test with it.
            story.operator.stops();
            story.network.removesCilium();
        }
    }

    /** Figures come when their time has come, and are then written once. */
    private void figuresAreDue(FakeBridge bridge) {
        story.looksAgain(bridge);
        story.clock.forward(Duration.ofSeconds(20));
        story.looksAgain(bridge);
    }
}
