package dev.tom.bridge.telephony;

/** What a text message from a switch means. */
public sealed interface TelephonyMessage {

    /**
     * Who calls.
     *
     * @param callId the switch's name of the call, or empty
     * @param number the caller's number as sent, or empty; must not leave this package unhashed
     * @param remark about the far side, for the log, or empty
     */
    record Metadata(String callId, String number, String remark) implements TelephonyMessage {
        @Override
        public String toString() {
            return "Metadata[" + callId + "]";
        }
    }

    /** A key was pressed: 0-9, *, #, A-D. */
    record Dtmf(char digit) implements TelephonyMessage {}

    /** Well-formed, and nothing to us: playout marks, remarks of the dialplan. */
    record Ignored() implements TelephonyMessage {}

    /** Not of this dialect. */
    record Garbage() implements TelephonyMessage {}
}
