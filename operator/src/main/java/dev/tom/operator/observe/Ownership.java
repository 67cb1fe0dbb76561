package dev.tom.operator.observe;

import dev.tom.crds.v1alpha1.TestWindow;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Whether something belongs to this window, and not to an earlier one of the same name: labels and names are the same, and the garbage collector
 * takes its time.
 */
public final class Ownership {

    private Ownership() {}

    /** The window is its owner. */
    public static boolean of(TestWindow window, HasMetadata object) {
        return object.getMetadata().getOwnerReferences().stream()
                .anyMatch(owner -> owner.getUid().equals(window.getMetadata().getUid()));
    }

    /** The window's own ConfigMap of this name, where it has data. */
    public static Optional<ConfigMap> configMap(TestWindow window, String name, List<HasMetadata> objects) {
        return objects.stream()
                .filter(ConfigMap.class::isInstance)
                .map(ConfigMap.class::cast)
                .filter(map -> map.getMetadata().getName().equals(name) && map.getData() != null)
                .filter(map -> of(window, map))
                .findFirst();
    }

    /** It was made after the window, for what a Deployment's pods know of their window is its name. Both times are the API server's. */
    static boolean since(TestWindow window, HasMetadata object) {
        String made = object.getMetadata().getCreationTimestamp();
        String declared = window.getMetadata().getCreationTimestamp();
        return made == null || declared == null || !Instant.parse(made).isBefore(Instant.parse(declared));
    }
}
