package dev.tom.operator.leadership;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class LeadershipTest {

    private Instant wall = Instant.parse("2026-12-01T10:00:00Z");
    private long nano = 1_000_000_000L;
    private final Leadership leadership = new Leadership(true, () -> wall, () -> nano);

    private void pass(Duration time) {
        wall = wall.plus(time);
        nano += time.toNanos();
    }

    private void renews() {
        leadership.asks();
        leadership.isAnswered("PATCH", true);
    }

    @Test
    void withoutElectionTheOnlyProcessAlwaysActs() {
        Leadership only = new Leadership(false, () -> wall, () -> nano);
        pass(Duration.ofDays(1));
        assertThat(only.leads()).isTrue();
        assertThat(only.certain()).isTrue();
        assertThat(only.alive()).isTrue();
    }

    @Test
    void whoWaitsIsAliveAsLongAsItTries() {
        assertThat(leadership.leads()).isFalse();
        assertThat(leadership.certain()).isFalse();
        pass(Leadership.SILENCE.minusSeconds(1));
        assertThat(leadership.alive()).isTrue();
        leadership.asks();
        pass(Leadership.SILENCE.minusSeconds(1));
        assertThat(leadership.alive()).isTrue();
        pass(Duration.ofSeconds(1));
        assertThat(leadership.alive()).isFalse();
    }

    @Test
    void certaintyLastsAsLongAsTheLease() {
        leadership.started();
        pass(Leadership.LEASE_DURATION.minusMillis(1));
        assertThat(leadership.certain()).isTrue();
        renews();
        pass(Leadership.LEASE_DURATION.minusMillis(1));
        assertThat(leadership.certain()).isTrue();
        pass(Duration.ofMillis(1));
        assertThat(leadership.certain()).isFalse();
        assertThat(leadership.leads()).as("it still believes so").isTrue();
    }

    @Test
    void readingTheLeaseOrFailingToWriteItRenewsNothing() {
        leadership.started();
        pass(Leadership.LEASE_DURATION);
        leadership.isAnswered("GET", true);
        leadership.isAnswered("PATCH", false);
        assertThat(leadership.certain()).isFalse();
    }

    /** A suspended machine stops the monotonic clock; a clock that is set back stops the other. */
    @Test
    void theLongerOfBothClocksCounts() {
        leadership.started();
        wall = wall.plus(Leadership.LEASE_DURATION);
        assertThat(leadership.certain()).isFalse();
        renews();
        wall = wall.minusSeconds(3600);
        assertThat(leadership.certain()).isTrue();
        nano += Leadership.LEASE_DURATION.toNanos();
        assertThat(leadership.certain()).isFalse();
    }

    @Test
    void aLeaderThatOnlyTriesIsNotAliveForEver() {
        leadership.started();
        for (int i = 0; i < 5; i++) {
            pass(Duration.ofSeconds(8));
            leadership.asks();
        }
        assertThat(leadership.alive()).isFalse();
        leadership.stopped();
        assertThat(leadership.leads()).isFalse();
        assertThat(leadership.certain()).isFalse();
    }
}
