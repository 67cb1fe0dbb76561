package dev.tom.bridge.telephony;

import java.time.Instant;

/** Hears what the telephone side refuses, for metrics. Called on event loops: must not block. Thread-safe. */
public interface TelephonyObserver {

    /** A socket was refused with this HTTP status, or after its upgrade for what would have been this status. */
    void refused(int status);

    /** A socket was closed because it went over a bound: {@code messages}, {@code bytes}, {@code text}, {@code audio}, {@code frame}, {@code garbage}. */
    void limited(String bound);

    /** So many frames of a caller's audio were dropped because they were too old when they were read. */
    void stale(long frames);

    /**
     * A socket was closed because it would have carried a call that is not its own: {@code metadata} names another one than its token or
     * address, or the same call is live {@code twice}.
     */
    default void mixedUp(String how) {}

    /** A socket was refused because its token could not be checked: {@code no_keys}, {@code nonces_full}, {@code nonces_down}. */
    default void unverifiable(String reason) {}

    /** The certificate of the telephone port that is in use now ends then. */
    default void certificateExpires(Instant end) {}

    /** Hears nothing. */
    TelephonyObserver NONE = new TelephonyObserver() {
        @Override
        public void refused(int status) {
            // nobody counts
        }

        @Override
        public void limited(String bound) {
            // nobody counts
        }

        @Override
        public void stale(long frames) {
            // nobody counts
        }
    };
}
