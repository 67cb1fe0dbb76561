package dev.tom.bridge.telephony;

/** Hears what the telephone side refuses, for metrics. Called on event loops: must not block. Thread-safe. */
public interface TelephonyObserver {

    /** A socket was refused with this HTTP status, or after its upgrade for what would have been this status. */
    void refused(int status);

    /** A socket was closed because it went over a bound: {@code messages}, {@code bytes}, {@code text}, {@code audio}, {@code frame}, {@code garbage}. */
    void limited(String bound);

    /** So many frames of a caller's audio were dropped because they were too old when they were read. */
    void stale(long frames);

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
