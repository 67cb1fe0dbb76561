package dev.tom.bridge.call.admission;

import dev.tom.bridge.speech.BackendKind;

/** Whether a new call is taken, and by which backend. */
public final class Admission {

    private Admission() {}

    /**
     * What the decision rests on.
     *
     * @param activeCalls live calls of the pod
     * @param maxCalls how many it takes
     * @param draining whether the pod is shutting down
     * @param preferred where calls go when nothing speaks against it
     * @param permitOpen whether a provider session may begin
     * @param providerTrusted whether the circuit breaker lets new calls go to the provider
     * @param localAvailable whether there is a local pipeline
     */
    public record Situation(
            int activeCalls,
            int maxCalls,
            boolean draining,
            BackendKind preferred,
            boolean permitOpen,
            boolean providerTrusted,
            boolean localAvailable) {}

    /** Whether a call is taken. */
    public sealed interface Decision {
        /**
         * It is.
         *
         * @param reason why on this backend, in one sentence
         */
        record Take(BackendKind backend, String reason) implements Decision {}

        /**
         * It is not.
         *
         * @param status HTTP status
         * @param reason one sentence: what is wrong and what to do
         */
        record Refuse(int status, String reason) implements Decision {}
    }

    /** Decides about one more call. */
    public static Decision decide(Situation now) {
        if (now.draining()) {
            return new Decision.Refuse(503, "this pod is shutting down; try another one");
        }
        if (now.activeCalls() >= now.maxCalls()) {
            return new Decision.Refuse(
                    429, "all " + now.maxCalls() + " calls of this pod are taken; try another one or raise MAX_CALLS");
        }
        return route(now);
    }

    /** Where a call goes, once it is taken. */
    public static Decision.Take route(Situation now) {
        return switch (now.preferred()) {
            case PROVIDER -> providerOrLocal(now);
            case LOCAL ->
                now.localAvailable()
                        ? new Decision.Take(BackendKind.LOCAL, "REALTIME_BACKEND is local")
                        : announcement("REALTIME_BACKEND is local");
            case ANNOUNCEMENT -> new Decision.Take(BackendKind.ANNOUNCEMENT, "REALTIME_BACKEND is announcement");
        };
    }

    private static Decision.Take providerOrLocal(Situation now) {
        if (!now.permitOpen()) {
            return now.localAvailable()
                    ? new Decision.Take(BackendKind.LOCAL, "provider use is not allowed now")
                    : announcement("provider use is not allowed now");
        }
        if (now.providerTrusted()) {
            return new Decision.Take(BackendKind.PROVIDER, "REALTIME_BACKEND is provider and its use is allowed");
        }
        return now.localAvailable()
                ? new Decision.Take(BackendKind.LOCAL, "the provider failed lately and is left alone for the cooldown")
                : new Decision.Take(
                        BackendKind.PROVIDER,
                        "the provider failed lately, but there is no local pipeline: set SPEECH_WORKER_URL");
    }

    private static Decision.Take announcement(String why) {
        return new Decision.Take(
                BackendKind.ANNOUNCEMENT, why + ", and there is no local pipeline: set SPEECH_WORKER_URL");
    }
}
