package dev.tom.bridge.telephony;

import java.nio.charset.StandardCharsets;

/** WebSocket close codes that a switch understands, and their reasons. */
final class CloseCodes {

    static final int NORMAL = 1000;
    static final int PROTOCOL = 1002;
    /** Never sent; what the protocol layer reports when a connection ends without a close frame. */
    static final int NO_CLOSE_FRAME = 1006;

    static final int POLICY = 1008;
    static final int TOO_BIG = 1009;
    static final int FAULT = 1011;

    /** How a leg is counted that is refused after its upgrade for what a request would have got this HTTP status. */
    static final int AS_BAD_REQUEST = 400;
    /** See {@link #AS_BAD_REQUEST}. */
    static final int AS_UNAUTHORIZED = 401;

    private static final int MAX_REASON_BYTES = 123;

    private CloseCodes() {}

    /** The code itself, or 1011 in place of one that a switch answers with a protocol error (such as 1012 and 1013). */
    static short accepted(int code) {
        return (short)
                switch (code) {
                    case NORMAL, 1001, PROTOCOL, POLICY, TOO_BIG, FAULT -> code;
                    default -> code >= 3000 && code <= 4999 ? code : FAULT;
                };
    }

    /** The reason, cut to what a close frame holds. */
    static String fitting(String reason) {
        String fits = reason;
        while (fits.getBytes(StandardCharsets.UTF_8).length > MAX_REASON_BYTES) {
            fits = fits.substring(0, fits.offsetByCodePoints(fits.length(), -1));
        }
        return fits;
    }
}
