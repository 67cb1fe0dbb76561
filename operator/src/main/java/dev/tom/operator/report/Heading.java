package dev.tom.operator.report;

import dev.tom.crds.v1alpha1.TestWindow;
import dev.tom.operator.window.Decision;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Which window, and where it stands. Times are RFC 3339, absent when they have not come. */
record Heading(
        String window,
        String namespace,
        String phase,
        String opensAt,
        String endsAt,
        @Nullable String openedAt,
        @Nullable String closedAt) {

    static Heading of(TestWindow window, Decision decision) {
        return new Heading(
                window.getMetadata().getName(),
                Objects.requireNonNullElse(window.getMetadata().getNamespace(), ""),
                decision.phase().text(),
                decision.opensAt().toString(),
                decision.endsAt().toString(),
                text(decision.openedAt()),
                text(decision.closedAt()));
    }

    private static @Nullable String text(Optional<Instant> time) {
        return time.map(Instant::toString).orElse(null);
    }
}
