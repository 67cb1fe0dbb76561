package dev.tom.demo;

/** The demo cannot go on; the message is for the person at the terminal. */
final class DemoFailure extends RuntimeException {

    private static final long serialVersionUID = 1;

    DemoFailure(String message) {
        super(message);
    }
}
