package dev.tom.bridge.speech.realtime;

import dev.tom.bridge.speech.SpeechEvent;
import java.util.OptionalLong;

/** How long a session may last. Pure. */
final class SessionAge {

    /** A server that does not say when it ends a session is trusted for so long after the age that was set. */
    static final long GRACE_MILLIS = 300_000;

    /** An end that is nearer than this in a fresh session is a matter of clocks that differ, and is not believed. */
    static final long LEAST_MILLIS = 120_000;

    private SessionAge() {}

    /**
     * @param expiresAtSeconds what the provider said, Unix time
     * @param nowMillis Unix time of the pod
     */
    static SpeechEvent.Lasting lasting(SessionTuning tuning, OptionalLong expiresAtSeconds, long nowMillis) {
        long renew = tuning.maxSessionSeconds() * 1_000L;
        long told = expiresAtSeconds.orElse(0) * 1_000 - nowMillis;
        long end = told >= LEAST_MILLIS ? told : renew + GRACE_MILLIS;
        return new SpeechEvent.Lasting(Math.min(renew, end - Math.min(GRACE_MILLIS, end / 2)), end);
    }
}
