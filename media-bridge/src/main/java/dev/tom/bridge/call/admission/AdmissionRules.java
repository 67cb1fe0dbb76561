package dev.tom.bridge.call.admission;

import dev.tom.bridge.speech.BackendKind;

/** Whether a new call is taken, and by which backend. Pure. */
public final class AdmissionRules {

    /**
     * So many redirects bring a call elsewhere; then it is refused. A switch gives up after four requests, and its fourth is better
     * answered with a reason than with one more place to ask.
     */
    public static final int MAX_REDIRECTS = 3;

    /** When a caller may try again: about as long as a rung holds, or as it takes until some call ends. */
    static final int RETRY_SECONDS = 10;
    /** A pod that ends never comes back, another one can be asked at once. */
    static final int RETRY_ELSEWHERE_SECONDS = 1;

    private AdmissionRules() {}

    /**
     * What the decision rests on.
     *
     * @param activeCalls live calls of the pod
     * @param maxCalls how many it takes
     * @param overload how loaded it is
     * @param preferred where calls go when nothing speaks against it
     * @param permitOpen whether a provider session may begin
     * @param providerTrusted whether the circuit breaker lets new calls go to the provider
     * @param localAvailable whether there is a local pipeline
     */
    public record Situation(
            int activeCalls,
            int maxCalls,
            OverloadState overload,
            BackendKind preferred,
            boolean permitOpen,
            boolean providerTrusted,
            boolean localAvailable) {}

    /**
     * How a call comes.
     *
     * @param followsRedirects whether its switch goes elsewhere when it is told to
     * @param redirects how often it was told already
     */
    public record Arrival(boolean followsRedirects, int redirects) {}

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
         * @param retrySeconds when to ask again
         * @param reason one sentence: what is wrong and what to do
         */
        record Refuse(int status, int retrySeconds, String reason) implements Decision {}

        /**
         * Another pod is asked to take it.
         *
         * @param to its base URL
         * @param reason one sentence
         */
        record Steer(String to, String reason) implements Decision {}
    }

    /** Decides about one more call. */
    public static Decision decide(Situation now, Arrival arrival, OverloadSettings settings) {
        if (now.overload().draining()) {
            return elsewhere(
                    settings.drainRedirect(),
                    arrival,
                    new Decision.Refuse(503, RETRY_ELSEWHERE_SECONDS, "this pod is shutting down; try another one"));
        }
        if (now.activeCalls() >= now.maxCalls()) {
            return elsewhere(
                    settings.redirect(),
                    arrival,
                    new Decision.Refuse(
                            429,
                            RETRY_SECONDS,
                            "all " + now.maxCalls()
                                    + " calls of this pod are taken; try another one or raise MAX_CALLS"));
        }
        if (now.overload().loopsLate()) {
            return elsewhere(
                    settings.redirect(),
                    arrival,
                    new Decision.Refuse(
                            503,
                            RETRY_SECONDS,
                            "this pod is too busy to keep its calls' audio in time; try another one, lower MAX_CALLS or"
                                    + " give it more CPU"));
        }
        Decision.Take take = route(now);
        return take.backend() == BackendKind.LOCAL && now.overload().localSaturated()
                ? elsewhere(settings.redirect(), arrival, take)
                : take;
    }

    private static Decision elsewhere(String redirect, Arrival arrival, Decision otherwise) {
        if (redirect.isEmpty() || !arrival.followsRedirects() || arrival.redirects() >= MAX_REDIRECTS) {
            return otherwise;
        }
        String reason = switch (otherwise) {
            case Decision.Take take -> take.reason();
            case Decision.Refuse refuse -> refuse.reason();
            case Decision.Steer steer -> steer.reason();
        };
        return new Decision.Steer(redirect, reason);
    }

    /** Where a call goes, once it is taken. */
    public static Decision.Take route(Situation now) {
        return switch (now.preferred()) {
            case PROVIDER -> providerOrLocal(now);
            case LOCAL ->
                now.localAvailable()
                        ? local(now, "REALTIME_BACKEND is local")
                        : announcement("REALTIME_BACKEND is local");
            case ANNOUNCEMENT -> new Decision.Take(BackendKind.ANNOUNCEMENT, "REALTIME_BACKEND is announcement");
        };
    }

    private static Decision.Take providerOrLocal(Situation now) {
        if (!now.permitOpen()) {
            return now.localAvailable()
                    ? local(now, "provider use is not allowed now")
                    : announcement("provider use is not allowed now");
        }
        if (now.providerTrusted()) {
            return new Decision.Take(BackendKind.PROVIDER, "REALTIME_BACKEND is provider and its use is allowed");
        }
        return now.localAvailable()
                ? local(now, "the provider failed lately and is left alone for the cooldown")
                : new Decision.Take(
                        BackendKind.PROVIDER,
                        "the provider failed lately, but there is no local pipeline: set SPEECH_WORKER_URL");
    }

    private static Decision.Take local(Situation now, String why) {
        return new Decision.Take(
                BackendKind.LOCAL,
                now.overload().localSaturated()
                        ? why + ", and the local pipeline is saturated: callers hear that all lines are busy"
                        : why);
    }

    private static Decision.Take announcement(String why) {
        return new Decision.Take(
                BackendKind.ANNOUNCEMENT, why + ", and there is no local pipeline: set SPEECH_WORKER_URL");
    }
}
