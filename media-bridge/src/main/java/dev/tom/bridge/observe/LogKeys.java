package dev.tom.bridge.observe;

/** The keys of the logging context. */
public final class LogKeys {

    /** The call that a line is about. */
    public static final String CALL = "call";

    private LogKeys() {}
}
