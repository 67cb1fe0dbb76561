package dev.tom.bridge.speech;

/**
 * One thing that was said in the call.
 *
 * @param speaker who said it
 * @param text the words; for an answer only those that were played
 * @param interrupted whether the other side cut it off
 */
public record Utterance(Speaker speaker, String text, boolean interrupted) {

    /** The two sides of a call. */
    public enum Speaker {
        CALLER,
        ASSISTANT
    }

    public static Utterance caller(String text) {
        return new Utterance(Speaker.CALLER, text, false);
    }

    public static Utterance assistant(String text, boolean interrupted) {
        return new Utterance(Speaker.ASSISTANT, text, interrupted);
    }
}
