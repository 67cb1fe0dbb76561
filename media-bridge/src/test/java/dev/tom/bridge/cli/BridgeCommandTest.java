package dev.tom.bridge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tom.bridge.config.ConfigException;
import dev.tom.bridge.config.Setting;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class BridgeCommandTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final List<String> ran = new ArrayList<>();

    @TempDir
    Path folder;

    private int tom(Map<String, String> environment, String... args) {
        var bridge = new BridgeCommand(environment, (sources, grace) -> {
            ran.add(sources.read().window() + " " + grace.toSeconds());
            return 0;
        });
        return new CommandLine(new TomCommand())
                .addSubcommand(bridge.commandLine())
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(args);
    }

    @Test
    void runsWithTheSettingsOfAllSources() throws IOException {
        Path file = Files.writeString(folder.resolve("tom.env"), "WINDOW_NAME=pilot\n");
        assertThat(tom(Map.of(), "bridge", "--env-file", file.toString(), "--grace-seconds", "3"))
                .isZero();
        assertThat(ran).containsExactly("pilot 3");
    }

    @Test
    void wrongSettingsEndWithTwoAndOneSentenceEach() {
        assertThat(tom(Map.of("MAX_CALLS", "many", "TELEPHONY_AUTH", "yes"), "bridge"))
                .isEqualTo(2);
        assertThat(err.toString().lines())
                .containsExactlyInAnyOrder(
                        "tom bridge: MAX_CALLS=many is not valid: give a whole number from 1 to 10000",
                        "tom bridge: TELEPHONY_AUTH=yes is not valid: give none or basic or jwt");
        assertThat(ran).isEmpty();
    }

    @Test
    void wrongUsageEndsWithTwo() {
        assertThat(tom(Map.of())).isEqualTo(2);
        assertThat(tom(Map.of(), "bridge", "--config", "x")).isEqualTo(2);
        assertThat(err.toString()).contains("Name a command").contains("Unknown option");
    }

    @Test
    void theHelpListsEverySetting() {
        assertThat(tom(Map.of(), "bridge", "--help")).isZero();
        for (Setting setting : Setting.values()) {
            assertThat(out.toString()).contains(setting.name());
        }
        assertThat(out.toString()).contains("ALLOW_EGRESS *").contains("Exit codes:");
    }

    @Test
    void aFailureInTheRunnerIsNotHiddenAsUsage() {
        var bridge = new BridgeCommand(Map.of(), (_, _) -> {
            throw new ConfigException("The tariff x is not JSON");
        });
        int exit = bridge.commandLine().setErr(new PrintWriter(err)).execute();
        assertThat(exit).isEqualTo(2);
        assertThat(err.toString()).isEqualTo("tom bridge: The tariff x is not JSON" + System.lineSeparator());
    }
}
