package dev.tom.operator.observe;

import dev.tom.crds.v1alpha1.TestWindow;
import dev.tom.operator.window.Observed;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.List;

/**
 * All that was read for one reconcile.
 *
 * @param window the resource
 * @param observed what the decision needs
 * @param statuses what the bridges that answered said
 * @param bridgePods names of all bridge pods that are not on their way out
 * @param objects the window's objects as the caches show them
 */
public record World(
        TestWindow window,
        Observed observed,
        List<BridgeStatus> statuses,
        List<String> bridgePods,
        List<HasMetadata> objects) {

    public World {
        statuses = List.copyOf(statuses);
        bridgePods = List.copyOf(bridgePods);
        objects = List.copyOf(objects);
    }
}
