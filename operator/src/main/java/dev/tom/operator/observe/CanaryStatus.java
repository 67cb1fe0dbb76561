package dev.tom.operator.observe;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import dev.tom.operator.window.BridgeReading;
import dev.tom.operator.window.CanaryOutcome;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A bridge's try to reach the provider's address after the end.
 *
 * @param asked the end that named the ask
 * @param outcome refused, timeout, unresolved or connected
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record CanaryStatus(@Nullable String asked, @Nullable String outcome) {

    /** None was made. */
    public static final CanaryStatus NONE = new CanaryStatus(null, null);

    Optional<BridgeReading.Tried> tried() {
        if (asked == null || outcome == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(new BridgeReading.Tried(Instant.parse(asked), outcome(outcome)));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static CanaryOutcome outcome(String word) {
        return switch (word) {
            case "refused" -> CanaryOutcome.REFUSED;
            case "timeout" -> CanaryOutcome.TIMEOUT;
            case "unresolved" -> CanaryOutcome.UNRESOLVED;
            case "connected" -> CanaryOutcome.CONNECTED;
            default -> CanaryOutcome.NOT_TRIED;
        };
    }
}
