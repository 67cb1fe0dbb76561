package dev.tom.bridge.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tom.bridge.call.egress.EgressAsks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The watcher look by look. */
class ConfigWatcherTest implements ConfigWatcher.Listener {

    private static final Map<String, String> OPEN =
            Map.of("ALLOW_EGRESS", "true", "EGRESS_UNTIL", "2026-12-01T10:00:00Z", "MAX_CALLS", "5");
    private static final Map<String, String> CLOSED =
            Map.of("ALLOW_EGRESS", "false", "EGRESS_UNTIL", "2026-12-01T10:00:00Z", "MAX_CALLS", "5");

    @TempDir
    Path directory;

    private final List<String> heard = new ArrayList<>();
    private final List<EgressAsks> asked = new ArrayList<>();
    private Projection projection = new Projection(Path.of(""));

    @BeforeEach
    void project() throws IOException {
        projection = new Projection(directory);
        projection.set(OPEN);
    }

    @Override
    public void changed(LiveConfig live) {
        heard.add(live.egress().allowed() ? "open" : "closed");
        asked.add(live.asks());
    }

    @Override
    public void unreadable() {
        heard.add("unreadable");
    }

    private ConfigWatcher watcher() {
        return new ConfigWatcher(new ConfigSources(Map.of(), Optional.of(directory), Optional.empty()));
    }

    @Test
    void anExchangedProjectionIsTakenAtOnceAndOnce() throws IOException {
        try (var watcher = watcher()) {
            assertThat(watcher.initial().live().egress().allowed()).isTrue();
            watcher.look(this);
            projection.set(CLOSED);
            watcher.look(this);
            watcher.look(this);
            projection.set(OPEN);
            watcher.look(this);
        }
        assertThat(heard).containsExactly("closed", "open");
    }

    @Test
    void aWrongValueClosesOnTheSecondLookAndRecovers() throws IOException {
        try (var watcher = watcher()) {
            projection.set(Map.of("ALLOW_EGRESS", "maybe"));
            watcher.look(this);
            assertThat(heard).isEmpty();
            watcher.look(this);
            watcher.look(this);
            assertThat(heard).containsExactly("unreadable");
            projection.set(OPEN);
            watcher.look(this);
        }
        assertThat(heard).containsExactly("unreadable", "open");
    }

    @Test
    void aDirectoryThatLosesItsContentCloses() throws IOException {
        try (var watcher = watcher()) {
            projection.remove();
            watcher.look(this);
            watcher.look(this);
            Files.delete(directory);
            watcher.look(this);
            watcher.look(this);
        }
        assertThat(heard).containsExactly("unreadable");
    }

    @Test
    void aPlainDirectoryCountsWhenTwoLooksAgree() throws IOException {
        projection.remove();
        Files.writeString(directory.resolve("ALLOW_EGRESS"), "true\n");
        Files.writeString(directory.resolve("EGRESS_UNTIL"), "2026-12-01T10:00:00Z\n");
        try (var watcher = watcher()) {
            watcher.look(this);
            Files.writeString(directory.resolve("ALLOW_EGRESS"), "");
            watcher.look(this);
            Files.writeString(directory.resolve("ALLOW_EGRESS"), "false");
            watcher.look(this);
            assertThat(heard).isEmpty();
            watcher.look(this);
        }
        assertThat(heard).containsExactly("closed");
    }

    @Test
    void whatTheOperatorAsksArrivesAndGoesAgain() throws IOException {
        Instant end = Instant.parse("2026-12-01T10:00:00Z");
        try (var watcher = watcher()) {
            for (String key : List.of("PREFLIGHT_UNTIL", "EGRESS_CANARY")) {
                projection.set(Map.of("ALLOW_EGRESS", "false", key, end.toString()));
                watcher.look(this);
            }
            projection.set(CLOSED);
            watcher.look(this);
        }
        assertThat(asked)
                .containsExactly(
                        new EgressAsks(Optional.of(end), Optional.empty()),
                        new EgressAsks(Optional.empty(), Optional.of(end)),
                        EgressAsks.NONE);
    }

    @Test
    void anAskThatIsNoMomentIsNotTaken() throws IOException {
        try (var watcher = watcher()) {
            projection.set(Map.of("ALLOW_EGRESS", "false", "EGRESS_CANARY", "now"));
            watcher.look(this);
            watcher.look(this);
        }
        assertThat(asked).isEmpty();
        assertThat(heard).containsExactly("unreadable");
    }

    @Test
    void aKeyThatNeedsANewPodChangesNothingLive() throws IOException {
        try (var watcher = watcher()) {
            projection.set(Map.of("ALLOW_EGRESS", "true", "EGRESS_UNTIL", "2026-12-01T10:00:00Z", "MAX_CALLS", "9"));
            watcher.look(this);
        }
        assertThat(heard).containsExactly("open");
    }

    @Test
    void aWrongDirectoryStopsTheStart() throws IOException {
        projection.set(Map.of("ALOW_EGRESS", "true"));
        assertThatThrownBy(this::watcher).hasMessage("Unknown setting ALOW_EGRESS: did you mean ALLOW_EGRESS?");
    }
}
