package dev.tom.faults;

import dev.tom.testkit.Fault;
import java.util.Optional;

/** The faults of the table, with what a call has to make of each. */
enum ProviderFault {
    REFUSE_401("refuse 401", new Fault.RefuseUpgrade(401), moved("unauthorized")),
    REFUSE_403("refuse 403", new Fault.RefuseUpgrade(403), moved("unauthorized")),
    REFUSE_429("refuse 429", new Fault.RefuseUpgrade(429), moved("rate_limited")),
    REFUSE_503("refuse 503", new Fault.RefuseUpgrade(503), moved("refused")),
    HANG_UPGRADE("hang upgrade", new Fault.HangUpgrade(), moved("timeout")),
    CLOSE_1001("close 1001", new Fault.Close(1001, "going away"), new Outcome.NewSession()),
    CLOSE_1006("close 1006", new Fault.Drop(), moved("socket_closed")),
    CLOSE_1011("close 1011", new Fault.Close(1011, "internal error"), moved("socket_closed")),
    CLOSE_3000("close 3000", new Fault.Close(3000, "invalid_request_error.invalid_api_key"), moved("unauthorized")),
    CLOSE_4000("close 4000", new Fault.Close(4000, "application"), moved("socket_closed")),
    TCP_RESET("TCP reset", new Fault.Reset(), moved("socket_closed")),
    BLACKHOLE("blackhole", new Fault.Blackhole(), moved("stalled")),
    MUTE("mute", new Fault.Mute(), moved("stalled")),
    SLOW("slow", new Fault.SlowFirstAudio(4_000), moved("stalled")),
    GARBAGE("garbage", new Fault.Garbage(), new Outcome.Stayed()),
    HALF_JSON("half JSON", new Fault.HalfJson(), new Outcome.Stayed()),
    HUGE_FRAME("huge frame", new Fault.HugeFrame(3 << 20), moved("protocol")),
    SESSION_EXPIRED("session_expired", new Fault.SessionExpired(), new Outcome.NewSession());

    /** A gap that a fault with a loud end may cause, in milliseconds. */
    private static final int LOUD_GAP_MILLIS = 1_000;
    /** The same for a fault that only silence tells of: the watchdog's patience comes on top. */
    private static final int SILENT_GAP_MILLIS = 2_500;

    private final String label;
    private final Fault fault;
    private final Outcome expected;

    ProviderFault(String label, Fault fault, Outcome expected) {
        this.label = label;
        this.fault = fault;
        this.expected = expected;
    }

    private static Outcome moved(String reason) {
        return new Outcome.Moved(reason);
    }

    String label() {
        return label;
    }

    Outcome expected() {
        return expected;
    }

    /** Strikes when a session is asked for, not in one. */
    boolean strikesUpgrade() {
        return fault instanceof Fault.RefuseUpgrade || fault instanceof Fault.HangUpgrade;
    }

    /** Whether it only shows with the next answer. */
    boolean showsWithTheNextAnswer() {
        return this == SLOW;
    }

    Fault fault() {
        return fault;
    }

    int allowedGapMillis() {
        return switch (this) {
            case BLACKHOLE, MUTE, SLOW, HANG_UPGRADE -> SILENT_GAP_MILLIS;
            default -> LOUD_GAP_MILLIS;
        };
    }

    static Optional<ProviderFault> labelled(String label) {
        for (ProviderFault each : values()) {
            if (each.label.equalsIgnoreCase(label) || each.name().equalsIgnoreCase(label)) {
                return Optional.of(each);
            }
        }
        return Optional.empty();
    }
}
