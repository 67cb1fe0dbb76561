package dev.tom.bridge.call;

import dev.tom.bridge.speech.BackendKind;
import dev.tom.bridge.speech.FailureReason;

/**
 * What happens to a call. Events of a link carry its generation: those of an older one change nothing. Answer ids are unique within
 * the call.
 */
public sealed interface CallEvent {

    /** The call begins, with this backend. */
    record Begun(BackendKind backend) implements CallEvent {}

    /** The voice gate heard what may become a voice; its first sample was at {@code onsetAt}. */
    record CallerStirred(long onsetAt) implements CallEvent {}

    /** What stirred was no voice. */
    record CallerCalmed() implements CallEvent {}

    /** The voice gate heard the caller begin to speak; the first voiced sample was at {@code onsetAt}. */
    record CallerSpoke(long onsetAt) implements CallEvent {}

    /** The caller speaks for longer than a cough or a "mhm" lasts, since {@code onsetAt}. */
    record CallerInsisted(long onsetAt) implements CallEvent {}

    /**
     * The voice gate heard the caller stop.
     *
     * @param spokenUntil when the last voiced sample was
     * @param voicedMillis how much of the utterance was voice
     */
    record CallerPaused(long spokenUntil, int voicedMillis) implements CallEvent {}

    /** No more caller audio will come; ours is still played. */
    record CallerAudioEnded() implements CallEvent {}

    /** The phone is gone. */
    record HungUp() implements CallEvent {}

    /** Provider use is not allowed any more. */
    record EgressClosed() implements CallEvent {}

    /** The pod ends and waits for this call no longer. */
    record PodStops() implements CallEvent {}

    /** Time passed; sent when {@link CallMachine#deadline} is reached. */
    record TimePassed() implements CallEvent {}

    /** What a link says. */
    sealed interface OfLink extends CallEvent {
        /** Generation of the link that says it. */
        int generation();
    }

    record LinkReady(int generation) implements OfLink {}

    /**
     * How long the link's conversation may last, counted from now.
     *
     * @param renewMillis after which a fresh one should follow at the next pause
     * @param endMillis after which the other side ends it
     */
    record LinkLasts(int generation, long renewMillis, long endMillis) implements OfLink {}

    record LinkFailed(int generation, FailureReason reason) implements OfLink {}

    record LinkTroubled(int generation, FailureReason reason) implements OfLink {}

    /** The backend's own detection heard the caller begin to speak. */
    record SpeechHeard(int generation) implements OfLink {}

    /** The backend recognized words of the caller; blank: it heard none. */
    record CallerSaid(int generation, String text) implements OfLink {}

    /**
     * The backend begins an answer.
     *
     * @param spokenUntil when the last voiced sample of the caller was, for the case that the backend was faster than our hang-over
     */
    record AnswerStarted(int generation, String answerId, long spokenUntil) implements OfLink {}

    /** Audio of the answer came: the first of it, or the first after it ran dry. */
    record AnswerArrived(int generation, String answerId) implements OfLink {}

    record AnswerText(int generation, String answerId, String text) implements OfLink {}

    /** All of the answer came. */
    record AnswerDone(int generation, String answerId) implements OfLink {}

    /** The first frame with sound was written to the phone. */
    record AnswerHeard(String answerId, long at) implements CallEvent {}

    /** How far the answer is; comes before any event that may cut it. */
    record AnswerProgress(String answerId, long playedMillis, long receivedMillis) implements CallEvent {}

    /** The phone has played all there is, and the answer is not complete. */
    record AnswerRanDry(String answerId) implements CallEvent {}

    /** The phone has played all of the answer. */
    record AnswerPlayed(String answerId) implements CallEvent {}
}
