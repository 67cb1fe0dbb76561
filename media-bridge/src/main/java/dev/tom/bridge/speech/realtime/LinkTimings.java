package dev.tom.bridge.speech.realtime;

/**
 * How long a link waits, in milliseconds.
 *
 * @param connect for TCP, TLS and the upgrade together; the caller is already speaking
 * @param setUp for {@code session.updated}
 * @param ping between two pings; a pong or any other frame must come within one interval
 * @param farewell for the far side to close after our close frame, then the socket is reset
 * @param young a close in this time after the upgrade is a refusal
 */
record LinkTimings(int connect, int setUp, int ping, int farewell, int young) {

    /** A dead connection in which nobody speaks is noticed within 10 s; in a turn the first-audio watchdog is faster. */
    static final LinkTimings STANDARD = new LinkTimings(3_000, 3_000, 5_000, 60, 2_000);
}
