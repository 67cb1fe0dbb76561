package dev.tom.operator.story;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tom.crds.v1alpha1.Phase;
import dev.tom.kube.ClusterExtension;
import dev.tom.kube.TestCluster;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.ExtendWith;

/** Start-up and memory of the packaged operator with and without the cache that {@code operator/aot} makes. */
@ExtendWith(ClusterExtension.class)
@EnabledIfSystemProperty(named = "tom.long", matches = "true")
@SuppressWarnings("SystemOut")
class StartUpIT {

    private static final int TIMES = 5;
    private static final Path CACHE = Path.of("target", "operator.aot");

    private final Story story;

    StartUpIT(TestCluster cluster) {
        story = new Story(cluster);
    }

    @AfterEach
    void end() {
        story.close();
    }

    @Test
    void aCacheMakesTheStartShorter() throws IOException, InterruptedException {
        story.user.hasAnApiKey();
        story.user.declares("pilot", "{durationSeconds: 3600}", "");
        ProcessBuilder training = new ProcessBuilder("./aot", "20").redirectErrorStream(true);
        training.environment().putAll(story.operator.replica("training", true).environment());
        assertThat(training.inheritIO().start().waitFor()).isZero();
        assertThat(CACHE).exists();
        story.user.awaits("pilot", Phase.OPEN);

        List<Duration> without = new ArrayList<>();
        List<Duration> with = new ArrayList<>();
        for (int i = 0; i < TIMES; i++) {
            without.add(start("without"));
            with.add(start("with   ", "-XX:AOTCache=" + CACHE));
        }
        without.sort(Duration::compareTo);
        with.sort(Duration::compareTo);
        assertThat(with.get(TIMES / 2)).isLessThan(without.get(TIMES / 2));
    }

    private Duration start(String what, String... options) {
        Replica operator = story.operator.replica("operator", false).with(options);
        Instant begin = Instant.now();
        operator.starts();
        await("ready").pollInterval(Duration.ofMillis(20)).until(() -> operator.probe("/readyz") == 200);
        Duration ready = Duration.between(begin, Instant.now());
        await("a look at the window").until(() -> operator.meter("tom_testwindow_phase") == 1);
        System.out.printf(
                "start-up %s cache: ready after %d ms, %.0f MB, processor time %d ms%n",
                what,
                ready.toMillis(),
                operator.megabytes(),
                operator.processorTime().toMillis());
        operator.isKilled();
        return ready;
    }
}
