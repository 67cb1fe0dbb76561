package dev.tom.operator.window;

/** How the try to reach the provider's address after the end went. */
public enum CanaryOutcome {
    /** Not yet, or not any more. */
    NOT_TRIED,
    /** The network said no. */
    REFUSED,
    /** The network said nothing. */
    TIMEOUT,
    /** The name had no address: nothing could be tried. */
    UNRESOLVED,
    /** It worked, which it must not. */
    CONNECTED
}
