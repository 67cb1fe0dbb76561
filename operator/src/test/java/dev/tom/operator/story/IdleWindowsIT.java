package dev.tom.operator.story;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tom.crds.v1alpha1.Phase;
import dev.tom.kube.ClusterExtension;
import dev.tom.kube.OwnCluster;
import dev.tom.kube.TestCluster;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Many windows that wait for a start far away, and one among them that is used; {@code -Dtom.idle=5000} is the promise. */
@ExtendWith(ClusterExtension.class)
@SuppressWarnings("SystemOut")
class IdleWindowsIT {

    private static final int WINDOWS = Integer.getInteger("tom.idle", 20);
    private static final Duration LONG = Duration.ofSeconds(60 + WINDOWS / 2);
    private static final Duration QUIET = Duration.ofSeconds(WINDOWS < 1_000 ? 3 : 60);
    private static final Duration LIFE = Duration.ofSeconds(5);
    private static final Duration PROMISE = Duration.ofSeconds(2);
    /** The chart's limit for the operator, 512Mi. */
    private static final double LIMIT_MEGABYTES = 512 * 1.048576;

    private final Story story;

    IdleWindowsIT(@OwnCluster TestCluster cluster) {
        story = new Story(cluster);
    }

    @AfterEach
    void end() {
        story.close();
    }

    @Test
    void theyCostNothingAndDelayNobody() {
        story.user.hasAnApiKey();
        story.world.hasRoomFor(window -> window.equals("used"));
        Replica operator = story.operator.startsAsAProcess();
        operator.awaitsReady();
        Instant tomorrow = Moments.in(Duration.ofDays(1));
        story.user.declaresMany(WINDOWS, "idle", "{start: \"%s\", durationSeconds: 3600}".formatted(tomorrow), "");
        operator.awaitsALookAt(WINDOWS, LONG);
        awaitsRest(operator);

        double writes = operator.meter("tom_operator_writes_total");
        double requests = operator.meter("tom_operator_api_requests_total");
        Duration processor = operator.processorTime();
        Moments.reach(Instant.now().plus(QUIET));
        double asked = operator.meter("tom_operator_api_requests_total") - requests;
        Duration worked = operator.processorTime().minus(processor);
        assertThat(operator.meter("tom_operator_writes_total")).isEqualTo(writes);

        Instant end = Moments.in(LIFE);
        Instant declared = Instant.now();
        story.user.declares("used", Moments.until(end), "");
        story.user.awaits("used", Phase.OPEN);
        Duration opened = Duration.between(declared, Instant.now());
        assertThat(story.user.awaitsEnd("used")).isEqualTo(Phase.CLOSED);
        Duration late = story.egress.late("used", end);
        double peak = operator.peakMegabytes();

        operator.isKilled();
        Instant killed = Instant.now();
        operator.starts();
        operator.awaitsALookAt(WINDOWS + 1, LONG);
        System.out.printf(
                "idle windows: %d, in %d s of rest %.0f requests and %d ms of processor time; one among them open after %d ms, its policy gone %d ms after the end; operator peak %.0f MB; a new one has looked at all after %.1f s, peak %.0f MB%n",
                WINDOWS,
                QUIET.toSeconds(),
                asked,
                worked.toMillis(),
                opened.toMillis(),
                late.toMillis(),
                peak,
                Duration.between(killed, Instant.now()).toMillis() / 1e3,
                operator.peakMegabytes());
        assertThat(late).isBetween(Duration.ZERO, PROMISE);
        assertThat(peak).isLessThanOrEqualTo(LIMIT_MEGABYTES);
        assertThat(operator.peakMegabytes()).isLessThanOrEqualTo(LIMIT_MEGABYTES);
        assertThat(operator.meter("tom_operator_writes_total")).isZero();
    }

    /** Kubernetes' own controllers write their share for much longer with thousands of windows, and wake the operator by it. */
    private static void awaitsRest(Replica operator) {
        var last = new AtomicReference<>(-1.0);
        await("the operator writes no more")
                .atMost(LONG)
                .pollInterval(QUIET.dividedBy(3))
                .until(() -> {
                    double now = operator.meter("tom_operator_writes_total");
                    return now == last.getAndSet(now);
                });
    }
}
