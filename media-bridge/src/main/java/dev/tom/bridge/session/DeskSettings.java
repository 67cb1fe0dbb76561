package dev.tom.bridge.session;

import dev.tom.bridge.call.admission.OverloadSettings;
import dev.tom.bridge.call.failover.FallbackSettings;
import dev.tom.bridge.speech.BackendKind;

/**
 * How calls are taken; may change while calls are live.
 *
 * @param preferred where new calls go when nothing speaks against it
 * @param fallback when the provider is given up
 * @param maxCalls live calls per pod
 * @param patienceMillis how much longer than usual the provider may wait before it answers, because it was set up so
 * @param overload what happens to calls that the pod has no room for
 */
public record DeskSettings(
        BackendKind preferred,
        FallbackSettings fallback,
        int maxCalls,
        long patienceMillis,
        OverloadSettings overload) {

    /** With a provider that answers as soon as usual, and the usual rules for overload. */
    public DeskSettings(BackendKind preferred, FallbackSettings fallback, int maxCalls) {
        this(preferred, fallback, maxCalls, 0, OverloadSettings.DEFAULT);
    }
}
