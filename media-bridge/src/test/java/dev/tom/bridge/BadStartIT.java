package dev.tom.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the program says when it cannot start, and what it never says. */
class BadStartIT {

    private static final String KEY = "sk-very-secret-0123456789";

    @TempDir
    Path folder;

    @Test
    void wrongSettingsAreSentencesAndExitTwo() throws IOException, InterruptedException {
        var environment = Map.of(
                "REALTIME_BACKEND", "provider",
                "REALTIME_API_KEY", KEY + " ",
                "REALTIME_WS_URL", "ws://api.example.com/v1/realtime",
                "TELEPHONY_AUTH", "jwt",
                "TELEPHONY_AUTH_SECRET", "too-short-secret",
                "REALTIME_MODELL", "x");
        try (var bridge = new BridgeProcess(folder, environment, "bridge")) {
            assertThat(bridge.exitCode()).isEqualTo(2);
            assertThat(bridge.output().lines())
                    .containsExactly("tom bridge: Unknown setting REALTIME_MODELL: did you mean REALTIME_MODEL?");
        }
    }

    @Test
    void noSecretIsShownWhateverIsWrong() throws IOException, InterruptedException {
        Path directory = Files.createDirectory(folder.resolve("config"));
        Files.writeString(directory.resolve("REALTIME_API_KEY"), KEY + "\nsecond line\n");
        Files.writeString(directory.resolve("TELEPHONY_AUTH"), "basic");
        Files.writeString(directory.resolve("TELEPHONY_AUTH_SECRET"), "no-colon-secret");
        Files.writeString(directory.resolve("COST_TARIFF"), "none.json");
        try (var bridge = new BridgeProcess(folder, Map.of(), "bridge", "--config-dir", directory.toString())) {
            assertThat(bridge.exitCode()).isEqualTo(2);
            assertThat(bridge.output().lines())
                    .hasSize(2)
                    .allSatisfy(line -> assertThat(line).startsWith("tom bridge: "));
            assertThat(bridge.output())
                    .doesNotContain(KEY)
                    .doesNotContain("second line")
                    .doesNotContain("no-colon");
        }
    }

    @Test
    void aMissingTariffIsOneSentence() throws IOException, InterruptedException {
        try (var bridge = new BridgeProcess(folder, Map.of("COST_TARIFF", "none.json"), "bridge")) {
            assertThat(bridge.exitCode()).isEqualTo(2);
            assertThat(bridge.output().lines())
                    .containsExactly("tom bridge: COST_TARIFF=none.json cannot be read: check the path");
        }
    }
}
