package dev.tom.operator.observability;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tom.operator.window.Notice;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Vocabularies that people search for are in the manual, word for word. */
class CatalogueTest {

    private static final Path DOCS =
            Path.of(System.getProperty("tom.root", "..")).resolve("docs");

    @Test
    void everyEventHasAFixedReasonAndARowInTheRunbook() throws IOException {
        String runbook = Files.readString(DOCS.resolve("runbook.md"));
        assertThat(Notice.Kind.values()).extracting(Notice.Kind::reason).doesNotHaveDuplicates();
        for (Notice.Kind kind : Notice.Kind.values()) {
            assertThat(kind.reason()).matches("([A-Z][a-z]+)+");
            assertThat(runbook)
                    .contains("| `%s` | %s | ".formatted(kind.reason(), kind.warning() ? "Warning" : "Normal"));
        }
    }

    @Test
    void everyMeterOfTheOperatorHasARow() throws IOException {
        String page = Files.readString(DOCS.resolve("operator-scale.md"));
        assertThat(Arrays.stream(Meters.values()).map(meter -> "| `" + meter.meter() + "` | " + meter.help() + " |"))
                .allSatisfy(row -> assertThat(page).contains(row));
    }
}
