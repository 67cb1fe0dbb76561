package dev.tom.bridge.session;

import dev.tom.bridge.speech.BackendKind;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * A stretch of a call on one backend, from the moment the backend is asked for.
 *
 * @param id 32 hexadecimal digits; equal for equal call, number, backend and start, so that a doubled record is recognized
 * @param number of the segment within its call, from {@link #FIRST}; 0 when it is not known
 * @param callerHash salted hash of the caller's number, or empty
 * @param start when the backend was asked for
 */
public record OpenSegment(String id, String callId, int number, String callerHash, BackendKind backend, Instant start) {

    /** The segment with which a call begins: there is one for each call. */
    public static final int FIRST = 1;

    private static final int ID_BYTES = 16;

    /**
     * Names a segment. The start is part of the name because a switch forks again under the same call id after its bridge has died.
     *
     * @param number of the segment within the call
     */
    public static OpenSegment of(String callId, int number, String callerHash, BackendKind backend, Instant start) {
        String name = callId + '\0' + number + '\0' + backend.label() + '\0' + start;
        return new OpenSegment(hash(name), callId, number, callerHash, backend, start);
    }

    private static String hash(String name) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(name.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(Arrays.copyOf(hash, ID_BYTES));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
