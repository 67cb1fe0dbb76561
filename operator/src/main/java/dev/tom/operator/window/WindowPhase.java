package dev.tom.operator.window;

/** Where a window stands in its life. */
public enum WindowPhase {
    /** Waits for its start. */
    PENDING("Pending"),
    /** Its time has come, but a requirement is missing. */
    PREFLIGHT("Preflight"),
    /** Its time runs. */
    OPEN("Open"),
    /** Ended; not yet proven closed. */
    CLOSING("Closing"),
    /** Ended and proven closed. */
    CLOSED("Closed"),
    /** Its time passed without it ever opening; proven closed. */
    FAILED("Failed");

    private final String text;

    WindowPhase(String text) {
        this.text = text;
    }

    /** As it stands in the status. */
    public String text() {
        return text;
    }

    /** Once ended, a window never opens again, whatever its spec or the clock says. */
    public boolean ended() {
        return switch (this) {
            case PENDING, PREFLIGHT, OPEN -> false;
            case CLOSING, CLOSED, FAILED -> true;
        };
    }
}
