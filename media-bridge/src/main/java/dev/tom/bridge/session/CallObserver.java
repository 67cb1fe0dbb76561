package dev.tom.bridge.session;

import dev.tom.bridge.speech.BackendKind;
import dev.tom.bridge.speech.FailureReason;
import dev.tom.bridge.speech.SpeechEvent;

/**
 * Hears what happens in calls, for metrics, the status page and the cost ledger. Called on event loops: must not block. Thread-safe.
 */
public interface CallObserver extends SegmentObserver {

    void callStarted(String callId);

    /**
     * @param result {@code completed}, {@code dropped}, {@code transferred} or {@code shed} for want of room; of calls that were not
     *     taken, {@code refused} or {@code steered} to another pod
     */
    void callEnded(String callId, String result);

    /** A turn was answered: last speech sample of the caller to first voiced answer frame, in milliseconds. */
    void turnAnswered(BackendKind backend, long latencyMillis);

    /** A pause of an answer was for a sound that was no interruption; the answer went on. */
    default void resumed() {}

    /** The caller interrupted: onset of speech to the last answer frame that left, in milliseconds. */
    void bargedIn(long latencyMillis);

    /** This call moved to another backend. */
    void callMoved(String callId, FailureReason reason, BackendKind from, BackendKind to);

    /** A call had trouble with the provider, whether or not it moved. */
    default void troubled(FailureReason reason) {}

    /** The pod as a whole left the provider ({@code reason}) or came back. */
    void podRoute(BackendKind newCallsGoTo, String reason);

    /** Something was dropped because a bounded queue was full. */
    void backpressure(String queue, long items);

    /**
     * A call changed from one provider session to a fresh one.
     *
     * @param reason {@code age}, {@code limit} or {@code session_expired}
     */
    default void sessionRenewed(String callId, String reason) {}

    /** The provider said how much of a ration is left, as {@link SpeechEvent.Allowance} says. */
    default void allowance(String name, double remainingRatio) {}

    /** A local engine worked for a call, as {@link SpeechEvent.Worked} says. */
    default void engineWorked(SpeechEvent.Engine engine, long millis) {}
}
