package dev.tom.operator.window;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What is to be, and what is to be said about it.
 *
 * @param phase the phase
 * @param egress what the bridges are told
 * @param means by which objects egress is opened
 * @param policy what becomes of the network policy
 * @param gateway what becomes of the gateway
 * @param bridgesWanted false: scale to zero
 * @param opensAt for the status
 * @param endsAt for the status: the end that counts
 * @param openedAt for the status
 * @param closedAt for the status
 * @param closedLateMillis from {@code endsAt} to {@code closedAt}; empty for a window that never opened
 * @param facts every condition but {@link FactType#REPORT_WRITTEN} and {@link FactType#ROLLOUT_PENDING}
 * @param notices what happened since the last decision, for Kubernetes Events
 * @param release a deleted window may go
 * @param wakeAt when to look again at the latest
 */
public record Decision(
        WindowPhase phase,
        Egress egress,
        EgressMeans means,
        PolicyWish policy,
        GatewayWish gateway,
        boolean bridgesWanted,
        Instant opensAt,
        Instant endsAt,
        Optional<Instant> openedAt,
        Optional<Instant> closedAt,
        OptionalLong closedLateMillis,
        List<Fact> facts,
        List<Notice> notices,
        boolean release,
        Instant wakeAt) {

    public Decision {
        facts = List.copyOf(facts);
        notices = List.copyOf(notices);
    }
}
