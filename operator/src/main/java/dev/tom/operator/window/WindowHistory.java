package dev.tom.operator.window;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * What the status remembers from earlier decisions.
 *
 * @param phase last phase; empty for a new window
 * @param endsAt last stored end; once the window has ended it is the end that counts, also after an early stop
 * @param openedAt when egress was opened, if ever
 * @param closedAt when egress was proven closed, if ever
 * @param facts last conditions
 */
public record WindowHistory(
        Optional<WindowPhase> phase,
        Optional<Instant> endsAt,
        Optional<Instant> openedAt,
        Optional<Instant> closedAt,
        Map<FactType, Fact> facts) {

    /** A window that nobody has looked at. */
    public static final WindowHistory NONE =
            new WindowHistory(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Map.of());

    public WindowHistory {
        facts = Map.copyOf(facts);
    }

    /** Whether an earlier decision found that it has ended. */
    public boolean ended() {
        return phase.filter(WindowPhase::ended).isPresent();
    }
}
