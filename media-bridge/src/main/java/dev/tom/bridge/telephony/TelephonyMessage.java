package dev.tom.bridge.telephony;

import java.nio.ByteBuffer;

/** What a message from the far side means. */
public sealed interface TelephonyMessage {

    /**
     * Who calls. The format of the leg is known from here on.
     *
     * @param callId the far side's name of the call, or empty
     * @param number the caller's number as sent, or empty; must not leave this package unhashed
     * @param token what the leg shows for itself here because its upgrade could not carry it, or empty
     * @param remark about the far side, for the log, or empty
     */
    record Metadata(String callId, String number, String token, String remark) implements TelephonyMessage {
        @Override
        public String toString() {
            return "Metadata[" + callId + "]";
        }
    }

    /**
     * The caller's audio, 16-bit little-endian mono in the format of the leg.
     *
     * @param pcm valid until the next message is read; may be empty while a sample is still incomplete
     */
    record Audio(ByteBuffer pcm) implements TelephonyMessage {}

    /** No more audio of the caller comes; ours is still played. */
    record AudioEnded() implements TelephonyMessage {}

    /** A key was pressed: 0-9, *, #, A-D. */
    record Dtmf(char digit) implements TelephonyMessage {}

    /** The far side has played everything up to this mark, or has dropped it for a clear. */
    record Marked(String name) implements TelephonyMessage {}

    /** The call is over. */
    record Stopped() implements TelephonyMessage {}

    /** The far side wants what the bridge cannot do: one sentence. */
    record Unusable(String sentence) implements TelephonyMessage {}

    /** The far side did not like what it got: in its words. */
    record Complaint(String text) implements TelephonyMessage {}

    /** Well-formed, and nothing to us: remarks of the dialplan, reports. */
    record Ignored() implements TelephonyMessage {}

    /** Not of this dialect. */
    record Garbage() implements TelephonyMessage {}
}
