package dev.tom.operator.story;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tom.crds.v1alpha1.Phase;
import dev.tom.kube.ClusterExtension;
import dev.tom.kube.TestCluster;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Somebody deletes, edits or hides what belongs to a window: it is repaired within a second, and never so that egress opens after the end. */
@ExtendWith(ClusterExtension.class)
@SuppressWarnings("SystemOut")
class ForeignHandIT {

    private static final Duration PROMISE = Duration.ofSeconds(1);
    private static final String HIDE =
            "{\"metadata\":{\"labels\":{\"app.kubernetes.io/managed-by\":\"somebody-else\"}}}";

    private static final List<Owned> ALWAYS = List.of(
            new Owned("networking.k8s.io/v1", "NetworkPolicy", "pilot-bridge", "{\"spec\":{\"egress\":[{}]}}"),
            new Owned("v1", "ConfigMap", "pilot-bridge", "{\"data\":{\"REALTIME_MODEL\":\"another\"}}"),
            new Owned("v1", "Service", "pilot-bridge", "{\"spec\":{\"selector\":{\"tom.dev/window\":\"another\"}}}"),
            new Owned("v1", "ServiceAccount", "pilot-bridge", "{\"automountServiceAccountToken\":true}"),
            new Owned("policy/v1", "PodDisruptionBudget", "pilot-bridge", "{\"spec\":{\"maxUnavailable\":5}}"),
            new Owned("apps/v1", "Deployment", "pilot-bridge", "{\"spec\":{\"replicas\":0}}"));

    private static final Owned EGRESS = new Owned(
            "networking.k8s.io/v1",
            "NetworkPolicy",
            "pilot-provider-egress",
            "{\"spec\":{\"egress\":[{}]},\"metadata\":{\"labels\":{\"tom.dev/ends\":\"9999999999\"}}}");

    private final Story story;
    private final List<String> table = new ArrayList<>();

    ForeignHandIT(TestCluster cluster) {
        story = new Story(cluster);
    }

    /** An object of the window, and an edit that does harm. */
    record Owned(String apiVersion, String kind, String name, String edit) {}

    @BeforeEach
    void start() {
        story.operator.starts();
        story.user.hasAnApiKey();
        story.user.declares("pilot", "{durationSeconds: 3600}", "");
        story.user.awaits("pilot", Phase.OPEN);
    }

    @AfterEach
    void end() {
        story.close();
    }

    @Test
    void everyOwnedObjectIsRepaired() {
        FakeBridge bridge = story.bridgeMayUseTheProvider();
        ALWAYS.forEach(owned -> meddle("open", owned));
        meddle("open", EGRESS);

        story.user.patches("pilot", "{\"stop\":true}");
        story.user.awaits("pilot", Phase.CLOSED);
        Instant closed = Instant.now();
        ALWAYS.forEach(owned -> meddle("closed", owned));
        assertThat(story.egress.comingsAfter(closed)).isEmpty();
        assertThat(story.user.config("pilot-bridge")).containsEntry("ALLOW_EGRESS", "false");
        table.forEach(System.out::println);
    }

    private void meddle(String phase, Owned owned) {
        String before = story.user.essence(owned);
        repaired(phase, owned, "deleted", before, () -> story.user.deletes(owned));
        repaired(phase, owned, "edited", before, () -> story.user.edits(owned, owned.edit()));
        repaired(phase, owned, "hidden", before, () -> story.user.edits(owned, HIDE));
    }

    private void repaired(String phase, Owned owned, String how, String before, Runnable harm) {
        harm.run();
        Instant done = Instant.now();
        await(how + " " + owned)
                .pollInterval(Duration.ofMillis(10))
                .untilAsserted(() -> assertThat(story.user.essence(owned)).isEqualTo(before));
        Duration took = Duration.between(done, Instant.now());
        table.add("| %s | %s %s | %s | repaired after %d ms |"
                .formatted(phase, owned.kind(), owned.name(), how, took.toMillis()));
        assertThat(took).as("%s %s, %s", how, owned, phase).isLessThanOrEqualTo(PROMISE);
    }

    /** After the end a policy of anybody's making goes, even one whose label says that its time is yet to come. */
    @Test
    void aPolicyThatIsPutBackAfterTheEndGoes() {
        var egress = story.user.policy("pilot-provider-egress").orElseThrow();
        story.user.patches("pilot", "{\"stop\":true}");
        story.user.awaits("pilot", Phase.CLOSED);
        story.user.putsBack(egress);
        Instant done = Instant.now();
        await("gone")
                .pollInterval(Duration.ofMillis(10))
                .until(() -> story.user.policy("pilot-provider-egress").isEmpty());
        assertThat(Duration.between(done, Instant.now())).isLessThanOrEqualTo(PROMISE);
    }
}
