package dev.tom.crds.v1alpha1;

/**
 * Which of the bridge's settings a TestWindow may give by name: those that only a new pod reads, hold no secret, name no file, and have no
 * field of their own. Everything else belongs to the operator, and a name that is not listed here is refused: what opens egress must never
 * come by this way.
 */
public final class BridgeSettings {

    static final String OPEN = "self.all(name, name in ["
            // turns and sessions of the provider
            + "'REALTIME_AUTH_HEADER', 'REALTIME_TURN_DETECTION', 'REALTIME_SILENCE_MS', 'REALTIME_VAD_THRESHOLD',"
            + " 'REALTIME_EAGERNESS', 'REALTIME_TRANSCRIPTION_MODEL', 'REALTIME_NOISE_REDUCTION',"
            + " 'REALTIME_MAX_OUTPUT_TOKENS', 'REALTIME_SPEED', 'REALTIME_MAX_SESSION_SEC',"
            // the telephone port
            + " 'TELEPHONY_JWT_AUDIENCE', 'TELEPHONY_PUBLIC_URL', 'TELEPHONY_MESSAGES_PER_SECOND',"
            + " 'TELEPHONY_SOURCE_SOCKETS', 'TELEPHONY_SOURCE_UPGRADES_PER_SECOND',"
            // too much work
            + " 'OVERLOAD_LOOP_LATE_MS', 'OVERLOAD_LOCAL_WAIT_MS', 'OVERLOAD_EXTENSION', 'OVERLOAD_REDIRECT_URL',"
            + " 'DRAIN_REDIRECT_URL',"
            // records
            + " 'COST_LOG_FSYNC'])";

    static final String REFUSAL =
            "bridge.settings may hold only settings that only a new pod reads, such as REALTIME_SILENCE_MS or"
                    + " OVERLOAD_EXTENSION; what is live, secret or has a field of its own belongs to the operator: use the"
                    + " field of the spec, or remove the name";

    private BridgeSettings() {}

    /** Whether {@code bridge.settings} may hold this name; the API server asks the same question by CEL. */
    public static boolean open(String name) {
        return OPEN.contains("'" + name + "'");
    }
}
