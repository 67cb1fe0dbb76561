package dev.tom.bridge.telephony;

/** Decides about new telephone sockets and makes their calls. Called on the event-loop context of the new socket. */
public interface CallAcceptor {

    /** Asked before the upgrade is answered. */
    Admission admit(Arrival arrival);

    /** The listener for an accepted socket. */
    TelephonyListener accepted(TelephonySocket socket);

    /**
     * How a new socket comes.
     *
     * @param followsRedirects whether its far side goes elsewhere when it is told to with 302
     * @param redirects how often bridges told it already
     */
    record Arrival(boolean followsRedirects, int redirects) {}

    /** The answer to a new socket. */
    sealed interface Admission {
        /** Upgrade it. */
        record Accepted() implements Admission {}

        /**
         * Refuse it before the upgrade.
         *
         * @param status HTTP status, 429 or 503
         * @param retrySeconds when to ask again
         * @param reason one sentence
         */
        record Refused(int status, int retrySeconds, String reason) implements Admission {}

        /**
         * Send it to another pod, before the upgrade.
         *
         * @param to base URL, to which path and query of the request are appended
         * @param reason one sentence
         */
        record Steered(String to, String reason) implements Admission {}
    }
}
