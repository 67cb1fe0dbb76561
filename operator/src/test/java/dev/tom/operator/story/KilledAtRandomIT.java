package dev.tom.operator.story;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tom.crds.v1alpha1.Phase;
import dev.tom.kube.ClusterExtension;
import dev.tom.kube.TestCluster;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The packaged operator is killed at a random moment of each of many windows' lives; {@code -Dtom.kills=40} is the promise. */
@ExtendWith(ClusterExtension.class)
@SuppressWarnings("SystemOut")
class KilledAtRandomIT {

    private static final int KILLS = Integer.getInteger("tom.kills", 1);
    private static final long SEED = Long.getLong("tom.seed", System.nanoTime());
    private static final Duration LIFE = Duration.ofSeconds(8);
    private static final Duration AFTERLIFE = Duration.ofSeconds(2);
    /** After the end, or after an operator is back, whichever is later. */
    private static final Duration PROMISE = Duration.ofSeconds(2);

    private final Story story;
    private final Random random = new Random(SEED);

    KilledAtRandomIT(TestCluster cluster) {
        story = new Story(cluster);
    }

    @AfterEach
    void end() {
        story.close();
    }

    @Test
    void theEndStateIsAlwaysRight() {
        System.out.println("killed at random: -Dtom.seed=" + SEED);
        story.user.hasAnApiKey();
        Replica one = story.operator.replica("one", true).keepsRunning();
        Replica two = story.operator.replica("two", true);
        one.starts();
        one.awaitsReady();
        for (int kill = 0; kill < KILLS; kill++) {
            boolean pair = kill % 2 == 1;
            if (pair) {
                two.keepsRunning().starts();
                two.awaitsReady();
            }
            live("life-" + kill, pair ? List.of(one, two) : List.of(one));
            two.close();
        }
    }

    private void live(String window, List<Replica> replicas) {
        await("somebody leads").until(() -> replicas.stream().anyMatch(Replica::leads));
        Instant declared = Instant.now();
        Instant end = Moments.in(LIFE);
        Instant moment = declared.plusMillis(
                random.nextLong(Duration.between(declared, end).plus(AFTERLIFE).toMillis()));
        story.user.declares(window, Moments.until(end), "");
        Moments.reach(moment);
        Replica victim = replicas.stream().filter(Replica::leads).findFirst().orElse(replicas.getFirst());
        Instant killed = Instant.now();
        victim.isKilled();
        await("somebody leads again").until(() -> replicas.stream().anyMatch(Replica::leads));
        Instant back = Instant.now();
        Moments.reach(end);
        boolean quiet = story.world.bridges(window).stream().noneMatch(FakeBridge::allowed);
        Phase phase = story.user.awaitsEnd(window);
        Duration late = story.egress.late(window, end);

        System.out.printf(
                "killed %s %+d ms around the end, back after %d ms: policy gone %d ms after the end, %s%n",
                replicas.size() == 1 ? "the only operator" : "the leader of two",
                Duration.between(end, killed).toMillis(),
                Duration.between(killed, back).toMillis(),
                late.toMillis(),
                phase);
        assertThat(quiet).as("bridges were on time by themselves").isTrue();
        Instant bound = (back.isAfter(end) && killed.isBefore(end.plus(PROMISE)) ? back : end).plus(PROMISE);
        assertThat(end.plus(late)).isBefore(bound);
        assertThat(phase).isEqualTo(Phase.CLOSED);
        story.user.awaitsCondition(window, "EgressClosed=True Verified");
        story.user.awaitsCondition(window, "ReportWritten=True Written");
        assertThat(story.user.end(window)).isEqualTo(end);
        assertThat(story.user.policies()).noneMatch(policy -> policy.endsWith("-provider-egress"));
        assertThat(story.egress.comingsAfter(end))
                .noneMatch(coming -> coming.window().equals(window));
    }
}
