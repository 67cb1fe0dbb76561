package dev.tom.operator.observability;

/** Names of log fields. */
public final class LogKeys {

    public static final String WINDOW = "window";
    public static final String NAMESPACE = "namespace";
    public static final String PHASE = "phase";
    public static final String REASON = "reason";
    public static final String WRITES = "writes";
    public static final String WINDOWS = "windows";
    public static final String PORT = "port";
    public static final String NAMESPACES = "namespaces";

    private LogKeys() {}
}
