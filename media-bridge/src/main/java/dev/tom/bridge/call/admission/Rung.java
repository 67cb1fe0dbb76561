package dev.tom.bridge.call.admission;

/** The rungs of the overload ladder, lowest first. Calls that a provider answers are touched by none of them. */
public enum Rung {
    /** Every call is taken and answered. */
    NORMAL,
    /** Callers who need the local pipeline now hear that all lines are busy; then they are transferred, or the call ends. */
    LOCAL_SATURATED,
    /** New calls are refused or steered to another pod, so that live ones keep their audio in time. */
    REFUSING_NEW,
    /** The pod ends: new calls are refused or steered to another pod, live ones may finish. */
    DRAINING;

    /** The name on the status page and in metrics. */
    public String label() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}
