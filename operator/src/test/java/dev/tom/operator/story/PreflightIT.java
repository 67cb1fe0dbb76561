package dev.tom.operator.story;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tom.crds.v1alpha1.Phase;
import dev.tom.kube.ClusterExtension;
import dev.tom.kube.TestCluster;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a window waits for, what it only shows, and how much of it anybody gets to see. */
@ExtendWith(ClusterExtension.class)
class PreflightIT {

    private static final Duration AHEAD = Duration.ofHours(1);
    private static final String UNWRITABLE = "The directory /costs cannot be written: mount it writable.";

    private final Story story;

    PreflightIT(TestCluster cluster) {
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

    /** A window with a key that starts in an hour, and its bridge. */
    private FakeBridge beforeTheStart(String more) {
        story.user.hasAnApiKey();
        Instant start = story.clock.instant().plus(AHEAD).truncatedTo(ChronoUnit.SECONDS);
        story.user.declares("pilot", "{start: \"%s\", durationSeconds: 3600}".formatted(start), more);
        FakeBridge bridge = story.world.runsOne();
        story.user.awaitsCondition("pilot", "Ready=True BridgesReady");
        assertThat(story.user.status("pilot").phase()).isEqualTo(Phase.PENDING);
        return bridge;
    }

    @Test
    void theWayIsOpenedForATryAndTheLeaseOnceItLedSomewhere() {
        FakeBridge bridge = beforeTheStart("preflight: {required: [Secrets, ProviderReachable]}");
        bridge.reachesTheProvider(false);
        story.user.awaitsCondition("pilot", "PreflightProviderReachable=Unknown NotTried");
        assertThat(story.user.policies()).containsExactly("pilot-bridge");
        assertThat(story.egress.comingsAfter(Instant.EPOCH)).isEmpty();
        assertThat(bridge.states("PREFLIGHT_UNTIL")).isEmpty();

        story.clock.forward(AHEAD);

        assertThat(story.user
                        .awaitsCondition("pilot", "PreflightPassed=False NotReached")
                        .getMessage())
                .isEqualTo(bridge.pod() + ": The name does not resolve: check it.");
        story.user.awaitsCondition("pilot", "EgressClosed=False PolicyStillPresent");
        assertThat(story.user.status("pilot").phase()).isEqualTo(Phase.PREFLIGHT);
        assertThat(story.user.policies()).containsExactly("pilot-bridge", "pilot-provider-egress");
        assertThat(story.user.config("pilot-bridge"))
                .containsEntry("ALLOW_EGRESS", "false")
                .containsEntry("PREFLIGHT_UNTIL", story.user.end("pilot").toString())
                .doesNotContainKey("EGRESS_UNTIL");
        await().untilAsserted(() -> assertThat(story.auditor.warnings()).containsExactly("PreflightFailed"));

        bridge.reachesTheProvider(true);

        story.user.awaits("pilot", Phase.OPEN);
        await().until(bridge::allowed);
        story.user.awaitsCondition("pilot", "PreflightProviderReachable=True Reached");
        assertThat(story.user.config("pilot-bridge")).doesNotContainKey("PREFLIGHT_UNTIL");
        assertThat(story.egress.comingsAfter(Instant.EPOCH))
                .as("the policy of the try is the policy of the window")
                .hasSize(1);
    }

    @Test
    void whatIsRequiredKeepsTheWindowShutUntilItIsMended() {
        FakeBridge bridge = beforeTheStart("preflight: {required: [Secrets, CostLog]}");
        bridge.canWriteCosts(false, UNWRITABLE);
        story.clock.forward(AHEAD);

        story.user.awaits("pilot", Phase.PREFLIGHT);
        assertThat(story.user
                        .awaitsCondition("pilot", "PreflightPassed=False Failing")
                        .getMessage())
                .isEqualTo(bridge.pod() + ": " + UNWRITABLE);
        story.user.awaitsCondition("pilot", "PreflightCostLog=False Failing");
        story.user.awaitsCondition("pilot", "Stalled=True RequirementMissing");
        await().untilAsserted(() -> assertThat(story.auditor.warnings()).containsExactly("PreflightFailed"));
        assertThat(story.user.policies()).containsExactly("pilot-bridge");

        bridge.canWriteCosts(true, "");

        story.user.awaits("pilot", Phase.OPEN);
        story.user.awaitsCondition("pilot", "PreflightCostLog=True Found");
    }

    @Test
    void whatIsNotRequiredIsOnlyShown() {
        FakeBridge bridge = beforeTheStart("");
        bridge.canWriteCosts(false, UNWRITABLE);
        story.clock.forward(AHEAD);

        story.user.awaits("pilot", Phase.OPEN);
        assertThat(story.user
                        .awaitsCondition("pilot", "PreflightCostLog=False Failing")
                        .getMessage())
                .isEqualTo(bridge.pod() + ": " + UNWRITABLE);
        story.user.awaitsCondition("pilot", "PreflightPassed=True RequirementsMet");
        await().until(bridge::allowed);
        await().untilAsserted(() -> assertThat(story.user.events()).contains("EgressWindowOpened"));
        assertThat(story.auditor.warnings()).isEmpty();
    }

    @Test
    void aKeyThatIsTooShortOpensNothingAndIsToldToNobody() {
        // Both begin alike, in Base64 too: who tells the whole key tells the short one.
        String tooShort = "sk-cut-off-9471";
        String whole = tooShort + "-and-the-rest-of-it";
        try (LogEar log = new LogEar()) {
            story.user.hasAnApiKey(tooShort);
            story.user.declares("pilot", "{durationSeconds: 3600}", "");
            assertThat(story.user
                            .awaitsCondition("pilot", "PreflightPassed=False SecretTooShort")
                            .getMessage())
                    .isEqualTo("Secret realtime-api (spec.provider.apiKeySecretRef) has a value of fewer than 20 bytes "
                            + "under key REALTIME_API_KEY: put the whole value there.");
            FakeBridge bridge = story.world.runsOne();
            story.looksAgain(bridge);
            assertThat(story.user.status("pilot").phase()).isEqualTo(Phase.PREFLIGHT);
            assertThat(story.user.policies()).containsExactly("pilot-bridge");
            await().untilAsserted(() -> assertThat(story.auditor.warnings()).containsExactly("PreflightFailed"));

            story.user.hasAnApiKey(whole);
            story.user.awaits("pilot", Phase.OPEN);
            story.user.patches("pilot", "{\"stop\":true}");
            story.user.awaits("pilot", Phase.CLOSED);
            story.user.awaitsCondition("pilot", "ReportWritten=True Written");

            assertThat(story.auditor.mentions("realtime-api")).contains("TestWindow/pilot", "Deployment/pilot-bridge");
            assertThat(log.heard()).anyMatch(line -> line.contains("fewer than 20 bytes"));
            for (String secret : List.of(tooShort, base64(tooShort))) {
                assertThat(story.auditor.mentions(secret)).isEmpty();
                assertThat(log.heard()).noneMatch(line -> line.contains(secret));
            }
        }
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
