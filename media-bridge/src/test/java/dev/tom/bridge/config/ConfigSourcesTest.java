package dev.tom.bridge.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tom.bridge.call.egress.EgressAsks;
import dev.tom.bridge.speech.BackendKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigSourcesTest {

    @TempDir
    Path mounted;

    @TempDir
    Path elsewhere;

    @Test
    void directoryBeatsEnvironmentBeatsFile() throws IOException {
        Path file = Files.writeString(elsewhere.resolve(".env"), "MAX_CALLS=1\nWINDOW_NAME=file\nREALTIME_VOICE=ash\n");
        Files.writeString(mounted.resolve("MAX_CALLS"), "3\n");

        BridgeConfig config = new ConfigSources(
                        Map.of("MAX_CALLS", "2", "WINDOW_NAME", "env", "HOME", "/root"),
                        Optional.of(mounted),
                        Optional.of(file))
                .read();

        assertThat(config.maxCalls()).isEqualTo(3);
        assertThat(config.window()).isEqualTo("env");
        assertThat(config.realtime().voice()).isEqualTo("ash");
    }

    @Test
    void aLiveKeyTakenOutOfTheDirectoryDoesNotComeBackFromTheEnvironment() throws IOException {
        Files.writeString(mounted.resolve("REALTIME_BACKEND"), "local");
        var sources = new ConfigSources(
                Map.of(
                        "ALLOW_EGRESS", "true",
                        "EGRESS_UNTIL", "2026-12-01T10:00:00Z",
                        "PREFLIGHT_UNTIL", "2026-12-01T10:00:00Z",
                        "EGRESS_CANARY", "2026-12-01T10:00:00Z",
                        "WINDOW_NAME", "pilot"),
                Optional.of(mounted),
                Optional.empty());

        assertThat(sources.read().live().egress().allowed()).isFalse();
        assertThat(sources.read().live().egress().until()).isEmpty();
        assertThat(sources.read().live().asks()).isEqualTo(EgressAsks.NONE);
        assertThat(sources.read().window()).isEqualTo("pilot");
    }

    @Test
    void aDirectoryWithoutLiveKeysLeavesThemToTheEnvironment() throws IOException {
        Files.writeString(mounted.resolve("REALTIME_API_KEY"), "sk-x");
        var sources = new ConfigSources(Map.of("REALTIME_BACKEND", "provider"), Optional.of(mounted), Optional.empty());

        assertThat(sources.read().live().backend()).isEqualTo(BackendKind.PROVIDER);
    }

    @Test
    void theEnvironmentMayHoldNamesOfOthersButNoSlips() {
        assertThat(ProcessEnvironment.ours(Map.of("PATH", "/bin", "MODELS", "x", "LANGUAGE", "de")))
                .isEqualTo(Map.of("LANGUAGE", "de"));
        assertThatThrownBy(() -> ProcessEnvironment.ours(Map.of("REALTIME_KEY", "sk-1", "FALLBACK_TRIGGER", "1")))
                .hasMessage("""
                        Unknown setting FALLBACK_TRIGGER: did you mean FALLBACK_TRIGGER_MS?
                        Unknown setting REALTIME_KEY: remove it, tom bridge --help lists the settings""");
    }

    @Test
    void serviceLinksOfKubernetesAreNoSlips() {
        assertThat(ProcessEnvironment.ours(Map.of(
                        "TELEPHONY_SERVICE_HOST", "10.0.0.1",
                        "TELEPHONY_SERVICE_PORT", "8080",
                        "TELEPHONY_SERVICE_PORT_WS", "8080",
                        "TELEPHONY_PORT_8080_TCP", "tcp://10.0.0.1:8080",
                        "TELEPHONY_PORT_8080_TCP_ADDR", "10.0.0.1",
                        "SPEECH_WORKER_PORT", "tcp://10.0.0.2:8090")))
                .isEmpty();
    }

    @Test
    void aMissingDirectoryIsOneSentence() {
        var sources = new ConfigSources(Map.of(), Optional.of(mounted.resolve("gone")), Optional.empty());
        assertThatThrownBy(sources::read)
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("cannot be read (NoSuchFileException): check the mount and --config-dir");
    }

    @Test
    void aValueThatIsNoTextIsOneSentence() throws IOException {
        Files.write(mounted.resolve("WINDOW_NAME"), new byte[] {(byte) 0xff, (byte) 0xfe});
        var sources = new ConfigSources(Map.of(), Optional.of(mounted), Optional.empty());
        assertThatThrownBy(sources::read).hasMessage("The value of WINDOW_NAME is not UTF-8 text");
    }
}
