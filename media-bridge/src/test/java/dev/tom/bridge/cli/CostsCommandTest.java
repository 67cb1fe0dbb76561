package dev.tom.bridge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class CostsCommandTest {

    private static final String RECORD =
            "{\"call_id\":\"a\",\"backend\":\"local\",\"start_time\":\"2026-12-01T08:00:00Z\",\"end_time\":\"2026-12-01T08:01:00Z\","
                    + "\"total_cost_eur\":0.125000}\n";

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    Path folder;

    private int tom(Map<String, String> environment, String... args) {
        return new CommandLine(new TomCommand())
                .addSubcommand(new CostsCommand(environment).commandLine())
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(args);
    }

    @Test
    void theDirectoryOfTheBridgeIsSummedIntoATable() throws IOException {
        Files.writeString(folder.resolve("costs_20261201.jsonl"), RECORD);
        assertThat(tom(Map.of("COST_LOG_DIR", folder.toString()), "costs")).isZero();
        assertThat(out.toString().lines())
                .hasSize(3)
                .first()
                .asString()
                .startsWith("day         backend  window  calls  records  minutes");
        assertThat(out.toString()).contains("0.125000").contains("total");
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void aTornLineIsNamedAndWithStrictItFails() throws IOException {
        Files.writeString(folder.resolve("costs_20261201.jsonl"), RECORD + RECORD.substring(0, 50));
        assertThat(tom(Map.of(), "costs", "--dir", folder.toString(), "--by", "backend,ended_by", "--csv"))
                .isZero();
        assertThat(err.toString())
                .isEqualTo("tom costs: costs_20261201.jsonl:2 is torn: it is no whole JSON object; skipped"
                        + System.lineSeparator());
        assertThat(out.toString()).contains("local,,1,1,1.00,0,0,0,0.125000,0\n");
        assertThat(tom(Map.of(), "costs", "--dir", folder.toString(), "--strict"))
                .isEqualTo(1);
    }

    @Test
    void noRecordsAreNoFailure() {
        assertThat(tom(Map.of(), "costs", "--dir", folder.toString(), "--json")).isZero();
        assertThat(out.toString().replaceAll("\\s", "")).startsWith("{\"rows\":[],\"total\":{\"calls\":0,");
    }

    @Test
    void wrongUsageEndsWithTwoAndOneSentence() {
        assertThat(tom(Map.of(), "costs", "--dir", folder.resolve("none").toString()))
                .isEqualTo(2);
        assertThat(tom(Map.of(), "costs", "--dir", folder.toString(), "--from", "2026-12-02", "--to", "2026-12-01"))
                .isEqualTo(2);
        assertThat(err.toString().lines())
                .containsExactly(
                        "tom costs: there is no directory " + folder.resolve("none")
                                + ": name it with --dir or COST_LOG_DIR",
                        "tom costs: --to 2026-12-01 is before --from 2026-12-02: swap them");
        assertThat(tom(Map.of(), "costs", "--json", "--csv")).isEqualTo(2);
        assertThat(tom(Map.of(), "costs", "--by", "caller")).isEqualTo(2);
        assertThat(tom(Map.of(), "costs", "--from", "yesterday")).isEqualTo(2);
    }
}
