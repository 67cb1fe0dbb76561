package dev.tom.bridge.egress;

import dev.tom.bridge.call.egress.EgressReason;

/** Told when provider use ends, so that live calls move while there is time for it. Called on a thread of its own. */
@FunctionalInterface
public interface EgressClosing {

    /** The permit is closed as of now; sockets that remain are cut 100 ms later. */
    void closed(EgressReason reason);
}
