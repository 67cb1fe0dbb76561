package dev.tom.bridge.observe;

import dev.tom.bridge.preflight.Finding;
import dev.tom.bridge.preflight.PreflightSnapshot;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the bridge stands on, on the status page. */
final class PreflightJson {

    private PreflightJson() {}

    static JsonObject of(PreflightSnapshot preflight) {
        return new JsonObject()
                .put("local", finding(preflight.local()))
                .put("models", finding(preflight.models()))
                .put("costLog", finding(preflight.costLog()))
                .put("provider", finding(preflight.provider()).put("at", moment(preflight.providerTriedAt())));
    }

    private static JsonObject finding(Finding finding) {
        return new JsonObject()
                .put("state", finding.state())
                .put("ok", finding.ok().orElse(null))
                .put("sentence", finding.sentence());
    }

    /** The last try after the end; null when there was none. {@code asked} is echoed as it was given: it names the ask. */
    static @Nullable JsonObject canary(PreflightSnapshot preflight) {
        return preflight
                .canary()
                .map(tried -> new JsonObject()
                        .put("asked", tried.asked().toString())
                        .put("outcome", tried.outcome().label())
                        .put("at", moment(Optional.of(tried.at()))))
                .orElse(null);
    }

    private static @Nullable String moment(Optional<Instant> moment) {
        return moment.map(at -> at.truncatedTo(ChronoUnit.MILLIS).toString()).orElse(null);
    }
}
