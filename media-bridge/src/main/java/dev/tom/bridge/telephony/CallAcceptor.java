package dev.tom.bridge.telephony;

/** Decides about new telephone sockets and makes their calls. Called on the event-loop context of the new socket. */
public interface CallAcceptor {

    /** Asked before the upgrade is answered. */
    Admission admit();

    /** The listener for an accepted socket. */
    TelephonyListener accepted(TelephonySocket socket);

    /** The answer to a new socket. */
    sealed interface Admission {
        /** Upgrade it. */
        record Accepted() implements Admission {}

        /**
         * Refuse it before the upgrade.
         *
         * @param status HTTP status, 429 or 503
         * @param reason one sentence
         */
        record Refused(int status, String reason) implements Admission {}
    }
}
