package dev.tom.operator.report;

import static dev.tom.operator.report.Bridges.START;
import static dev.tom.operator.report.Bridges.account;
import static dev.tom.operator.report.Bridges.look;
import static dev.tom.operator.report.Bridges.status;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tom.operator.desired.Change;
import dev.tom.operator.observe.BridgeStatus;
import io.fabric8.kubernetes.api.model.ConfigMap;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** When a report is written, and what is in it after a restart, an end, and foreign hands. */
class ReportBookTest {

    private static final Instant NOW = START.plusSeconds(600);

    private final ReportBook book = new ReportBook();

    @Test
    void theFirstReportIsWrittenAtOnceAndAnUnchangedOneNeverAgain() {
        ConfigMap written = written(look(NOW, a(3)).in(book));

        assertThat(look(NOW.plusSeconds(5), a(3)).stored(written).in(book).changes())
                .isEmpty();
        assertThat(look(NOW.plusSeconds(500), a(3)).stored(written).in(book).changes())
                .isEmpty();
    }

    @Test
    void newFiguresWaitForTheirTimeAndTheStatusTellsWhatIsWritten() {
        ConfigMap written = written(look(NOW, a(3)).in(book));
        ReportBook.Page soon = look(NOW.plusSeconds(5), a(4)).stored(written).in(book);
        ReportBook.Page later = look(NOW.plusSeconds(15), a(5)).stored(written).in(book);

        assertThat(soon.changes()).isEmpty();
        assertThat(soon.told().orElseThrow().totals().calls()).isEqualTo(3);
        assertThat(later.changes()).hasSize(1);
        assertThat(later.told().orElseThrow().totals().calls()).isEqualTo(5);
    }

    @Test
    void whatWasSeenBetweenTwoWritesIsNotForgotten() {
        ConfigMap written = written(look(NOW, a(3)).in(book));
        look(NOW.plusSeconds(5), a(4)).stored(written).in(book);

        assertThat(look(NOW.plusSeconds(20), b(1))
                        .stored(written)
                        .in(book)
                        .told()
                        .orElseThrow()
                        .totals()
                        .calls())
                .isEqualTo(5);
    }

    /** At the very end other writes come first; the report follows with the proof. */
    @Test
    void theEndAloneIsNoReasonToWrite() {
        ConfigMap written = written(look(START.plusSeconds(7199), a(3)).in(book));

        assertThat(look(START.plusSeconds(7200), a(4)).stored(written).in(book).changes())
                .isEmpty();
    }

    @Test
    void theProofOfTheEndIsWrittenAtOnce() {
        ConfigMap written = written(look(NOW, a(3)).in(book));
        ReportBook.Page end =
                look(START.plusSeconds(7201), a(4)).closed().stored(written).in(book);

        assertThat(written(end).getData().get("report.json")).contains("\"phase\":\"Closed\"");
    }

    @Test
    void closedReportDoesNotCountWhatComesLater() {
        ConfigMap written = written(look(NOW, a(3)).in(book));
        ConfigMap closed = written(
                look(START.plusSeconds(7202), a(3)).closed().stored(written).in(book));

        ReportBook.Page later =
                look(START.plusSeconds(9000), a(9)).closed().stored(closed).in(book);
        assertThat(later.changes()).isEmpty();
        assertThat(later.told().orElseThrow().totals().calls()).isEqualTo(3);
    }

    @Test
    void aRestartedOperatorGoesOn() {
        ConfigMap written = written(look(NOW, a(3)).in(book));
        ReportBook restarted = new ReportBook();

        assertThat(look(NOW.plusSeconds(5), a(3)).stored(written).in(restarted).changes())
                .as("equal figures make equal ConfigMaps")
                .isEmpty();
        assertThat(look(NOW.plusSeconds(20), b(2))
                        .stored(written)
                        .in(new ReportBook())
                        .told()
                        .orElseThrow()
                        .totals()
                        .calls())
                .isEqualTo(5);
    }

