package dev.tom.operator.desired;

import dev.tom.crds.v1alpha1.Provider;
import dev.tom.crds.v1alpha1.TestWindow;
import dev.tom.operator.desired.Change.Absent;
import dev.tom.operator.desired.Change.Present;
import dev.tom.operator.window.Decision;
import dev.tom.operator.window.GatewayWish;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import java.util.ArrayList;
import java.util.List;

/** The steps that make a gateway, and the steps that end it. */
final class GatewayState {

    private GatewayState() {}

    static List<Change> changes(TestWindow window, Decision decision, OperatorDefaults defaults) {
        Provider provider = window.getSpec().provider();
        return switch (decision.gateway()) {
            case GatewayWish.None none -> List.of();
            case GatewayWish.Left left -> List.of();
            case GatewayWish.Present present ->
                provider == null
                        ? List.of()
                        : List.of(
                                new Present(GatewayPolicy.of(window, provider, defaults.dns())),
                                new Present(GatewayConfig.of(window, provider)),
                                new Present(GatewayService.of(window)),
                                DesiredState.ending(
                                        new Present(GatewayDeployment.of(window, provider, defaults)),
                                        decision.endsAt()));
            case GatewayWish.Gone(List<String> pods, boolean empty) -> gone(window, pods, empty);
        };
    }

    /** First what would start new pods, then the pods, without waiting for the garbage collector to come by. */
    private static List<Change> gone(TestWindow window, List<String> pods, boolean empty) {
        String namespace = window.getMetadata().getNamespace();
        String name = Names.gateway(window.getMetadata().getName());
        var changes = new ArrayList<Change>();
        changes.add(new Absent(Deployment.class, namespace, name));
        for (String pod : pods) {
            changes.add(new Absent(Pod.class, namespace, pod));
        }
        if (empty) {
            changes.add(new Absent(Service.class, namespace, name));
            changes.add(new Absent(ConfigMap.class, namespace, name));
            changes.add(new Absent(NetworkPolicy.class, namespace, name));
        }
        return changes;
    }
}
