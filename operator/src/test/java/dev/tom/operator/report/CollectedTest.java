package dev.tom.operator.report;

import static dev.tom.operator.report.Bridges.account;
import static dev.tom.operator.report.Bridges.status;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tom.operator.observe.BridgeStatus;
import dev.tom.operator.observe.RunAccount;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Who is believed about which run, and that nothing is counted twice. */
class CollectedTest {

    private static final Instant CREATED = Instant.parse("2026-12-01T07:55:00Z");
    private static final Instant CLOSED = Instant.parse("2026-12-01T10:00:01Z");

    @Test
    void bridgeThatIsGoneStillCounts() {
        Collected first = look(Collected.NOTHING, a(3, 2), b(2, 1));
        Collected second = look(first, b(4, 3));

        assertThat(second.figures().calls()).isEqualTo(7);
        assertThat(eur(second)).isEqualByComparingTo("0.210746");
    }

    @Test
    void restartedBridgeBeginsANewRun() {
        Collected first = look(Collected.NOTHING, a(3, 2));
        Collected second = look(first, status("a", "09:00:00", 1, account("a", "09:00:00", 1, "09:10:00")));

        assertThat(second.figures().calls()).isEqualTo(4);
        assertThat(second.runs()).hasSize(2);
    }

    @Test
    void theLedgerKnowsMoreThanTheLastSnapshot() {
        Collected first = look(Collected.NOTHING, a(3, 2), b(2, 1));
        Collected second = look(first, b(2, 1, account("a", "08:00:00", 5, "08:31:00")));

        assertThat(second.figures().calls()).as("five by the ledger, two of b").isEqualTo(7);
        assertThat(second.figures().records()).isEqualTo(5 + 1 + 1 + 1);
        assertThat(run(second, "a@2026-12-01T08:00:00Z").source()).isEqualTo(BridgeRun.Source.LEDGER);
        assertThat(run(second, "a@2026-12-01T08:00:00Z").figures().dropped())
                .as("what no ledger knows stays as it was told")
                .isEqualTo(1);
    }

    @Test
    void toldTwiceIsCountedOnce() {
        RunAccount dead = account("a", "08:00:00", 5, "08:31:00");
        Collected one = look(Collected.NOTHING, b(2, 1, dead));
        Collected again =
                look(look(one, b(2, 1, dead)), b(2, 1, dead), status("c", "08:00:00", 0, RunAccount.NONE, dead));

        assertThat(again.figures().records()).isEqualTo(one.figures().records());
        assertThat(again.figures().calls()).isEqualTo(one.figures().calls());
    }

    @Test
    void whoAnswersSpeaksForItself() {
        Collected seen = look(Collected.NOTHING, a(9, 8), b(2, 1, account("a", "08:00:00", 5, "08:31:00")));

        assertThat(run(seen, "a@2026-12-01T08:00:00Z").source()).isEqualTo(BridgeRun.Source.STATUS);
        assertThat(seen.figures().calls()).isEqualTo(11);
    }

    @Test
    void aLedgerThatLostRecordsCorrectsNothing() {
        Collected first = look(Collected.NOTHING, a(9, 8));
        Collected second = look(first, b(2, 1, account("a", "08:00:00", 5, "08:31:00")));

        assertThat(run(second, "a@2026-12-01T08:00:00Z").figures().records()).isEqualTo(9);
    }

    @Test
    void aRunThatNobodySawIsFoundInTheLedger() {
        Collected seen = look(Collected.NOTHING, b(2, 1, account("z", "08:10:00", 1, "08:11:00")));

        assertThat(seen.figures().calls()).isEqualTo(3);
    }

    @Test
    void runsOfAnEarlierWindowOfThatNameAreNotOfThisOne() {
        Collected seen = look(Collected.NOTHING, b(2, 1, account("z", "07:54:59", 1, "07:56:00")));

        assertThat(seen.runs()).hasSize(1);
    }

    @Test
    void afterTheEndOnlyDeadRunsAreCorrectedAndOnlyByWhatWasBefore() {
        Collected open = look(Collected.NOTHING, a(3, 2), b(2, 1));
        Collected closed = open.with(new Collected.Look(
                List.of(b(50, 40, account("a", "08:00:00", 5, "09:59:59"), account("z", "08:10:00", 6, "10:00:02"))),
                Set.of("b"),
                CREATED,
                Optional.of(CLOSED)));

        assertThat(run(closed, "a@2026-12-01T08:00:00Z").figures().calls()).isEqualTo(5);
        assertThat(run(closed, "b@2026-12-01T08:00:00Z").figures().calls()).isEqualTo(2);
        assertThat(closed.runs()).hasSize(2);
    }

    @Test
    void ofVeryManyRunsOnlyTheSumIsKeptAndNothingIsCountedAgain() {
        Collected all = Collected.NOTHING;
        for (int i = 0; i < 400; i++) {
            String since = "08:%02d:%02d".formatted(i / 60, i % 60);
            all = look(all, status("a", since, 1, account("a", since, 1, "09:00:00")));
        }
        assertThat(all.runs()).hasSize(Collected.MAX_RUNS);
        assertThat(all.folded().runs()).isEqualTo(400 - Collected.MAX_RUNS);
        assertThat(all.figures().calls()).isEqualTo(400);

        Collected told = look(all, b(0, 0, account("a", "08:00:00", 7, "09:00:00")));
        assertThat(told.figures().calls()).isEqualTo(400);
    }

    @Test
    void runsThatLiveAreNeverFolded() {
        BridgeStatus[] many = Stream.iterate(0, i -> i + 1)
                .limit(200)
                .map(i -> status("pod-" + i, "08:00:00", 1, RunAccount.NONE))
                .toArray(BridgeStatus[]::new);
        assertThat(look(Collected.NOTHING, many).runs()).hasSize(200);
    }

    private static BridgeStatus a(int calls, int records) {
        return status("a", "08:00:00", calls, account("a", "08:00:00", records, "08:30:00"));
    }

    private static BridgeStatus b(int calls, int records, RunAccount... dead) {
        return status("b", "08:00:00", calls, account("b", "08:00:00", records, "08:30:00"), dead);
    }

    private static Collected look(Collected before, BridgeStatus... statuses) {
        return before.with(new Collected.Look(
                List.of(statuses),
                Stream.of(statuses).map(BridgeStatus::pod).collect(Collectors.toSet()),
                CREATED,
                Optional.empty()));
    }

    private static BridgeRun run(Collected collected, String key) {
        return java.util.Objects.requireNonNull(collected.runs().get(key), key);
    }

    private static BigDecimal eur(Collected collected) {
        return Totals.of(collected.figures()).costEur();
    }
}
