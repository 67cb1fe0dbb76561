package dev.tom.faults;

/** Where in a call the provider fails. */
enum Moment {
    /** Nobody speaks. */
    IDLE("idle"),
    /** In the middle of the caller's question. */
    CALLER_SPEAKING("caller speaking"),
    /** In the middle of the provider's answer. */
    ANSWER_PLAYING("answer playing");

    private final String label;

    Moment(String label) {
        this.label = label;
    }

    String label() {
        return label;
    }
}
