package dev.tom.bridge.telephony;

import io.vertx.core.Future;
import java.util.Optional;

/** What a leg must still prove when it says who it is. Asked once, before any audio moves either way. */
interface LegGate {

    /** Nothing is left to prove. */
    LegGate OPEN = _ -> Future.succeededFuture(Optional.empty());

    /**
     * Why the leg is closed with 1008, one sentence without any part of what was shown, or empty when it may go on; completes on the
     * context of the leg. A failure closes the leg, too.
     */
    Future<Optional<String>> refusal(TelephonyMessage.Metadata metadata);
}
