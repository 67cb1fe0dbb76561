package dev.tom.operator.window;

/** Whether a fact holds. */
public enum Truth {
    TRUE("True"),
    FALSE("False"),
    UNKNOWN("Unknown");

    private final String text;

    Truth(String text) {
        this.text = text;
    }

    /** As it stands in the status. */
    public String text() {
        return text;
    }
}
