package dev.tom.operator.observability;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WatchdogTest {

    private long nano;
    private final Watchdog watchdog = new Watchdog(() -> nano);

    @Test
    void blindInformersAreToleratedForAWhileOnlyWhenTheApiServerAnswers() {
        assertThat(watchdog.fine(false, true)).isTrue();
        nano += Watchdog.PATIENCE.toNanos() - 1;
        assertThat(watchdog.fine(false, true)).isTrue();
        nano++;
        assertThat(watchdog.fine(false, true)).isFalse();
        assertThat(watchdog.fine(true, true)).isTrue();
        assertThat(watchdog.fine(false, true)).isTrue();
    }

    @Test
    void anApiServerThatIsAwayIsNoReasonToRestart() {
        watchdog.fine(false, false);
        nano += 10 * Watchdog.PATIENCE.toNanos();
        assertThat(watchdog.fine(false, false)).isTrue();
        assertThat(watchdog.fine(false, true))
                .as("its informers get time to come back")
                .isTrue();
    }
}
