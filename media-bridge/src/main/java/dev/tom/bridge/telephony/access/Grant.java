package dev.tom.bridge.telephony.access;

import java.time.Instant;
import java.util.Optional;

/**
 * What a proof allows.
 *
 * @param callId the only call that the socket may carry, when the token names one
 * @param issued when the token was issued; a token without {@code iat} counts as older than any other
 * @param nonce what must be spent before the socket opens
 */
public record Grant(Optional<String> callId, Instant issued, Optional<Nonce> nonce) {

    /** Any call. */
    public static final Grant ANY_CALL = new Grant(Optional.empty(), Instant.EPOCH, Optional.empty());

    /**
     * The one use of a token.
     *
     * @param jti the token's name
     * @param until from when on the token is refused for its age, so that its use may be forgotten
     */
    public record Nonce(String jti, Instant until) {}
}
