package dev.tom.bridge.session;

import dev.tom.bridge.call.admission.Rung;
import dev.tom.bridge.speech.BackendKind;

/**
 * The desk at one moment, for the status page.
 *
 * @param activeCalls live calls
 * @param newCallsGoTo where a call that starts now is taken
 * @param reason why, in one sentence
 * @param draining whether the pod ends
 * @param rung how loaded it is
 */
public record DeskSnapshot(int activeCalls, BackendKind newCallsGoTo, String reason, boolean draining, Rung rung) {

    /** Of a pod with room for everything. */
    public DeskSnapshot(int activeCalls, BackendKind newCallsGoTo, String reason, boolean draining) {
        this(activeCalls, newCallsGoTo, reason, draining, draining ? Rung.DRAINING : Rung.NORMAL);
    }
}
