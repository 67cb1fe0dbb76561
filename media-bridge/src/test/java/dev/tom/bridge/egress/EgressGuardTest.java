package dev.tom.bridge.egress;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tom.bridge.call.egress.EgressReason;
import dev.tom.bridge.call.egress.EgressTerms;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The guard with moved clocks and without its thread: what it answers between two looks. */
class EgressGuardTest {

    private final Instant begin = Instant.parse("2026-12-01T08:00:00Z");
    private final AtomicReference<Instant> wall = new AtomicReference<>(begin);
    private final AtomicReference<Long> nanos = new AtomicReference<>(7L);
    private final EgressGuard guard = new EgressGuard(wall::get, nanos::get);

    @AfterEach
    void stop() {
        guard.close();
    }

    @Test
    void isClosedUntilTold() {
        assertThat(guard.open()).isFalse();
        assertThat(guard.openForNewSessions()).isFalse();
        assertThat(guard.snapshot().reason()).isEqualTo(EgressReason.NOT_ALLOWED);
    }

    @Test
    void closesByTheMonotonicClockWithoutALook() {
        allowFor(Duration.ofSeconds(60));
        assertThat(guard.openForNewSessions()).isTrue();

        pass(Duration.ofSeconds(55));
        assertThat(guard.open()).isTrue();
        assertThat(guard.openForNewSessions()).isFalse();

        pass(Duration.ofMillis(4_899));
        assertThat(guard.open()).isTrue();

        pass(Duration.ofMillis(1));
        assertThat(guard.open()).isFalse();
        assertThat(guard.snapshot().allowed()).isFalse();
        assertThat(guard.snapshot().reason()).isEqualTo(EgressReason.PAST_DEADLINE);
    }

    @Test
    void holdsDeadlinesOfYears() {
        allowFor(Duration.ofDays(365_000));
        assertThat(guard.open()).isTrue();
        assertThat(guard.openForNewSessions()).isTrue();
    }

    @Test
    void countsSocketsUntilTheirOwnerSaysTheyAreGone() {
        allowFor(Duration.ofSeconds(60));
        var cuts = new AtomicInteger();
        var entry = guard.opened(cuts::incrementAndGet);
        assertThat(guard.snapshot().sockets()).isEqualTo(1);
        assertThat(guard.snapshot().lastSocketClosedAt()).isEmpty();

        entry.close();
        entry.close();
        assertThat(guard.snapshot().sockets()).isZero();
        assertThat(guard.snapshot().lastSocketClosedAt()).contains(begin);
        assertThat(cuts).hasValue(0);
    }

    @Test
    void cutsWhatIsOpenWhenItIsClosedItself() {
        allowFor(Duration.ofSeconds(60));
        var cuts = new AtomicInteger();
        guard.opened(cuts::incrementAndGet);
        guard.close();
        assertThat(cuts).hasValue(1);
        assertThat(guard.open()).isFalse();
        assertThat(guard.snapshot().sockets()).isEqualTo(1);
    }

    private void allowFor(Duration time) {
        guard.configured(new EgressTerms.Stated(true, Optional.of(begin.plus(time))));
    }

    private void pass(Duration time) {
        wall.updateAndGet(now -> now.plus(time));
        nanos.updateAndGet(now -> now + time.toNanos());
    }
}
