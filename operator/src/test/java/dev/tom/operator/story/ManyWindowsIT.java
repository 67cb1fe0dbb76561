package dev.tom.operator.story;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tom.crds.v1alpha1.Phase;
import dev.tom.kube.ClusterExtension;
import dev.tom.kube.OwnCluster;
import dev.tom.kube.TestCluster;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Many windows that end in the same second, by the packaged operator and the real clock; {@code -Dtom.windows=1000} is the promise. */
@ExtendWith(ClusterExtension.class)
@SuppressWarnings("SystemOut")
class ManyWindowsIT {

    private static final int WINDOWS = Integer.getInteger("tom.windows", 40);
    /** Every so manieth window has a bridge that carries a call until its own lease ends. */
    private static final int TALKING = 20;
    /** Time to open them all. */
    private static final Duration LEAD = Duration.ofSeconds(Integer.getInteger("tom.lead", 15 + WINDOWS / 8));

    private static final Duration LONG = Duration.ofSeconds(60 + WINDOWS / 2);
    private static final long PROMISE_MILLIS = 2_000;
    private static final double PROMISE_MEGABYTES = 256;

    private final Story story;

    ManyWindowsIT(@OwnCluster TestCluster cluster) {
        story = new Story(cluster);
    }

    @AfterEach
    void end() {
        story.close();
    }

    private void awaitAll(Phase phase, Duration within) {
        await("all " + phase + "; a slow machine needs more -Dtom.lead")
                .atMost(within)
                .pollInterval(Duration.ofSeconds(1))
                .until(() -> story.user.count(phase) == WINDOWS);
    }

    @Test
    void allPoliciesAreGoneTwoSecondsAfterTheEnd() {
        story.user.hasAnApiKey();
        story.world.hasRoomFor(window -> number(window) % TALKING == 0);
        Replica operator = story.operator.startsAsAProcess();
        operator.awaitsReady();
        Instant end = Instant.now().plus(LEAD).truncatedTo(ChronoUnit.SECONDS);
        story.user.declaresMany(
                WINDOWS, "many", "{start: \"%s\", durationSeconds: 3600}".formatted(end.minusSeconds(3600)), "");
        awaitAll(Phase.OPEN, LEAD);
        List<FakeBridge> bridges = story.world.runs((WINDOWS + TALKING - 1) / TALKING);
        bridges.forEach(bridge -> bridge.carries(1));
        assertThat(Instant.now()).as("all are open before the end").isBefore(end.minusSeconds(1));
        assertThat(story.egress.open()).isEqualTo(WINDOWS);

        await().atMost(LEAD.plusSeconds(5)).until(() -> !Instant.now().isBefore(end));
        story.egress.awaitsNone(LONG);
        List<Long> late = story.egress.lateMillis(end);
        awaitAll(Phase.CLOSED, LONG);
        Duration closed = Duration.between(end, Instant.now());

        System.out.printf(
                "many windows: %d, policies gone after the end: p50 %d ms, p99 %d ms, last %d ms; all closed and reported %.1f s after it; operator peak %.0f MB%n",
                WINDOWS, at(late, 50), at(late, 99), late.getLast(), closed.toMillis() / 1e3, operator.peakMegabytes());
        assertThat(late).hasSize(WINDOWS).allMatch(millis -> millis >= 0);
        assertThat(at(late, 99)).isLessThanOrEqualTo(PROMISE_MILLIS);
        assertThat(story.egress.comingsAfter(end)).isEmpty();
        assertThat(bridges).noneMatch(FakeBridge::allowed);
        assertThat(operator.peakMegabytes()).isLessThanOrEqualTo(PROMISE_MEGABYTES);
        aSecondLookWritesNothing(operator);
    }

    /** Neither another round of the same operator nor a new one that knows nothing writes anything. */
    private void aSecondLookWritesNothing(Replica operator) {
        Map<String, String> before = story.user.awaitsQuiet(LONG);
        operator.isKilled();
        operator.starts();
        operator.awaitsReady();
        operator.awaitsALookAt(WINDOWS, LONG);
        assertThat(operator.meter("tom_operator_writes_total")).isZero();
        assertThat(story.user.versions()).isEqualTo(before);
    }

    private static int number(String window) {
        return Integer.parseInt(window.substring(window.lastIndexOf('-') + 1));
    }

    private static long at(List<Long> sorted, int percent) {
        return sorted.get((int) Math.ceil(sorted.size() * percent / 100.0) - 1);
    }
}
