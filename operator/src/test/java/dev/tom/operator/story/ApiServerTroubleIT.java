package dev.tom.operator.story;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tom.crds.v1alpha1.Phase;
import dev.tom.kube.ClusterExtension;
import dev.tom.kube.Outages;
import dev.tom.kube.OwnCluster;
import dev.tom.kube.TestCluster;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * What an API server in trouble does to a window that ends. {@code -Dtom.outage=60} is the promise for an API server that is away;
 * {@code -Dtom.long=true} runs the rest too.
 */
@ExtendWith(ClusterExtension.class)
@SuppressWarnings("SystemOut")
class ApiServerTroubleIT {

    private static final Duration OUTAGE = Duration.ofSeconds(Integer.getInteger("tom.outage", 3));
    private static final Duration AHEAD = Duration.ofSeconds(10);
    /** A process that lost its Lease ends, is started again, and finds the API server by itself. */
    private static final Duration RESTART = Duration.ofSeconds(20);

    private final TestCluster cluster;
    private final Story story;

    ApiServerTroubleIT(@OwnCluster TestCluster cluster) {
        this.cluster = cluster;
        story = new Story(cluster);
    }

    @BeforeEach
    void start() {
        story.user.hasAnApiKey();
    }

    @AfterEach
    void end() {
        story.close();
    }

    private Outages outages() {
        Assumptions.assumeTrue(cluster.outages().isPresent(), "this cluster's processes are not ours to stop");
        return cluster.outages().orElseThrow();
    }

    private void leads(Replica operator) {
        operator.starts();
        operator.awaitsReady();
        await("leading").until(operator::leads);
    }

    /** A window that is open, with a bridge that carries a call. */
    private FakeBridge open(Instant end) {
        FakeBridge bridge = story.opens(Moments.until(end), "");
        bridge.carries(1);
        assertThat(Instant.now()).as("open before the end").isBefore(end);
        return bridge;
    }

    private void isRight(String trouble, FakeBridge bridge, Instant end, Instant over) {
        Moments.reach(end);
        assertThat(bridge.allowed()).as("the bridge was on time by itself").isFalse();
        Phase phase = story.user.awaitsEnd("pilot");
        Duration late = story.egress.late("pilot", end);
        System.out.printf(
                "| %s | policy gone %d ms after the end, %d ms after the trouble | %s |%n",
                trouble, late.toMillis(), Duration.between(over, end.plus(late)).toMillis(), phase);
        assertThat(phase).isEqualTo(Phase.CLOSED);
        story.user.awaitsCondition("pilot", "EgressClosed=True Verified");
        story.user.awaitsCondition("pilot", "ReportWritten=True Written");
        assertThat(story.user.end("pilot")).isEqualTo(end);
        assertThat(story.user.policies()).containsExactly("pilot-bridge");
        assertThat(story.egress.comingsAfter(end)).isEmpty();
    }

    @Test
    void apiServerAwayAcrossTheEnd() {
        Outages outages = outages();
        Replica operator = story.operator.replica("operator", true).keepsRunning();
        leads(operator);
        Instant end = Moments.in(AHEAD);
        FakeBridge bridge = open(end);
        Moments.reach(end.minusSeconds(1));
        Instant gone = Instant.now();
        outages.stopApiServer();
        Moments.reach(gone.plus(OUTAGE));
        assertThat(operator.probe("/healthz"))
                .as("an API server that is away is no reason to restart")
                .isEqualTo(200);
        outages.startApiServer();
        Instant back = Instant.now();
        isRight(
                "API server away for %d s, operator ended %d times".formatted(OUTAGE.toSeconds(), operator.ends()),
                bridge,
                end,
                back);
        assertThat(end.plus(story.egress.late("pilot", end))).isBefore(back.plus(RESTART));
    }

    @Test
    @EnabledIfSystemProperty(named = "tom.long", matches = "true")
    void storeThatAnswersInGulps() {
        Outages outages = outages();
        leads(story.operator.replica("operator", true).keepsRunning());
        Instant end = Moments.in(AHEAD);
        FakeBridge bridge = open(end);
        Moments.reach(end.minusSeconds(2));
        for (int gulp = 0; gulp < 10; gulp++) {
            outages.freezeStore();
            Moments.reach(Instant.now().plusMillis(700));
            outages.thawStore();
            Moments.reach(Instant.now().plusMillis(100));
        }
        isRight(
                "etcd stands still for 700 of each 800 ms, from 2 s before the end for 8 s",
                bridge,
                end,
                Instant.now());
    }

