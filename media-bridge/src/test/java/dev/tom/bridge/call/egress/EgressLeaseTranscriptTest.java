package dev.tom.bridge.call.egress;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Plays {@code scenarios/egress/*.txt}. A line in column 0 is a command, the indented line below it the lease's answer:
 * {@code start WALL}, {@code config allow|deny [until WALL]}, {@code config unreadable}, {@code wait D} (both clocks go on, then a
 * look), {@code wall ±D} (the wall clock alone jumps, then a look). {@code -Drewrite=true} writes the answers anew.
 */
class EgressLeaseTranscriptTest {

    private static final Path SCENARIOS = Path.of("src/test/resources/scenarios/egress");

    @TestFactory
    List<DynamicTest> everyScenarioReadsAsWritten() throws IOException {
        return scenarios().stream()
                .map(file -> DynamicTest.dynamicTest(file.getFileName().toString(), () -> {
                    String written = Files.readString(file);
                    String played = play(written);
                    if (Boolean.getBoolean("rewrite")) {
                        Files.writeString(file, played);
                    }
                    assertThat(played).isEqualTo(Files.readString(file));
                }))
                .toList();
    }

    @Test
    void thereAreAtLeastTwelveScenarios() throws IOException {
        assertThat(scenarios()).hasSizeGreaterThanOrEqualTo(12);
    }

    private static List<Path> scenarios() throws IOException {
        try (Stream<Path> files = Files.list(SCENARIOS)) {
            return files.filter(file -> file.toString().endsWith(".txt"))
                    .sorted()
                    .toList();
        }
    }

    private static String play(String script) {
        var out = new ArrayList<String>();
        Instant wall = Instant.EPOCH;
        Duration elapsed = Duration.ofDays(3);
        EgressLease lease = EgressLease.none(wall, elapsed);
        for (String line : script.lines().toList()) {
            if (line.startsWith("    ")) {
                continue;
            }
            out.add(line);
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            String[] word = line.split(" ");
            switch (word[0]) {
                case "start" -> {
                    wall = Instant.parse(word[1]);
                    lease = EgressLease.none(wall, elapsed);
                }
                case "config" -> lease = lease.configured(terms(word), wall, elapsed);
                case "wait" -> {
                    Duration step = Duration.parse("PT" + word[1]);
                    wall = wall.plus(step);
                    elapsed = elapsed.plus(step);
                    lease = lease.look(wall, elapsed);
                }
                case "wall" -> {
                    wall = wall.plus(Duration.parse("PT" + word[1]));
                    lease = lease.look(wall, elapsed);
                }
                default -> throw new IllegalArgumentException(line);
            }
            out.add("    " + told(lease.verdict()));
        }
        return String.join("\n", out) + "\n";
    }

    private static EgressTerms terms(String[] word) {
        return word[1].equals("unreadable")
                ? new EgressTerms.Unreadable()
                : new EgressTerms.Stated(
                        word[1].equals("allow"),
                        word.length > 3 ? Optional.of(Instant.parse(word[3])) : Optional.empty());
    }

    private static String told(EgressVerdict verdict) {
        return verdict.open()
                ? "open" + (verdict.newSessions() ? ", new sessions too" : ", no new sessions") + ", closes in "
                        + verdict.closesIn().toString().substring(2)
                : "closed: " + verdict.reason().label();
    }
}
