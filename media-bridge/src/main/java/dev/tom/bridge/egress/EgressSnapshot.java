package dev.tom.bridge.egress;

import dev.tom.bridge.call.egress.EgressReason;
import java.time.Instant;
import java.util.Optional;

/**
 * The guard at one moment, for the status page.
 *
 * @param allowed whether bytes may go to the provider
 * @param until EGRESS_UNTIL, when one is configured and readable
 * @param reason why
 * @param sockets provider sockets that are open or connecting
 * @param lastSocketClosedAt when the last of those that are gone went
 */
public record EgressSnapshot(
        boolean allowed,
        Optional<Instant> until,
        EgressReason reason,
        int sockets,
        Optional<Instant> lastSocketClosedAt) {}
