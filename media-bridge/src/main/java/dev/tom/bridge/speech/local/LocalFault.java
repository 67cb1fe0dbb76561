package dev.tom.bridge.speech.local;

import dev.tom.bridge.speech.FailureReason;

/** A local engine cannot do its work. The message is one sentence for the log, without caller data. */
final class LocalFault extends Exception {

    private final FailureReason reason;
    private final boolean passing;

    private LocalFault(FailureReason reason, boolean passing, String sentence) {
        super(sentence, null, false, false);
        this.reason = reason;
        this.passing = passing;
    }

    /** Asking again will not help soon. */
    static LocalFault lasting(FailureReason reason, String sentence) {
        return new LocalFault(reason, false, sentence);
    }

    /** The other process may be restarting: worth asking again shortly. */
    static LocalFault passing(FailureReason reason, String sentence) {
        return new LocalFault(reason, true, sentence);
    }

    /** There is no room: one more try may find some, more would only add to the crowd. */
    static LocalFault saturated(String sentence) {
        return new LocalFault(FailureReason.SATURATED, false, sentence);
    }

    boolean isSaturated() {
        return reason == FailureReason.SATURATED;
    }

    FailureReason reason() {
        return reason;
    }

    boolean isPassing() {
        return passing;
    }
}
