package dev.tom.bridge.caller;

/** A recording cannot be used. The message is one sentence that names the file and says what to do. */
public final class RecordingException extends Exception {

    private static final long serialVersionUID = 1L;

    public RecordingException(String sentence) {
        super(sentence);
    }

    /** One sentence. */
    public String sentence() {
        return String.valueOf(getMessage());
    }
}
