package dev.tom.bridge.telephony.access;

import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSVerifier;
import io.vertx.core.Future;

/** Finds the key a token says it was signed with. Thread-safe; answers at once or within half a second. */
interface KeyRing {

    /** @param header its algorithm is one of HS256, RS256, ES256 */
    Future<Found> keyFor(JWSHeader header);

    /** The answer. */
    sealed interface Found {
        /** A key of the right type for the algorithm. */
        record Key(JWSVerifier verifier) implements Found {}

        /** No key of ours fits. */
        record Unknown() implements Found {}

        /** There are no keys yet. */
        record Unavailable() implements Found {}
    }
}
