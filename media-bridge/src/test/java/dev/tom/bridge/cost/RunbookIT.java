package dev.tom.bridge.cost;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tom.bridge.cost.journal.JournalOrigin;
import dev.tom.bridge.cost.tariff.Tariff;
import dev.tom.bridge.session.CallSegment;
import dev.tom.bridge.speech.TokenUsage;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The lines with jq in both operations manuals do what they say on records that the ledger wrote; the real jq runs them. */
class RunbookIT {

    private static final Pattern AMOUNT = Pattern.compile("(?<![:.0-9])[0-9]+\\.[0-9]+");

    @TempDir
    Path folder;

    @BeforeAll
    static void jq() throws InterruptedException {
        boolean there = "true".equals(System.getenv("CI")) || runs();
        Assumptions.assumeTrue(there, "jq is not in PATH: install it (Debian: apt-get install jq)");
    }

    private static boolean runs() throws InterruptedException {
        try {
            return new ProcessBuilder("jq", "--version").start().waitFor() == 0;
        } catch (IOException e) {
            return false;
        }
    }

    @BeforeEach
    void someRecords() {
        CallSegment onProvider = Segments.provider(new TokenUsage(1_000, 3_000, 0, 0, 600, 2_400));
        try (var ledger = new CostLedger(
                        new CostSettings(folder.resolve("data/cost_logs"), Optional.empty(), FsyncPolicy.OFF),
                        Tariff.builtIn(),
                        new JournalOrigin("pod", "pilot", "gpt-realtime-2.1", "pod@2026-12-01T08:00:00Z"),
                        CostObserver.NONE,
                        InstantSource.system())
                .start()) {
            ledger.segmentEnded(onProvider);
            ledger.segmentEnded(Segments.local("call-1", "2026-12-01T08:06:00Z"));
            ledger.segmentEnded(new CallSegment(
                    Segments.local("call-2", "2026-12-02T08:00:00Z").opened(),
                    onProvider.use(),
                    Instant.parse("2026-12-02T08:00:00Z"),
                    "crash"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"runbook.md", "betriebshandbuch.md"})
    void everyLineAnswersItsQuestion(String manual) throws Exception {
        List<String> lines = Files.readAllLines(docs().resolve(manual)).stream()
                .filter(line -> line.startsWith("jq "))
                .toList();
        Map<String, String> answers = lines.stream().collect(Collectors.toMap(line -> line, this::run));
        assertThat(lines.stream().map(answers::get))
                .containsExactly(
                        "0.23048\n",
                        "{\n  \"backend\": \"local\",\n  \"eur\": 0\n}\n{\n  \"backend\": \"provider\",\n  \"eur\": 0.23048\n}\n",
                        """
                        "call-1","provider","2026-12-01T08:00:00.123Z","2026-12-01T08:05:00Z",0.23048
                        "call-1","local","2026-12-01T08:05:30Z","2026-12-01T08:06:00Z",0
                        "call-2","local","2026-12-02T07:59:30Z","2026-12-02T08:00:00Z",0
                        """,
                        "6.751\n",
                        "{\"call_id\":\"call-1\",\"eur\":0.23048}\n{\"call_id\":\"call-2\",\"eur\":0}\n",
                        "call-2\n");
    }

    @Test
    void bothManualsHaveTheSameLines() throws IOException {
        assertThat(Files.readAllLines(docs().resolve("betriebshandbuch.md")).stream()
                        .filter(line -> line.startsWith("jq ")))
                .containsExactlyElementsOf(Files.readAllLines(docs().resolve("runbook.md")).stream()
                        .filter(line -> line.startsWith("jq "))
                        .toList());
    }

    private static Path docs() {
        return Path.of(System.getProperty("tom.root", "..")).resolve("docs");
    }

    /** Amounts to the millionth: versions of jq differ in zeros at the end, and sums are of binary fractions. */
    private String run(String line) {
        try {
            Process process = new ProcessBuilder("sh", "-c", line)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .start();
            String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return AMOUNT.matcher(out)
                    .replaceAll(amount -> new BigDecimal(amount.group())
                            .setScale(6, RoundingMode.HALF_UP)
                            .stripTrailingZeros()
                            .toPlainString());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
