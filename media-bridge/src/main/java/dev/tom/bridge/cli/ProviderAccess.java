package dev.tom.bridge.cli;

import dev.tom.bridge.call.egress.EgressReason;
import dev.tom.bridge.config.BridgeConfig;
import dev.tom.bridge.egress.EgressGuard;
import dev.tom.bridge.egress.EgressSnapshot;
import dev.tom.bridge.speech.realtime.RealtimeBackend;
import io.vertx.core.Vertx;
import java.time.InstantSource;

/** The provider for a tool, under the same lease as in a bridge: a session that is open at EGRESS_UNTIL is cut. */
final class ProviderAccess implements AutoCloseable {

    private final EgressGuard guard;
    private final RealtimeBackend backend;

    private ProviderAccess(EgressGuard guard, RealtimeBackend backend) {
        this.guard = guard;
        this.backend = backend;
    }

    /** @throws NotMeasured when the settings allow no session now */
    static ProviderAccess open(Vertx vertx, BridgeConfig config) throws NotMeasured {
        if (config.realtime().apiKey().isEmpty()) {
            throw new NotMeasured("REALTIME_API_KEY is not set: give the key in --env-file or in the environment");
        }
        EgressGuard guard = new EgressGuard(InstantSource.system()).start();
        guard.configured(config.live().egress());
        if (!guard.openForNewSessions()) {
            EgressSnapshot snapshot = guard.snapshot();
            guard.close();
            throw new NotMeasured(refusal(snapshot.reason()));
        }
        return new ProviderAccess(guard, new RealtimeBackend(vertx, config.realtime(), guard, guard));
    }

    private static String refusal(EgressReason reason) {
        String until = "set EGRESS_UNTIL to the moment until which it may be used, such as 2026-12-01T10:00:00Z";
        return "Provider use is not allowed: "
                + switch (reason) {
                    case NOT_ALLOWED -> "ALLOW_EGRESS is false; set it to true, and " + until;
                    case NO_DEADLINE -> "EGRESS_UNTIL is missing; " + until;
                    case PAST_DEADLINE -> "EGRESS_UNTIL is over; " + until;
                    case OPEN -> "EGRESS_UNTIL is less than five seconds away; " + until;
                    case CLOCK_JUMPED -> "the clock of this machine jumped; start again";
                    case UNREADABLE -> "the settings cannot be read; check --config-dir";
                };
    }

    RealtimeBackend backend() {
        return backend;
    }

    @Override
    public void close() {
        guard.close();
    }
}
