package dev.tom.bridge.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class SettingsPageTest {

    /** {@code -Drewrite=true} writes the page anew. */
    @Test
    void thePageIsTheCatalogue() throws IOException {
        Path page = Path.of(System.getProperty("tom.root", "..")).resolve("docs/configuration.md");
        if (Boolean.getBoolean("rewrite")) {
            Files.createDirectories(page.getParent());
            Files.writeString(page, SettingsPage.markdown());
        }
        assertThat(SettingsPage.markdown()).isEqualTo(Files.readString(page));
    }
}
