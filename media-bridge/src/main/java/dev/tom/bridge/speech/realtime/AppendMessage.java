package dev.tom.bridge.speech.realtime;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Caller audio as a client event, built in one array that is used again for each frame: no text, no object per frame. One call's; not
 * thread-safe.
 */
final class AppendMessage {

    private static final byte[] HEAD =
            "{\"type\":\"input_audio_buffer.append\",\"audio\":\"".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] TAIL = "\"}".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] DIGITS =
            "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".getBytes(StandardCharsets.US_ASCII);
    private static final byte PADDING = '=';

    private byte[] bytes = HEAD;

    /**
     * Builds the message in {@link #bytes()}.
     *
     * @param wire caller audio in the agreed format
     * @param length valid bytes from index 0
     * @return length of the message
     */
    int build(byte[] wire, int length) {
        int total = HEAD.length + (length + 2) / 3 * 4 + TAIL.length;
        if (bytes.length < total) {
            bytes = Arrays.copyOf(HEAD, total);
        }
        int at = base64(wire, length);
        System.arraycopy(TAIL, 0, bytes, at, TAIL.length);
        return total;
    }

    /** The message that was built last, from index 0 on; overwritten by the next. */
    byte[] bytes() {
        return bytes;
    }

    private int base64(byte[] wire, int length) {
        byte[] out = bytes;
        int at = HEAD.length;
        int whole = length - length % 3;
        for (int i = 0; i < whole; i += 3) {
            int group = (wire[i] & 0xFF) << 16 | (wire[i + 1] & 0xFF) << 8 | wire[i + 2] & 0xFF;
            out[at++] = DIGITS[group >>> 18];
            out[at++] = DIGITS[group >>> 12 & 0x3F];
            out[at++] = DIGITS[group >>> 6 & 0x3F];
            out[at++] = DIGITS[group & 0x3F];
        }
        if (whole < length) {
            boolean two = length - whole == 2;
            int group = (wire[whole] & 0xFF) << 16 | (two ? (wire[whole + 1] & 0xFF) << 8 : 0);
            out[at++] = DIGITS[group >>> 18];
            out[at++] = DIGITS[group >>> 12 & 0x3F];
            out[at++] = two ? DIGITS[group >>> 6 & 0x3F] : PADDING;
            out[at++] = PADDING;
        }
        return at;
    }
}
