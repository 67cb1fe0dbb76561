package dev.tom.bridge.telephony;

import dev.tom.bridge.telephony.access.Grant;
import java.time.Instant;
import java.util.Optional;

/**
 * The call that a socket was opened for, when that was said before the upgrade. A switch module may attach one call's audio to another call's
 * socket (protocols.md B3), so the metadata that arrives must name the same call before any audio moves.
 *
 * @param callId that must be in the metadata
 * @param signed whether a token says so, rather than the address alone
 * @param issued when that token was issued
 */
record CallBinding(Optional<String> callId, boolean signed, Instant issued) {

    /** Empty when address and token name two calls. */
    static Optional<CallBinding> of(Grant grant, Optional<String> inAddress) {
        if (grant.callId().isEmpty()) {
            return Optional.of(new CallBinding(inAddress, false, Instant.EPOCH));
        }
        return inAddress.filter(named -> !named.equals(grant.callId().get())).isPresent()
                ? Optional.empty()
                : Optional.of(new CallBinding(grant.callId(), true, grant.issued()));
    }

    boolean bound() {
        return callId.isPresent();
    }

    /** Whether metadata with this call id, or with none, belongs to another call. */
    boolean contradicts(String inMetadata) {
        return callId.filter(expected -> !expected.equals(inMetadata)).isPresent();
    }

    /** Whether this socket may take a live call over from that one: tokens are used once, so the later one is the switch's wish. */
    boolean supersedes(CallBinding other) {
        return signed && !issued.isBefore(other.issued);
    }
}
