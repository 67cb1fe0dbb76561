package dev.tom.bridge.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tom.bridge.call.egress.EgressTerms;
import dev.tom.bridge.speech.BackendKind;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Directories as an operator renders them, one file per key. */
class RenderedDirectoryTest {

    private static final Path RENDERED = Path.of("src/test/resources/rendered");
    private static final Map<String, String> SECRETS = Map.of("REALTIME_API_KEY", "sk-test", "PHONE_HASH_SALT", "s");

    @Test
    void anOpenWindow() {
        BridgeConfig config = read("window-open");

        assertThat(config.window()).isEqualTo("pilot");
        assertThat(config.live().backend()).isEqualTo(BackendKind.PROVIDER);
        assertThat(config.live().egress())
                .isEqualTo(new EgressTerms.Stated(true, Optional.of(Instant.parse("2026-12-01T10:00:00Z"))));
        assertThat(config.local()).isPresent();
        assertThat(config.warnings()).singleElement().asString().startsWith("TELEPHONY_AUTH");
    }

    @Test
    void aClosedWindow() {
        BridgeConfig config = read("window-closed");

        assertThat(config.live().backend()).isEqualTo(BackendKind.LOCAL);
        assertThat(config.live().egress().allowed()).isFalse();
        assertThat(config.live().hash()).isNotEqualTo(read("window-open").live().hash());
    }

    private static BridgeConfig read(String name) {
        return new ConfigSources(SECRETS, Optional.of(RENDERED.resolve(name)), Optional.empty()).read();
    }
}
