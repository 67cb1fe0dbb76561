package dev.tom.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the tools say before they open a socket. */
class ToolsTest {

    private static final String KEY = "sk-never-shown-0123456789";

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    Path folder;

    private int tom(Map<String, String> environment, String... args) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        int exitCode = BridgeMain.commandLine(environment)
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(args);
        assertThat(out.toString() + err).doesNotContain(KEY);
        return exitCode;
    }

    @Test
    void helpListsEveryCommand() {
        assertThat(tom(Map.of(), "help")).isZero();
        assertThat(out.toString()).contains("bridge", "speech-worker", "costs", "probe", "soak", "call");
        assertThat(tom(Map.of())).isEqualTo(2);
        assertThat(err.toString()).contains("Name a command: bridge starts the media bridge, help lists all");
    }

    @Test
    void everyToolExplainsItsExitCodesAndDefaults() {
        for (String tool : new String[] {"probe", "soak", "call"}) {
            assertThat(tom(Map.of(), tool, "--help")).isZero();
            assertThat(out.toString())
                    .contains("Exit codes")
                    .contains("default:")
                    .contains("--json");
        }
    }

    @Test
    void wrongUsageIsToldFromASlowProvider() {
        assertThat(tom(Map.of(), "probe", "--count", "0")).isEqualTo(2);
        assertThat(err.toString().lines())
                .contains("tom probe: --count=0 is not valid: give 1 to 20")
                .last()
                .isEqualTo("tom probe: nothing was done, the usage is wrong (exit code 2)");
        assertThat(tom(Map.of(), "probe", "--cuont", "3")).isEqualTo(2);
        assertThat(err.toString()).endsWith("the usage is wrong (exit code 2)" + System.lineSeparator());
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void noProbeAndNoSoakWithoutAllowedEgress() {
        Map<String, String> settings = new TreeMap<>(Map.of("REALTIME_API_KEY", KEY));
        for (String tool : new String[] {"probe", "soak"}) {
            settings.put("ALLOW_EGRESS", "false");
            settings.remove("EGRESS_UNTIL");
            refused(
                    settings,
                    tool,
                    "Provider use is not allowed: ALLOW_EGRESS is false; set it to true, and set EGRESS_UNTIL");
            settings.put("ALLOW_EGRESS", "true");
            refused(
                    settings,
                    tool,
                    "Provider use is not allowed: EGRESS_UNTIL is missing; set EGRESS_UNTIL to the moment");
            settings.put("EGRESS_UNTIL", "2020-01-01T00:00:00Z");
            refused(
                    settings,
                    tool,
                    "Provider use is not allowed: EGRESS_UNTIL is over; set EGRESS_UNTIL to the moment");
            refused(Map.of(), tool, "REALTIME_API_KEY is not set: give the key in --env-file or in the environment");
            refused(Map.of("MAX_CALLS", "many"), tool, "MAX_CALLS=many is not valid");
        }
    }

    private void refused(Map<String, String> settings, String tool, String sentence) {
        assertThat(tom(settings, tool)).isEqualTo(2);
        assertThat(err.toString().lines())
                .anyMatch(line -> line.startsWith("tom " + tool + ": " + sentence))
                .last()
                .isEqualTo("tom " + tool + ": nothing was measured (exit code 2)");
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void filesThatCannotBeUsedAreNamed() {
        String missing = folder.resolve("no.wav").toString();
        assertThat(tom(Map.of(), "call", missing)).isEqualTo(2);
        assertThat(err.toString()).isEqualTo("tom call: There is no file " + missing + System.lineSeparator());
        assertThat(tom(Map.of(), "probe", "--wav", missing)).isEqualTo(2);
        assertThat(err.toString()).startsWith("tom probe: There is no file " + missing);
        assertThat(tom(Map.of(), "call", "--token-file", missing)).isEqualTo(2);
        assertThat(err.toString()).startsWith("tom call: The token file " + missing + " cannot be read");
        String html = folder.resolve("no/report.html").toString();
        assertThat(tom(Map.of(), "soak", "--bridge", "ws://127.0.0.1:1/v1/fork", "--html", html))
                .isEqualTo(2);
        assertThat(err.toString())
                .startsWith("tom soak: The file " + html + " cannot be written: check folder and rights");
    }

    @Test
    void addressesAndOptionsThatContradictAreUsage() {
        usage("The bridge's address must be a ws:// or wss:// URL", "call", "--url", "http://h/");
        usage("--user is not valid: give USER:PASSWORD", "call", "--user", "me");
        usage("--rate=44100 is not valid: give 8000 or 16000", "call", "--rate", "44100");
        usage("--ramp must be shorter than --duration", "soak", "--ramp", "60s", "--duration", "30s");
        usage("'1d' is no duration: give seconds, or such as 90s, 10m, 2h", "soak", "--duration", "1d");
        usage("--bridge calls a bridge", "soak", "--bridge", "ws://h/", "--env-file", "x");
        usage("--token", "call", "--token", "a", "--user", "b:c");
    }

    private void usage(String sentence, String... args) {
        assertThat(tom(Map.of(), args)).isEqualTo(2);
        assertThat(err.toString()).contains(sentence).contains("the usage is wrong (exit code 2)");
    }

    @Test
    void aBridgeThatDoesNotListenIsExplained() {
        assertThat(tom(Map.of(), "call", "--url", "ws://127.0.0.1:1/v1/fork")).isEqualTo(2);
        assertThat(err.toString().lines())
                .last()
                .isEqualTo(
                        "tom call: No bridge listens at ws://127.0.0.1:1/v1/fork: check that it runs, and the address.");
    }
}
