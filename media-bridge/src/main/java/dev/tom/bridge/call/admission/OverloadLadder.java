package dev.tom.bridge.call.admission;

import dev.tom.bridge.call.admission.OverloadState.LocalWork;
import dev.tom.bridge.call.admission.OverloadState.Loops;
import java.util.List;

/**
 * When a pod has more work than it can do, it does less for new callers before it does anything worse for live ones. Pure; times are
 * milliseconds of one monotonic clock.
 *
 * <p>Each rung is climbed by what is measured and left only after a longer calm, so that the pod does not change its mind with every
 * call. MAX_CALLS is no rung: a free place is a free place, and {@link AdmissionRules} counts them call by call.
 */
public final class OverloadLadder {

    private OverloadLadder() {}

    /** What is learned about the load. */
    public sealed interface Event {
        /**
         * About once a second: what was since the measurement before.
         *
         * @param loopLateMillis how late the latest event loop ran its timers on average
         * @param localRefusals how much work the local pipeline refused for want of room
         * @param localWaitMillis how long work waited in it at most
         */
        record Measured(long loopLateMillis, long localRefusals, long localWaitMillis) implements Event {}

        /** The pod was told to end. */
        record DrainBegan() implements Event {}
    }

    /** What is to be done. */
    public sealed interface Effect {
        /** To be logged; what follows from it is decided call by call. */
        record RungChanged(Rung from, Rung to) implements Effect {}
    }

    /** New state and effects. */
    public record Step(OverloadState state, List<Effect> effects) {}

    /** Takes one event. */
    public static Step step(OverloadState state, Event event, long now, OverloadSettings settings) {
        OverloadState next = switch (event) {
            case Event.Measured measured ->
                state.with(loops(state.loops(), measured.loopLateMillis(), now, settings))
                        .with(local(state.local(), measured, now, settings));
            case Event.DrainBegan _ -> new OverloadState(state.loops(), state.local(), true);
        };
        return new Step(
                next,
                next.rung() == state.rung() ? List.of() : List.of(new Effect.RungChanged(state.rung(), next.rung())));
    }

    private static Loops loops(Loops loops, long lateMillis, long now, OverloadSettings settings) {
        return switch (loops) {
            case Loops.OnTime(long lateSince) -> {
                if (lateMillis < settings.loopLateMillis()) {
                    yield new Loops.OnTime(OverloadState.NEVER);
                }
                long since = lateSince == OverloadState.NEVER ? now : lateSince;
                yield now - since >= OverloadSettings.LATE_FOR_MILLIS
                        ? new Loops.Late(OverloadState.NEVER)
                        : new Loops.OnTime(since);
            }
            case Loops.Late(long calmSince) -> {
                if (lateMillis >= settings.calmMillis()) {
                    yield new Loops.Late(OverloadState.NEVER);
                }
                long since = calmSince == OverloadState.NEVER ? now : calmSince;
                yield now - since >= OverloadSettings.CALM_FOR_MILLIS
                        ? new Loops.OnTime(OverloadState.NEVER)
                        : new Loops.Late(since);
            }
        };
    }

    private static LocalWork local(LocalWork local, Event.Measured measured, long now, OverloadSettings settings) {
        if (measured.localRefusals() > 0 || measured.localWaitMillis() >= settings.localWaitMillis()) {
            return new LocalWork.Saturated(now);
        }
        return switch (local) {
            case LocalWork.KeepsUp _ -> local;
            case LocalWork.Saturated(long signAt) ->
                now - signAt >= OverloadSettings.LOCAL_REST_MILLIS ? new LocalWork.KeepsUp() : local;
        };
    }
}
