package dev.tom.bridge.telephony.access;

/** Whether a telephone socket may connect. */
public sealed interface Verdict {

    /** It may. */
    record Granted(Grant grant) implements Verdict {}

    /**
     * It may not.
     *
     * @param status HTTP status: 401 for what was shown, 503 when it could not be checked
     * @param sentence without any part of what was shown
     */
    record Refused(int status, String sentence) implements Verdict {

        static Refused unauthorized(String sentence) {
            return new Refused(401, sentence);
        }

        static Refused unavailable(String sentence) {
            return new Refused(503, sentence);
        }
    }
}
