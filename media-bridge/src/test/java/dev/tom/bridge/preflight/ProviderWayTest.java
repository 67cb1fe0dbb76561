package dev.tom.bridge.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tom.bridge.call.egress.EgressAsks;
import dev.tom.bridge.call.egress.EgressPermit;
import dev.tom.bridge.preflight.WayTry.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** When the way is tried, with clocks that the test moves and a far side that answers as the test says. */
class ProviderWayTest implements EgressPermit {

    private static final Instant BEGIN = Instant.parse("2026-12-01T08:00:00Z");
    private static final Instant END = Instant.parse("2026-12-01T10:00:00Z");
    private static final Route OF_CALLS = Route.ofCalls(
            new Endpoint("api.example.com", 443, true), Optional.of(new Endpoint("gateway", 3128, false)));

    private final List<Made> made = new ArrayList<>();
    private final Deque<Outcome> answers = new ArrayDeque<>();
    /** How long each try takes. */
    private Duration takes = Duration.ZERO;

    private Instant wall = BEGIN;
    /** Passes its own overflow while a test runs. */
    private long nanos = Long.MAX_VALUE - 1;

    private boolean open;
    private boolean reachedByCalls;

    private final ProviderWay way =
            new ProviderWay(OF_CALLS, this::once, this, () -> reachedByCalls, () -> wall, () -> nanos);

    /** A try that was made. */
    private record Made(Route route, Duration limit, Duration at) {}

    private Outcome once(Route route, Duration limit) {
        made.add(new Made(route, limit, Duration.between(BEGIN, wall)));
        pass(takes);
        return Optional.ofNullable(answers.poll()).orElseGet(Outcome.Connected::new);
    }

    @Override
    public boolean open() {
        return open;
    }

    @Override
    public boolean openForNewSessions() {
        return open;
    }

    @Test
    void nothingIsTriedUnasked() {
        lookFor(Duration.ofMinutes(1));
        way.asked(EgressAsks.NONE);
        lookFor(Duration.ofMinutes(1));

        assertThat(made).isEmpty();
        assertThat(way.finding()).isEqualTo(Finding.open("not_tried", "The provider has not been tried."));
        assertThat(way.triedAt()).isEmpty();
        assertThat(way.canary()).isEmpty();
    }

    @Test
    void theWayOfCallsIsTriedEveryTenSeconds() {
        answers.add(new Outcome.TimedOut());
        askToTryUntil(END);
        lookFor(Duration.ofSeconds(25));

        assertThat(made)
                .containsExactly(
                        new Made(OF_CALLS, Duration.ofSeconds(5), Duration.ZERO),
                        new Made(OF_CALLS, Duration.ofSeconds(5), Duration.ofSeconds(10)),
                        new Made(OF_CALLS, Duration.ofSeconds(5), Duration.ofSeconds(20)));
        assertThat(way.triedAt()).contains(BEGIN.plusSeconds(20));
    }

    @Test
    void theLastTryIsWhatIsFound() {
        answers.add(new Outcome.ProxyRefused(403, "HTTP 403"));
        askToTryUntil(END);
        takes = Duration.ofSeconds(3);
        way.look();
        assertThat(way.finding()).isEqualTo(WayFinding.of(new Outcome.ProxyRefused(403, "HTTP 403"), OF_CALLS));
        assertThat(way.triedAt()).contains(BEGIN.plusSeconds(3));

        pass(Duration.ofSeconds(7));
        way.look();
        assertThat(way.finding()).isEqualTo(Finding.good("reached"));
    }

    @Test
    void aCallThatReachedTheProviderTellsMoreThanATry() {
        answers.add(new Outcome.TimedOut());
        askToTryUntil(END);
        way.look();
        reachedByCalls = true;

        assertThat(way.finding()).isEqualTo(Finding.good("reached"));
    }

    @Test
    void nothingIsTriedWhileThePermitIsOpen() {
        open = true;
        way.asked(new EgressAsks(Optional.of(END), Optional.of(END)));
        lookFor(Duration.ofMinutes(1));
        assertThat(made).isEmpty();
        assertThat(way.canary()).isEmpty();

        open = false;
        way.look();
        assertThat(made).extracting(Made::route).containsExactly(OF_CALLS, OF_CALLS.direct());
    }

    /** A try may take its whole limit, and must be over by the end. */
    @ParameterizedTest
    @CsvSource({"0, 0", "-3600000, 0", "4999, 0", "5000, 0", "5001, 1"})
    void noTryThatCouldLastPastTheEndIsBegun(long leftMillis, int tries) {
        askToTryUntil(BEGIN.plusMillis(leftMillis));
        way.look();

        assertThat(made).hasSize(tries);
    }

    @Test
    void theTriesStopBeforeTheEnd() {
        askToTryUntil(BEGIN.plusSeconds(25));
        lookFor(Duration.ofMinutes(5));

        assertThat(made).extracting(Made::at).containsExactly(Duration.ZERO, Duration.ofSeconds(10));
    }

    @Test
    void aWallClockThatIsSetBackDoesNotProlongTheTries() {
        askToTryUntil(BEGIN.plusSeconds(60));
        way.look();
        wall = BEGIN.minus(Duration.ofHours(1));
        lookFor(Duration.ofMinutes(30));

        assertThat(made)
                .extracting(made -> made.at().plusHours(1))
                .containsExactly(
                        Duration.ofHours(1),
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(20),
                        Duration.ofSeconds(30),
                        Duration.ofSeconds(40),
                        Duration.ofSeconds(50));
    }

