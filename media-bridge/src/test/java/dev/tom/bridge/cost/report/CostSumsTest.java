package dev.tom.bridge.cost.report;

import static dev.tom.bridge.cost.report.Dimension.*;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CostSumsTest {

    @TempDir
    Path folder;

    private final List<String> complaints = new ArrayList<>();

    @Test
    void sumsByDayBackendAndWindow() throws IOException {
        file(
                "20261201",
                record("1", "a", "provider", "pilot", "01T08:00:00Z", "01T08:02:00Z", "0.25", 100, 40, 20),
                record("2", "a", "local", "pilot", "01T08:02:00Z", "01T08:02:30Z", "0", 0, 0, 0),
                record("3", "b", "provider", "pilot", "01T09:00:00Z", "01T09:01:00Z", "0.5", 10, 0, 5));
        file("20261202", record("4", "b", "provider", "", "01T23:59:00Z", "02T00:00:00Z", "0.000001", 1, 1, 1));
        assertThat(SumsFormat.TABLE.of(sums(DAY, BACKEND, WINDOW))).isEqualTo("""
                        day         backend   window  calls  records  minutes  tokens_in  tokens_cached  tokens_out  total_cost_eur  unpriced
                        2026-12-01  local     pilot       1        1     0.50          0              0           0        0.000000         0
                        2026-12-01  provider  pilot       2        2     3.00        110             40          25        0.750000         0
                        2026-12-02  provider  -           1        1     1.00          1              1           1        0.000001         0
                        total                             2        4     4.50        111             41          26        0.750001         0
                        """);
        assertThat(complaints).isEmpty();
    }

    @Test
    void csvAndJsonSayTheSame() throws IOException {
        file("20261201", record("1", "a", "provider", "a,\"b\"", "01T08:00:00Z", "01T08:02:00Z", "0.25", 100, 40, 20));
        assertThat(SumsFormat.CSV.of(sums(WINDOW, ENDED_BY)))
                .isEqualTo(
                        "window,ended_by,calls,records,minutes,tokens_in,tokens_cached,tokens_out,total_cost_eur,unpriced\n"
                                + "\"a,\"\"b\"\"\",hangup,1,1,2.00,100,40,20,0.250000,0\n");
        assertThat(SumsFormat.JSON.of(sums(MODEL)).replaceAll("\\s", ""))
                .isEqualTo("{\"rows\":[{\"model\":\"m\",\"calls\":1,\"records\":1,\"minutes\":2.0,\"tokens_in\":100,"
                        + "\"tokens_cached\":40,\"tokens_out\":20,\"total_cost_eur\":0.250000,\"unpriced\":0}],"
                        + "\"total\":{\"calls\":1,\"records\":1,\"minutes\":2.0,\"tokens_in\":100,"
                        + "\"tokens_cached\":40,\"tokens_out\":20,\"total_cost_eur\":0.250000,\"unpriced\":0},"
                        + "\"skipped_lines\":0,\"doubled_records\":0}");
    }

    @Test
    void recordsOfTheOriginalAreUnderstood() throws IOException {
        file("20251103", """
                {"call_id":"x","backend":"provider","start_time":"2025-11-03T10:00:00","end_time":"2025-11-03 10:01:00.250",\
                "stt_duration_s":1.5,"llm_duration_s":0,"tts_duration_s":2,"stt_cost_eur":0.01,"llm_cost_eur":0,\
                "tts_cost_eur":0.02,"total_cost_eur":0.03}""");
        CostSums sums = sums(DAY, WINDOW);
        assertThat(sums.groups().firstKey()).containsExactly("2025-11-03", "");
        assertThat(sums.total().millis()).isEqualTo(60_250);
        assertThat(sums.total().eur()).isEqualByComparingTo("0.03");
    }

    @Test
    void tornAndForeignLinesAreNamedAndSkipped() throws IOException {
        String good = record("1", "a", "provider", "pilot", "01T08:00:00Z", "01T08:02:00Z", "0.25", 1, 1, 1);
        file(
                "20261201",
                good,
                good.substring(0, 90),
                "# a note",
                "",
                "{\"call_id\":1}",
                good.replace("0.25", "\"0.25\""),
                "\u0000\u0000",
                good.replace("01T08:02", "yesterday"));
        CostSums sums = sums(DAY);
        assertThat(sums.total().records()).isEqualTo(1);
        assertThat(sums.skipped()).isEqualTo(6);
        assertThat(complaints)
                .containsExactly(
                        "costs_20261201.jsonl:2 is torn: it is no whole JSON object; skipped",
                        "costs_20261201.jsonl:3 is no JSON object; skipped",
                        "costs_20261201.jsonl:5 has no time start_time; skipped",
                        "costs_20261201.jsonl:6 has no number total_cost_eur; skipped",
                        "costs_20261201.jsonl:7 is no JSON object; skipped",
                        "costs_20261201.jsonl:8 has no time end_time; skipped");
    }

    @Test
    void complaintsAboutOneFileEnd() throws IOException {
        file("20261201", "x\n".repeat(1_000));
        assertThat(sums(DAY).skipped()).isEqualTo(1_000);
        assertThat(complaints).hasSize(21).last().isEqualTo("costs_20261201.jsonl: 980 more lines like these");
    }

    @Test
    void aDoubledRecordCountsOnceAlsoInTheNextFile() throws IOException {
        String good = record("1", "a", "provider", "pilot", "01T08:00:00Z", "01T08:02:00Z", "0.25", 1, 1, 1);
        file("20261201", good, good);
        file("20261202", good);
        CostSums sums = sums(DAY);
        assertThat(sums.total().records()).isEqualTo(1);
        assertThat(sums.doubled()).isEqualTo(2);
        assertThat(complaints)
                .containsExactly(
                        "costs_20261201.jsonl:2 repeats the record 1; counted once",
                        "costs_20261202.jsonl:1 repeats the record 1; counted once");
    }

    @Test
    void onlyTheDaysThatWereAskedForCount() throws IOException {
        file("20261201", record("1", "a", "provider", "w", "01T08:00:00Z", "01T08:02:00Z", "1", 1, 1, 1));
        file("20261202", record("2", "b", "provider", "w", "01T23:00:00Z", "02T00:00:00Z", "2", 1, 1, 1));
        file("20261203", record("3", "c", "provider", "w", "03T08:00:00Z", "03T08:02:00Z", "4", 1, 1, 1));
        var sums = new CostSums(
                        LocalDate.parse("2026-12-02"), LocalDate.parse("2026-12-02"), List.of(DAY), complaints::add)
                .read(folder);
        assertThat(sums.total().eur()).isEqualByComparingTo("2");
    }

    private CostSums sums(Dimension... by) throws IOException {
        return new CostSums(LocalDate.MIN, LocalDate.MAX, List.of(by), complaints::add).read(folder);
    }

    private void file(String day, String... lines) throws IOException {
        Files.writeString(folder.resolve("costs_" + day + ".jsonl"), String.join("\n", lines) + "\n");
    }

    private static String record(
            String id,
            String call,
            String backend,
            String window,
            String start,
            String end,
            String eur,
            int in,
            int cached,
            int out) {
        return "{\"call_id\":\"" + call + "\",\"backend\":\"" + backend + "\",\"start_time\":\"2026-12-" + start
                + "\",\"end_time\":\"2026-12-" + end + "\",\"total_cost_eur\":" + eur + ",\"id\":\"" + id
                + "\",\"window\":\""
                + window.replace("\"", "\\\"") + "\",\"model\":\"m\",\"ended_by\":\"hangup\",\"usage\":{\"text_input\":"
                + in
                + ",\"cached_text\":" + cached + ",\"text_output\":" + out + "},\"priced\":true}";
    }
}