    @Test
    @EnabledIfSystemProperty(named = "tom.long", matches = "true")
    void watchesThatBreak() {
        try (Wire wire = new Wire(story.operator.apiPort())) {
            leads(story.operator.replicaThrough(wire, "operator"));
            Instant end = Moments.in(AHEAD);
            FakeBridge bridge = open(end);
            while (Instant.now().isBefore(end.plusMillis(500))) {
                wire.dropsConnections();
                Moments.reach(Instant.now().plusMillis(400));
            }
            isRight("all connections reset every 400 ms until 0.5 s after the end", bridge, end, Instant.now());
        }
    }

    @Test
    @EnabledIfSystemProperty(named = "tom.long", matches = "true")
    void wireThatIsCutWhileTheUserStops() {
        try (Wire wire = new Wire(story.operator.apiPort())) {
            leads(story.operator.replicaThrough(wire, "operator").keepsRunning());
            FakeBridge bridge = story.opens("{durationSeconds: 3600}", "");
            wire.breaks();
            story.user.patches("pilot", "{\"stop\":true}");
            Moments.reach(Instant.now().plusSeconds(3));
            Instant mended = Instant.now();
            wire.isMended();
            story.user.awaits("pilot", Phase.CLOSED);
            System.out.printf(
                    "| stopped by its user while the operator could not reach the API server | policy gone %d ms after it could | %s |%n",
                    story.egress.late("pilot", mended).toMillis(), Phase.CLOSED);
            assertThat(bridge.allowed()).isFalse();
            assertThat(story.egress.late("pilot", mended)).isLessThan(RESTART);
        }
    }

    @Test
    @EnabledIfSystemProperty(named = "tom.long", matches = "true")
    void somebodyWritesLabelsAllTheTime() {
        leads(story.operator.replica("operator", true));
        Instant end = Moments.in(AHEAD);
        story.user.declares("pilot", Moments.until(end), "");
        try (Storm storm = story.user.annotatesAllTheTime("pilot")) {
            story.user.awaits("pilot", Phase.OPEN);
            FakeBridge bridge = story.bridgeMayUseTheProvider();
            bridge.carries(1);
            Moments.reach(end);
            Phase phase = story.user.awaits("pilot", Phase.CLOSED).phase();
            Instant closed = Instant.now();
            System.out.printf(
                    "| another hand annotates the TestWindow, %d times so far | policy gone %d ms after the end, closed %d ms after it | %s |%n",
                    storm.blows(),
                    story.egress.late("pilot", end).toMillis(),
                    Duration.between(end, closed).toMillis(),
                    phase);
            assertThat(bridge.allowed()).isFalse();
            assertThat(story.egress.late("pilot", end)).isLessThan(Duration.ofSeconds(3));
        }
        story.user.awaitsCondition("pilot", "EgressClosed=True Verified");
        assertThat(story.user.policies()).containsExactly("pilot-bridge");
    }

    @Test
    @EnabledIfSystemProperty(named = "tom.long", matches = "true")
    void editedInEveryPhase() {
        leads(story.operator.replica("operator", true));
        Instant start = Moments.in(Duration.ofSeconds(8));
        story.user.declares("pilot", "{start: \"%s\", durationSeconds: 3600}".formatted(start), "");
        story.user.awaits("pilot", Phase.PENDING);
        story.user.patches("pilot", "{\"window\":{\"durationSeconds\":60}}");
        await().untilAsserted(() -> assertThat(story.user.end("pilot")).isEqualTo(start.plusSeconds(60)));
        story.user.awaits("pilot", Phase.OPEN);
        FakeBridge bridge = story.bridgeMayUseTheProvider();
        bridge.carries(1);
        story.user.patches("pilot", "{\"window\":{\"durationSeconds\":3600}}");
        await().until(() -> bridge.deadline().equals(start.plusSeconds(3600).toString()));
        bridge.clingsToItsSockets(true);
        story.user.patches("pilot", "{\"stop\":true}");
        Instant stopped = Instant.now();
        story.user.awaits("pilot", Phase.CLOSING);
        assertThat(story.user.isRefused("pilot", "{\"window\":{\"durationSeconds\":7200}}"))
                .contains("spec.window");
        assertThat(story.user.isRefused("pilot", "{\"stop\":false}")).contains("spec.stop");
        story.egress.awaitsNone(Duration.ofSeconds(10));
        bridge.clingsToItsSockets(false);
        story.user.awaits("pilot", Phase.CLOSED);
        assertThat(story.user.isRefused("pilot", "{\"window\":{\"durationSeconds\":7200}}"))
                .contains("spec.window");
        System.out.printf(
                "| edited while Pending, Open and Closing; stopped with a bridge that clings | policy gone %d ms after the stop | %s |%n",
                story.egress.late("pilot", stopped).toMillis(), Phase.CLOSED);
        assertThat(story.egress.comingsAfter(stopped)).isEmpty();
    }
}
