package dev.tom.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.time.Instant;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TurnstileTest {

    private static final Instant NOW = Instant.parse("2026-12-01T10:00:00Z");

    private final Turnstile turnstile = new Turnstile();

    private static ResourceID window(int number) {
        return new ResourceID("w" + number, "voice");
    }

    private void fill() {
        IntStream.range(0, Turnstile.PLACES)
                .forEach(i -> assertThat(turnstile.enter(window(i), NOW)).isTrue());
    }

    @Test
    void whoFindsNoPlaceIsCalledInTheOrderOfComing() {
        fill();
        assertThat(turnstile.enter(window(101), NOW)).isFalse();
        assertThat(turnstile.enter(window(100), NOW)).isFalse();
        assertThat(turnstile.enter(window(101), NOW)).isFalse();
        assertThat(turnstile.waiting()).isEqualTo(2);
        assertThat(turnstile.called(NOW)).isEmpty();

        turnstile.leave();
        assertThat(turnstile.called(NOW)).containsExactly(window(101));
        assertThat(turnstile.enter(window(101), NOW)).isTrue();
        turnstile.leave();
        assertThat(turnstile.called(NOW)).containsExactly(window(100));
        assertThat(turnstile.waiting()).isZero();
    }

    @Test
    void nobodyEntersWhileItIsHeldAndAHoldEndsByItself() {
        turnstile.hold(NOW.plusSeconds(2));
        assertThat(turnstile.enter(window(1), NOW)).isFalse();
        assertThat(turnstile.called(NOW)).isEmpty();
        assertThat(turnstile.called(NOW.plusSeconds(2))).containsExactly(window(1));

        turnstile.hold(NOW.plusSeconds(9));
        assertThat(turnstile.enter(window(1), NOW)).isFalse();
        turnstile.release();
        assertThat(turnstile.enter(window(1), NOW)).isTrue();
    }

    @Test
    void whoWouldBeWokenDuringAHoldIsCalledAfterIt() {
        assertThat(turnstile.keeps(window(1), NOW)).isFalse();
        assertThat(turnstile.waiting()).isZero();

        turnstile.hold(NOW.plusSeconds(2));
        assertThat(turnstile.keeps(window(1), NOW)).isTrue();
        assertThat(turnstile.keeps(window(1), NOW)).isTrue();
        assertThat(turnstile.called(NOW)).isEmpty();
        turnstile.release();
        assertThat(turnstile.called(NOW)).containsExactly(window(1));
    }

    @Test
    void whoWaitsForATurnIsNotWokenBeforeIt() {
        fill();
        assertThat(turnstile.keeps(window(101), NOW)).isFalse();
        assertThat(turnstile.enter(window(101), NOW)).isFalse();
        assertThat(turnstile.keeps(window(101), NOW)).isTrue();
        turnstile.leave();
        assertThat(turnstile.called(NOW)).containsExactly(window(101));
        assertThat(turnstile.keeps(window(101), NOW)).isFalse();
    }
}
