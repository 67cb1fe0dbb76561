package dev.tom.operator.desired;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tom.operator.window.Egress;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DesiredStateTest {

    static List<GoldenFolder> all() {
        return GoldenFolder.all();
    }

    @ParameterizedTest
    @MethodSource("all")
    void rendersWhatTheFolderSays(GoldenFolder folder) throws IOException {
        if (Boolean.getBoolean("rewrite")) {
            folder.rewrite();
        }
        Map<String, String> rendered = folder.rendered();
        Map<String, String> expected = folder.expected();
        assertThat(rendered.keySet())
                .as("files; if these are right, run: ./mvnw -pl operator -am test -Drewrite=true")
                .isEqualTo(expected.keySet());
        rendered.forEach((name, text) -> assertThat(text).as(name).isEqualTo(expected.get(name)));
    }

    /** A changed pod template rolls the pods, and their calls with them. */
    @ParameterizedTest
    @MethodSource("all")
    void opensAndClosesWithoutTouchingTheDeployment(GoldenFolder folder) throws IOException {
        Egress open = new Egress.Open(Instant.parse("2026-12-01T10:00:00Z"));
        Egress extended = new Egress.Open(Instant.parse("2026-12-01T11:00:00Z"));
        assertThat(deployments(folder.changes(open)))
                .isEqualTo(deployments(folder.changes(extended)))
                .isEqualTo(deployments(folder.changes(new Egress.Shut())));
    }

    private static List<HasMetadata> deployments(List<Change> changes) {
        return changes.stream()
                .filter(Change.Present.class::isInstance)
                .map(change -> ((Change.Present) change).resource())
                .filter(Deployment.class::isInstance)
                .toList();
    }
}
