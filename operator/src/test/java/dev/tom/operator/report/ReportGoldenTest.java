package dev.tom.operator.report;

import static dev.tom.operator.report.Bridges.START;
import static dev.tom.operator.report.Bridges.account;
import static dev.tom.operator.report.Bridges.look;
import static dev.tom.operator.report.Bridges.status;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tom.operator.desired.Change;
import dev.tom.operator.observe.RunAccount;
import io.fabric8.kubernetes.api.model.ConfigMap;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The three files, as they are. {@code -Drewrite=true} writes them anew; the difference is to be read. */
class ReportGoldenTest {

    private final ReportBook book = new ReportBook();
    private Map<String, String> files = Map.of();

    @Test
    void aWindowThatNobodyCalled() throws IOException {
        sees(look(START.plusSeconds(1), status("a", "07:56:00", 0, RunAccount.NONE)));
        areAsIn("nobody-called");
    }

    /** One bridge dies between two looks, one before anybody saw it; the ledger is told by both that live, more than once. */
    @Test
    void aWindowInWhichTwoBridgesDied() throws IOException {
        RunAccount dead = account("a", "07:56:00", 5, "08:31:00");
        RunAccount unseen = account("pod|<script>alert(1)</script>", "08:20:00", 1, "08:21:00");
        sees(look(
                START.plusSeconds(600),
                status("a", "07:56:00", 3, account("a", "07:56:00", 2, "08:09:00")),
                status("b", "07:56:00", 2, account("b", "07:56:00", 2, "08:09:00"))));
        sees(look(START.plusSeconds(3600), status("b", "07:56:00", 9, account("b", "07:56:00", 9, "08:59:00"))));
        sees(look(
                START.plusSeconds(7195),
                status("b", "07:56:00", 9, account("b", "07:56:00", 9, "08:59:00"), dead, unseen),
                status("c", "08:32:00", 1, account("c", "08:32:00", 1, "09:00:00"), unseen, dead)));
        sees(look(START.plusSeconds(7202), status("b", "07:56:00", 9, account("b", "07:56:00", 9, "08:59:00"), dead))
                .closed());
        areAsIn("two-bridges-died");
    }

    @Test
    void thePageLoadsNothingAndEscapesEverything() throws IOException {
        aWindowInWhichTwoBridgesDied();
        String html = files.getOrDefault("report.html", "");
        assertThat(html)
                .doesNotContain("http:")
                .doesNotContain("https:")
                .doesNotContain("<script")
                .doesNotContain("src=")
                .doesNotContain("href")
                .doesNotContain("url(")
                .doesNotContain("@import")
                .contains("&lt;script&gt;");
    }

    private void sees(Bridges.Look look) {
        for (Change change : look.in(book).changes()) {
            files = ((ConfigMap) ((Change.Present) change).resource()).getData();
        }
    }

    private void areAsIn(String folder) throws IOException {
        Path golden = Path.of("src/test/resources/report", folder);
        if (Boolean.getBoolean("rewrite")) {
            Files.createDirectories(golden);
            for (Map.Entry<String, String> file : files.entrySet()) {
                Files.writeString(golden.resolve(file.getKey()), file.getValue());
            }
        }
        try (var expected = Files.list(golden)) {
            assertThat(files.keySet())
                    .containsExactlyInAnyOrderElementsOf(expected.map(file -> String.valueOf(file.getFileName()))
                            .toList());
        }
        for (Map.Entry<String, String> file : files.entrySet()) {
            assertThat(file.getValue()).as(file.getKey()).isEqualTo(Files.readString(golden.resolve(file.getKey())));
        }
    }
}
