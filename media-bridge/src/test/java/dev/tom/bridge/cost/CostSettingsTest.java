package dev.tom.bridge.cost;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CostSettingsTest {

    @TempDir
    Path folder;

    @Test
    void theDirectoryIsMade() {
        assertThat(settings(folder.resolve("data/cost_logs")).problem()).isEmpty();
        assertThat(folder.resolve("data/cost_logs")).isDirectory();
    }

    @Test
    void aFileInItsPlaceIsOneSentence() throws IOException {
        Path file = Files.createFile(folder.resolve("costs"));
        assertThat(settings(file).problem())
                .contains("COST_LOG_DIR=" + file
                        + " cannot be made (FileAlreadyExistsException): name a directory that this user may write");
    }

    private static CostSettings settings(Path directory) {
        return new CostSettings(directory, Optional.empty(), FsyncPolicy.RECORD);
    }
}
