package dev.tom.bridge.egress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tom.bridge.call.egress.EgressReason;
import dev.tom.bridge.call.egress.EgressTerms;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The guard on real clocks and its own thread. */
class EgressGuardIT {

    private final AtomicReference<Duration> clockError = new AtomicReference<>(Duration.ZERO);
    private final InstantSource wall = () -> Instant.now().plus(clockError.get());
    private final EgressGuard guard = new EgressGuard(wall).start();
    private final List<Instant> cuts = new CopyOnWriteArrayList<>();
    private final List<String> told = new CopyOnWriteArrayList<>();

    @AfterEach
    void stop() {
        guard.close();
    }

    @Test
    void tellsFirstAndCutsAtTheDeadlineWhateverTheListenersDo() {
        Instant deadline = Instant.now().plusMillis(1_200);
        var never = new CountDownLatch(1);
        var toldAt = new AtomicReference<Instant>();
        guard.onClosing(reason -> {
            toldAt.set(Instant.now());
            told.add(reason.label());
        });
        guard.onClosing(_ -> {
            throw new IllegalStateException("a listener that fails");
        });
        guard.onClosing(_ -> {
            try {
                never.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        guard.configured(new EgressTerms.Stated(true, Optional.of(deadline)));
        guard.opened(() -> {
            throw new IllegalStateException("a socket that cannot be cut");
        });
        for (int i = 0; i < 20; i++) {
            guard.opened(() -> cuts.add(Instant.now()));
        }
        assertThat(guard.open()).isTrue();
        assertThat(guard.openForNewSessions()).isFalse();

        await().atMost(Duration.ofSeconds(5)).until(() -> cuts.size() == 20);

        assertThat(told).containsExactly("past_deadline");
        assertThat(toldAt.get()).isBetween(deadline.minusMillis(101), deadline);
        assertThat(cuts).allSatisfy(cut -> assertThat(cut).isBetween(deadline, deadline.plusMillis(100)));
        assertThat(guard.snapshot().sockets()).isEqualTo(21);
        never.countDown();
    }

    @Test
    void earlyStopClosesAtOnceAndCutsSoonAfter() {
        guard.onClosing(reason -> told.add(reason.label()));
        guard.configured(allowFor(Duration.ofHours(2)));
        var entry = guard.opened(() -> cuts.add(Instant.now()));
        var leaving = guard.opened(() -> told.add("cut though it left"));

        guard.configured(EgressTerms.NOT_ALLOWED);
        leaving.close();

        assertThat(guard.open()).isFalse();
        await().atMost(Duration.ofSeconds(2)).until(() -> cuts.size() == 1);
        assertThat(told).containsExactly("not_allowed");
        entry.close();
        assertThat(guard.snapshot().sockets()).isZero();
        assertThat(guard.snapshot().lastSocketClosedAt()).isPresent();
    }

    @Test
    void aSocketThatComesTooLateIsCutAtOnce() {
        guard.opened(() -> cuts.add(Instant.now()));
        await().atMost(Duration.ofSeconds(2)).until(() -> cuts.size() == 1);
    }

    @Test
    void aClockThatJumpsClosesUntilTheConfigurationChanges() {
        guard.onClosing(reason -> told.add(reason.label()));
        EgressTerms terms = allowFor(Duration.ofHours(2));
        guard.configured(terms);
        guard.opened(() -> cuts.add(Instant.now()));

        clockError.set(Duration.ofMinutes(-30));
        await().atMost(Duration.ofSeconds(2)).until(() -> cuts.size() == 1);
        assertThat(told).containsExactly("clock_jumped");

        guard.configured(terms);
        assertThat(guard.open()).isFalse();
        guard.configured(allowFor(Duration.ofHours(1)));
        assertThat(guard.open()).isTrue();
        assertThat(guard.snapshot().reason()).isEqualTo(EgressReason.OPEN);
    }

    @Test
    void anExtensionKeepsSocketsOpenPastTheOldDeadline() {
        Instant old = Instant.now().plusMillis(600);
        guard.configured(new EgressTerms.Stated(true, Optional.of(old)));
        guard.opened(() -> cuts.add(Instant.now()));
        guard.configured(allowFor(Duration.ofHours(1)));

        await().atMost(Duration.ofSeconds(3)).until(() -> Instant.now().isAfter(old.plusMillis(300)));
        assertThat(cuts).isEmpty();
        assertThat(guard.openForNewSessions()).isTrue();
    }

    private static EgressTerms allowFor(Duration time) {
        return new EgressTerms.Stated(true, Optional.of(Instant.now().plus(time)));
    }
}
