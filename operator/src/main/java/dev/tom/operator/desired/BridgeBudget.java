package dev.tom.operator.desired;

import dev.tom.crds.v1alpha1.TestWindow;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudgetBuilder;

/**
 * Nodes are drained one bridge at a time. One is always allowed, also where there is only one: an evicted bridge finishes its calls, and a
 * budget of zero would hold up the drain for as long as the window lives. A bridge that is not ready protects nobody.
 */
final class BridgeBudget {

    private BridgeBudget() {}

    static PodDisruptionBudget of(TestWindow window) {
        return new PodDisruptionBudgetBuilder()
                .withMetadata(OwnedMetadata.of(
                        window, Names.bridge(window.getMetadata().getName())))
                .withNewSpec()
                .withMaxUnavailable(new IntOrString(1))
                .withUnhealthyPodEvictionPolicy("AlwaysAllow")
                .withNewSelector()
                .withMatchLabels(Labels.selector(window))
                .endSelector()
                .endSpec()
                .build();
    }
}
