package dev.tom.bridge.session;

import dev.tom.bridge.call.egress.EgressPermit;
import dev.tom.bridge.call.failover.BreakerState;
import dev.tom.bridge.call.failover.FallbackSettings;
import dev.tom.bridge.call.failover.PodBreaker;
import dev.tom.bridge.speech.FailureReason;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** Keeps the pod's circuit breaker. Thread-safe: any event loop reports, each step is taken alone. */
final class PodRoute {

    /** Performs what the breaker decides; called without a lock held. */
    interface Actions {
        void leftProvider(String reason);

        void returnedToProvider(String reason);

        void probe();
    }

    private final EgressPermit permit;
    private final LongSupplier nowMillis;
    private final Supplier<FallbackSettings> settings;
    private final Actions actions;
    private BreakerState state = BreakerState.OnProvider.FRESH;

    PodRoute(EgressPermit permit, LongSupplier nowMillis, Supplier<FallbackSettings> settings, Actions actions) {
        this.permit = permit;
        this.nowMillis = nowMillis;
        this.settings = settings;
        this.actions = actions;
    }

    /** Whether new calls may go to the provider. */
    synchronized boolean providerTrusted() {
        return state instanceof BreakerState.OnProvider;
    }

    void trouble(FailureReason reason) {
        step(new PodBreaker.Event.Trouble(reason));
    }

    void turnAnswered(long latencyMillis) {
        step(new PodBreaker.Event.TurnAnswered(latencyMillis));
    }

    void turnAbandoned(long waitedMillis) {
        step(new PodBreaker.Event.TurnAbandoned(waitedMillis));
    }

    /** About once a second. */
    void tick() {
        step(new PodBreaker.Event.TimePassed(permit.openForNewSessions()));
    }

    void probeSucceeded() {
        step(new PodBreaker.Event.ProbeSucceeded());
    }

    void probeFailed(FailureReason reason) {
        step(new PodBreaker.Event.ProbeFailed(reason));
    }

    private void step(PodBreaker.Event event) {
        PodBreaker.Step step;
        synchronized (this) {
            step = PodBreaker.step(state, event, nowMillis.getAsLong(), settings.get());
            state = step.state();
        }
        Consumer<PodBreaker.Effect> perform = effect -> {
            switch (effect) {
                case PodBreaker.Effect.LeaveProvider(String reason) -> actions.leftProvider(reason);
                case PodBreaker.Effect.ReturnToProvider(String reason) -> actions.returnedToProvider(reason);
                case PodBreaker.Effect.StartProbe _ -> actions.probe();
            }
        };
        step.effects().forEach(perform);
    }
}
