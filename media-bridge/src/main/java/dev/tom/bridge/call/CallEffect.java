package dev.tom.bridge.call;

import dev.tom.bridge.speech.BackendKind;
import dev.tom.bridge.speech.FailureReason;
import dev.tom.bridge.speech.Utterance;
import java.util.List;

/** What a call is to do, in order. Performed by one exhaustive switch in the session. */
public sealed interface CallEffect {

    /** Opens a conversation; from now on only events of this generation count. */
    record OpenLink(int generation, BackendKind backend, List<Utterance> history) implements CallEffect {}

    /**
     * Ends the conversation and its segment of the account.
     *
     * @param endedBy {@code hangup}, {@code window_end}, {@code rotation} or the label of a failure reason
     */
    record CloseLink(int generation, String endedBy) implements CallEffect {}

    /** Opens a conversation beside the open one, which goes on; it hears nothing until it is used. */
    record PrepareLink(int generation, BackendKind backend, List<Utterance> history) implements CallEffect {}

    /** The prepared conversation is the open one from now on, with a segment of its own. */
    record UseLink(int generation) implements CallEffect {}

    /** Ends the prepared conversation. Nothing was said in it, so there is nothing to account for. */
    record DropLink(int generation) implements CallEffect {}

    /** Gives the caller's latest moment to the link that is open now: a word that began unheard is heard whole. */
    record ReplayRecent() implements CallEffect {}

    /**
     * Gives the caller's unanswered words to the link that was just opened.
     *
     * @param ended whether the caller has finished them
     */
    record ReplayQuestion(boolean ended) implements CallEffect {}

    /** Asks the link to answer what stands in the history. */
    record AskForAnswer() implements CallEffect {}

    record TellTurnStarted() implements CallEffect {}

    record TellTurnEnded() implements CallEffect {}

    /** Opens the way to the phone for the audio of this answer, behind what is playing. */
    record TakeAnswer(String answerId) implements CallEffect {}

    /** All audio of this answer came: pads its last frame and lets it end. */
    record CompleteAnswer(String answerId) implements CallEffect {}

    /** Drops what is queued, makes the far side drop what it holds, and closes the way for the answer. */
    record StopSound() implements CallEffect {}

    /** Pauses all sound at once, so that it can go on where the caller heard it last. */
    record HoldSound() implements CallEffect {}

    /** Goes on with what was paused. */
    record ResumeSound() implements CallEffect {}

    /** Keeps the caller's audio from the link until it is released. */
    record HoldWords() implements CallEffect {}

    /**
     * Gives the link the caller's audio that was kept from it; from now on it passes at once.
     *
     * @param asSilence gives as much silence instead, because it was no turn
     */
    record ReleaseWords(boolean asSilence) implements CallEffect {}

    /** Tells the link that its answer was cut off. */
    record Interrupt(int generation, String answerId, long playedMillis) implements CallEffect {}

    /** Plays a short phrase that bridges the wait. */
    record PlayFiller() implements CallEffect {}

    /** Keeps the caller's audio from the onset on, until it is answered; a kept question goes on instead. */
    record KeepQuestion(long onsetAt) implements CallEffect {}

    record ForgetQuestion() implements CallEffect {}

    /** Ends the voice gate's utterance: voice that goes on is a new onset. */
    record CloseGate() implements CallEffect {}

    /** Closes the telephone leg; the telephone call is the switch's own affair. */
    record HangUp(String reason) implements CallEffect {}

    /**
     * Plays the sentence that all lines are busy, behind what is playing; its answer id is {@link Parting#NOTICE}.
     *
     * @param transfers whether it ends with a transfer
     */
    record PlayNotice(boolean transfers) implements CallEffect {}

    /** Asks the far side to send the caller to this extension. */
    record TransferTo(String extension) implements CallEffect {}

    /** Ends the telephone call where the dialect can, and the leg in any case. */
    record EndCall(String reason) implements CallEffect {}

    /** Closes the telephone leg because the pod ends. */
    record GoAway(String reason) implements CallEffect {}

    record ReportMove(FailureReason reason, BackendKind from, BackendKind to) implements CallEffect {}

    /** The call goes on with a fresh provider session. */
    record ReportRenewal(RenewalReason reason) implements CallEffect {}

    /** A turn was answered after so many milliseconds. */
    record ReportTurn(BackendKind backend, long latencyMillis) implements CallEffect {}

    /** The answer was cut off; the caller's first voiced sample to its last frame was so long. */
    record ReportBargeIn(long latencyMillis) implements CallEffect {}

    /** The answer was paused for a sound that was no interruption, and goes on. */
    record ReportFalseBargeIn() implements CallEffect {}

    /** The caller spoke again or hung up when an answer of the provider was due since so many milliseconds; for the circuit breaker. */
    record ReportAbandoned(long waitedMillis) implements CallEffect {}

    /** The provider gave trouble; for the circuit breaker. */
    record ReportTrouble(FailureReason reason) implements CallEffect {}
}
