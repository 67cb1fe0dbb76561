package dev.tom.bridge.telephony.access;

import dev.tom.bridge.telephony.access.Grant.Nonce;
import io.vertx.core.Future;

/** Sees to it that a token opens one socket only. Thread-safe; answers within half a second and never fails. */
interface NonceStore {

    /** Whether a token may be used now. */
    enum Outcome {
        /** For the first time. */
        FRESH,
        /** It has been used. */
        USED,
        /** It cannot be noted, because there are too many; no use is forgotten early to make room. */
        FULL,
        /** It cannot be noted, because the store does not answer. */
        DOWN
    }

    Future<Outcome> spend(Nonce nonce);

    /** Opens connections, so that the first socket does not wait for them. */
    default void start() {
        // memory is there
    }

    /** Lets go of connections. */
    default void close() {
        // nothing is held in memory that must be let go
    }
}