    @Test
    void aWallClockThatIsSetForwardEndsTheTries() {
        askToTryUntil(BEGIN.plusSeconds(60));
        wall = BEGIN.plusSeconds(56);
        lookFor(Duration.ofMinutes(1));

        assertThat(made).isEmpty();
    }

    @Test
    void theSameAskAgainChangesNothing() {
        askToTryUntil(BEGIN.plusSeconds(20));
        way.look();
        wall = BEGIN.minus(Duration.ofHours(1));
        askToTryUntil(BEGIN.plusSeconds(20));
        lookFor(Duration.ofMinutes(5));

        assertThat(made).hasSize(2);
    }

    @Test
    void anAskThatIsTakenBackEndsTheTries() {
        askToTryUntil(END);
        way.look();
        way.asked(EgressAsks.NONE);
        lookFor(Duration.ofMinutes(1));

        assertThat(made).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource(
            value = CanaryResult.Outcome.class,
            names = {"REFUSED", "TIMEOUT"})
    void aCanaryThatFailsAsItMustIsTriedOncePerAsk(CanaryResult.Outcome told) {
        answers.add(failure(told));
        answers.add(failure(told));
        takes = Duration.ofSeconds(2);
        askForCanary(END);
        lookFor(Duration.ofMinutes(5));

        assertThat(made)
                .containsExactly(new Made(
                        Route.ofCalls(new Endpoint("api.example.com", 443, true), Optional.empty())
                                .direct(),
                        Duration.ofSeconds(3),
                        Duration.ZERO));
        assertThat(way.canary()).contains(new CanaryResult(END, told, BEGIN.plusSeconds(2)));

        Instant another = END.plusSeconds(3_600);
        askForCanary(another);
        way.look();
        assertThat(made).hasSize(2);
        assertThat(way.canary().map(CanaryResult::asked)).contains(another);
        assertThat(way.finding().state()).isEqualTo("not_tried");
    }

    @Test
    void aCanaryThatConnectsIsTriedEveryFiveSecondsUntilItFails() {
        answers.addAll(List.of(new Outcome.Connected(), new Outcome.Connected(), new Outcome.TimedOut()));
        askForCanary(END);
        lookFor(Duration.ofSeconds(9));
        assertThat(way.canary()).contains(new CanaryResult(END, CanaryResult.Outcome.CONNECTED, BEGIN.plusSeconds(5)));

        lookFor(Duration.ofMinutes(5));
        assertThat(way.canary()).contains(new CanaryResult(END, CanaryResult.Outcome.TIMEOUT, BEGIN.plusSeconds(10)));
        assertThat(made)
                .extracting(Made::at)
                .containsExactly(Duration.ZERO, Duration.ofSeconds(5), Duration.ofSeconds(10));
    }

    /** A name that did not resolve, or a machine without a socket, proves nothing about the network. */
    @Test
    void aCanaryWithoutAnAddressOrASocketIsTriedAgain() {
        answers.addAll(List.of(
                new Outcome.Unresolved(),
                new Outcome.NotTried("Too many open files"),
                new Outcome.Refused("Connection refused")));
        askForCanary(END);
        way.look();
        assertThat(way.canary().map(CanaryResult::outcome)).contains(CanaryResult.Outcome.UNRESOLVED);
        lookFor(Duration.ofSeconds(6));
        assertThat(way.canary().map(CanaryResult::outcome)).contains(CanaryResult.Outcome.NOT_TRIED);

        lookFor(Duration.ofMinutes(1));
        assertThat(made)
                .extracting(Made::at)
                .containsExactly(Duration.ZERO, Duration.ofSeconds(5), Duration.ofSeconds(10));
        assertThat(way.canary().map(CanaryResult::outcome)).contains(CanaryResult.Outcome.REFUSED);
    }

    @Test
    void aNewAskForACanaryDoesNotWaitForTheOld() {
        askForCanary(END);
        way.look();
        askForCanary(END.plusSeconds(60));
        way.look();

        assertThat(made).extracting(Made::at).containsExactly(Duration.ZERO, Duration.ZERO);
    }

    @Test
    void anOpenLeaseHoldsTheRepeatedCanary() {
        askForCanary(END);
        way.look();
        open = true;
        lookFor(Duration.ofMinutes(1));
        assertThat(made).hasSize(1);

        open = false;
        way.look();
        assertThat(made).hasSize(2);
    }

    private static Outcome failure(CanaryResult.Outcome told) {
        return told == CanaryResult.Outcome.REFUSED ? new Outcome.Refused("no") : new Outcome.TimedOut();
    }

    private void askToTryUntil(Instant until) {
        way.asked(new EgressAsks(Optional.of(until), Optional.empty()));
    }

    private void askForCanary(Instant end) {
        way.asked(new EgressAsks(Optional.empty(), Optional.of(end)));
    }

    /** Looks as often as the bridge does; both clocks go on. */
    private void lookFor(Duration span) {
        for (Duration gone = Duration.ZERO; gone.compareTo(span) < 0; gone = gone.plusMillis(250)) {
            way.look();
            pass(Duration.ofMillis(250));
        }
    }

    private void pass(Duration span) {
        wall = wall.plus(span);
        nanos += span.toNanos();
    }
}
