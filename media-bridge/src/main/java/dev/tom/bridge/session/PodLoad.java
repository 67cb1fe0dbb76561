package dev.tom.bridge.session;

import dev.tom.bridge.call.CallSettings.Overflow;
import dev.tom.bridge.call.admission.OverloadLadder;
import dev.tom.bridge.call.admission.OverloadSettings;
import dev.tom.bridge.call.admission.OverloadState;
import dev.tom.bridge.call.admission.Rung;
import dev.tom.bridge.speech.LocalStrain;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps the pod's overload ladder. Thread-safe: one timer measures, every call reads. */
final class PodLoad {

    private static final Logger LOG = LoggerFactory.getLogger(PodLoad.class);

    private final LongSupplier nowMillis;
    private final Supplier<OverloadSettings> settings;
    private final CallObserver observer;
    private volatile LoadSigns signs = LoadSigns.NONE;
    private volatile OverloadState state = OverloadState.QUIET;

    PodLoad(LongSupplier nowMillis, Supplier<OverloadSettings> settings, CallObserver observer) {
        this.nowMillis = nowMillis;
        this.settings = settings;
        this.observer = observer;
    }

    void watch(LoadSigns where) {
        signs = where;
    }

    OverloadState state() {
        return state;
    }

    /** About once a second. */
    void measure() {
        LocalStrain strain = signs.localStrain();
        if (strain.refusals() > 0) {
            observer.backpressure("speech_worker", strain.refusals());
        }
        step(new OverloadLadder.Event.Measured(signs.loopLateMillis(), strain.refusals(), strain.longestWaitMillis()));
    }

    void drain() {
        step(new OverloadLadder.Event.DrainBegan());
    }

    /** What a call has to know. */
    Overflow overflow(boolean canTransfer) {
        boolean saturated = state.localSaturated();
        String extension = canTransfer ? settings.get().extension() : "";
        return saturated || !extension.isEmpty() ? new Overflow(saturated, extension) : Overflow.NONE;
    }

    private synchronized void step(OverloadLadder.Event event) {
        OverloadLadder.Step step = OverloadLadder.step(state, event, nowMillis.getAsLong(), settings.get());
        state = step.state();
        for (OverloadLadder.Effect effect : step.effects()) {
            switch (effect) {
                case OverloadLadder.Effect.RungChanged(Rung from, Rung to) -> changed(from, to, event);
            }
        }
    }

    private static void changed(Rung from, Rung to, OverloadLadder.Event event) {
        String why = switch (event) {
            case OverloadLadder.Event.Measured(long late, long refusals, long wait) ->
                "an event loop " + late + " ms late on average, the local pipeline refused " + refusals
                        + " pieces of work and let one wait " + wait + " ms";
            case OverloadLadder.Event.DrainBegan _ -> "the pod ends";
        };
        if (to.compareTo(from) > 0 && to != Rung.DRAINING) {
            LOG.warn("overload: {} after {}: {}", to.label(), from.label(), why);
        } else {
            LOG.info("overload: {} after {}: {}", to.label(), from.label(), why);
        }
    }
}
