package dev.tom.testkit;

/** A program that is made of these parts cannot go on; the message is for the person at the terminal. */
public final class RunFailure extends RuntimeException {

    private static final long serialVersionUID = 1;

    public RunFailure(String message) {
        super(message);
    }
}
