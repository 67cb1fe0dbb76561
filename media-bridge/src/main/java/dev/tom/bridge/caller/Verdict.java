package dev.tom.bridge.caller;

import java.util.Locale;

/** What a latency means to a caller: below 500 ms is a conversation, from 800 ms on people ask whether anyone is there. */
public enum Verdict {
    FAST(0, "below 500 ms"),
    USABLE(1, "from 500 to below 800 ms"),
    SLOW(2, "800 ms or more"),
    FAILED(2, "no measurement");

    public static final int FAST_MILLIS = 500;
    public static final int USABLE_MILLIS = 800;

    private final int exitCode;
    private final String range;

    Verdict(int exitCode, String range) {
        this.exitCode = exitCode;
        this.range = range;
    }

    /** @param millis from the last voiced sample of the caller to the first sound of the answer */
    public static Verdict of(long millis) {
        return millis < FAST_MILLIS ? FAST : millis < USABLE_MILLIS ? USABLE : SLOW;
    }

    /** The exit code of the commands that measure. */
    public int exitCode() {
        return exitCode;
    }

    /** The range in words. */
    public String range() {
        return range;
    }

    /** The name in reports. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
