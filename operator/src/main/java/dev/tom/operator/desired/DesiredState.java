package dev.tom.operator.desired;

import dev.tom.crds.v1alpha1.Provider;
import dev.tom.crds.v1alpha1.TestWindow;
import dev.tom.operator.desired.Change.Absent;
import dev.tom.operator.desired.Change.AbsentGeneric;
import dev.tom.operator.desired.Change.Annotated;
import dev.tom.operator.desired.Change.Present;
import dev.tom.operator.window.Ask;
import dev.tom.operator.window.Decision;
import dev.tom.operator.window.Egress;
import dev.tom.operator.window.EgressMeans;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Everything a window needs, in the order in which it must become true: deny before anything runs; the way out before bridges are told to take
 * it; bridges told to leave before the way out is closed.
 */
public final class DesiredState {

    private DesiredState() {}

    /**
     * The steps from any world to the one that the decision wants.
     *
     * @param bridgePods names of the window's pods, which read the ConfigMap again when touched
     */
    public static List<Change> render(
            TestWindow window, Decision decision, List<String> bridgePods, OperatorDefaults defaults) {
        var changes = new ArrayList<Change>();
        if (window.getMetadata().getDeletionTimestamp() != null) {
            // What the garbage collector takes away is not put back; only the closing goes on.
            changes.addAll(told(window, decision, new Egress.Shut(), bridgePods));
            changes.addAll(policy(window, decision, defaults));
            changes.addAll(GatewayState.changes(window, decision, defaults));
            return List.copyOf(changes);
        }
        changes.add(new Present(DefaultDenyPolicy.of(window, defaults)));
        switch (decision.egress()) {
            case Egress.Open open -> {
                changes.addAll(GatewayState.changes(window, decision, defaults));
                policy(window, decision, defaults).forEach(change -> changes.add(ending(change, open.until())));
                changes.addAll(told(window, decision, open, bridgePods));
            }
            case Egress.Shut(Ask ask)
            when ask instanceof Ask.Reach(Instant until) -> {
                changes.addAll(GatewayState.changes(window, decision, defaults));
                policy(window, decision, defaults).forEach(change -> changes.add(ending(change, until)));
                changes.addAll(told(window, decision, decision.egress(), bridgePods));
            }
            case Egress.Shut shut -> {
                changes.addAll(told(window, decision, shut, bridgePods));
                changes.addAll(policy(window, decision, defaults));
                changes.addAll(GatewayState.changes(window, decision, defaults));
            }
        }
        changes.add(new Present(BridgeAccount.of(window)));
        changes.add(new Present(BridgeService.of(window)));
        changes.add(new Present(BridgeBudget.of(window)));
        changes.add(new Present(BridgeDeployment.of(window, defaults, decision.means(), decision.bridgesWanted())));
        return List.copyOf(changes);
    }

    private static List<Change> told(TestWindow window, Decision decision, Egress egress, List<String> bridgePods) {
        var changes = new ArrayList<Change>();
        changes.add(new Present(BridgeConfig.of(window, egress, decision.means())));
        String hash = BridgeConfig.liveHash(window, egress);
        for (String pod : bridgePods) {
            changes.add(new Annotated(window.getMetadata().getNamespace(), pod, Labels.CONFIG_HASH, hash));
        }
        return changes;
    }

    /** What opens the way out says by its label when it has to go. */
    static Change ending(Change change, Instant until) {
        if (change instanceof Present(HasMetadata resource)) {
            resource.getMetadata().getLabels().put(Labels.ENDS, Long.toString(until.getEpochSecond()));
        }
        return change;
    }

    private static List<Change> policy(TestWindow window, Decision decision, OperatorDefaults defaults) {
        Provider provider = window.getSpec().provider();
        return switch (decision.policy()) {
            case PRESENT ->
                provider == null
                        ? List.of()
                        : List.of(new Present(providerEgress(window, provider, decision.means(), defaults)));
            case LEFT -> List.of();
            case ABSENT -> withoutProviderEgress(window, decision.means());
        };
    }

    private static HasMetadata providerEgress(
            TestWindow window, Provider provider, EgressMeans means, OperatorDefaults defaults) {
        return switch (means) {
            case NETWORK_POLICY -> ProviderEgressPolicy.toAddresses(window, provider);
            case GATEWAY -> ProviderEgressPolicy.toGateway(window);
            case CILIUM -> CiliumEgressPolicy.of(window, provider, defaults.dns());
        };
    }

    private static List<Change> withoutProviderEgress(TestWindow window, EgressMeans means) {
        String namespace = window.getMetadata().getNamespace();
        String name = Names.providerEgress(window.getMetadata().getName());
        return switch (means) {
            case NETWORK_POLICY, GATEWAY -> List.of(new Absent(NetworkPolicy.class, namespace, name));
            case CILIUM ->
                List.of(
                        new AbsentGeneric(CiliumEgressPolicy.API_VERSION, CiliumEgressPolicy.KIND, namespace, name),
                        new Absent(NetworkPolicy.class, namespace, name));
        };
    }
}
