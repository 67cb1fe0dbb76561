package dev.tom.bridge.cli;

/** A tool cannot do what it was told. The message is one sentence that says why and what to do. */
final class NotMeasured extends Exception {

    private static final long serialVersionUID = 1L;

    NotMeasured(String sentence) {
        super(sentence);
    }
}