    @Test
    void foreignHandsAreRepairedAtOnce() {
        ConfigMap written = written(look(NOW, a(3)).in(book));

        for (String file : List.of("report.json", "report.md", "report.html")) {
            ConfigMap spoiled = copy(written);
            spoiled.getMetadata().setResourceVersion("2");
            spoiled.getData().put(file, "spoiled");
            assertThat(written(look(NOW.plusSeconds(5), a(4)).stored(spoiled).in(book)))
                    .as(file)
                    .isEqualTo(written);
        }
        assertThat(written(look(NOW.plusSeconds(5), a(4)).in(book)))
                .as("deleted")
                .isEqualTo(written);
    }

    @Test
    void spoiledReportIsCollectedAnewByARestartedOperator() {
        ConfigMap spoiled = copy(written(look(NOW, a(3)).in(book)));
        spoiled.setData(new HashMap<>(Map.of("report.json", "{")));

        ReportBook.Page page = look(NOW, a(3)).stored(spoiled).in(new ReportBook());
        assertThat(page.told().orElseThrow().totals().calls()).isEqualTo(3);
        assertThat(page.changes()).hasSize(1);
    }

    @Test
    void theReportOfAClosedWindowThatCannotBeReadIsLeftAlone() {
        ConfigMap spoiled = copy(written(look(NOW, a(3)).in(book)));
        spoiled.setData(new HashMap<>(Map.of("report.json", "{\"schemaVersion\":99}")));

        ReportBook.Page page =
                look(START.plusSeconds(9000), a(3)).closed().stored(spoiled).in(new ReportBook());
        assertThat(page.changes()).isEmpty();
        assertThat(page.told()).isEmpty();
    }

    @Test
    void aClockThatWasSetBackDoesNotStopTheReport() {
        ConfigMap written = written(look(NOW, a(3)).in(book));

        assertThat(look(NOW.minusSeconds(300), a(4)).stored(written).in(book).changes())
                .hasSize(1);
    }

    @Test
    void aHundredPodsOverADayStayFarBelowTheLimit() {
        for (int minute = 0; minute < 24 * 60; minute += 5) {
            look(START.plusSeconds(minute * 60L), busy("pilot-bridge-6d5f7c9b8-pod0", minute))
                    .in(book);
        }
        var statuses = new ArrayList<BridgeStatus>();
        for (int pod = 0; pod < 100; pod++) {
            statuses.add(busy("pilot-bridge-6d5f7c9b8-pod" + pod, 1_440));
        }
        ReportBook.Page page = look(START.plusSeconds(86_400), statuses.toArray(BridgeStatus[]::new))
                .in(book);
        int bytes = 0;
        for (String file : written(page).getData().values()) {
            bytes += file.getBytes(StandardCharsets.UTF_8).length;
        }
        assertThat(bytes).isBetween(100 * 1024, 512 * 1024);
    }

    private static BridgeStatus busy(String pod, int minute) {
        var turns = new TreeMap<Integer, Long>();
        for (int step = 250; step <= 1_000; step += 10) {
            turns.put(step, 100L + minute);
        }
        BridgeStatus plain = status(pod, "08:00:00", minute, account(pod, "08:00:00", minute, "09:00:00"));
        return new BridgeStatus(
                plain.window(),
                pod,
                plain.startedAt(),
                plain.backend(),
                plain.backendReason(),
                plain.lease(),
                1,
                new BridgeStatus.Calls(minute % 50, minute, 0, 0, 0, 0, Map.of("provider", minute % 50)),
                plain.failovers(),
                plain.errors(),
                new BridgeStatus.Turns(
                        Map.of("provider", new BridgeStatus.Latency(turns), "local", new BridgeStatus.Latency(turns))),
                plain.bargeIn(),
                plain.ledger(),
                plain.preflight(),
                plain.canary());
    }

    private static BridgeStatus a(int calls) {
        return status("a", "08:00:00", calls, account("a", "08:00:00", calls, "08:09:00"));
    }

    private static BridgeStatus b(int calls) {
        return status("b", "08:05:00", calls, account("b", "08:05:00", calls, "08:09:00"));
    }

    private static ConfigMap written(ReportBook.Page page) {
        assertThat(page.changes()).hasSize(1);
        return (ConfigMap) ((Change.Present) page.changes().getFirst()).resource();
    }

    private static ConfigMap copy(ConfigMap map) {
        return new io.fabric8.kubernetes.api.model.ConfigMapBuilder(map).build();
    }
}
