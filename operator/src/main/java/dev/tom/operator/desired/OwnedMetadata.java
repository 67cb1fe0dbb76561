package dev.tom.operator.desired;

import dev.tom.crds.v1alpha1.TestWindow;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.util.Map;

/** Name, labels and owner of a window's objects. */
public final class OwnedMetadata {

    private OwnedMetadata() {}

    /** Owned by the window: the garbage collector removes the object with it. */
    public static ObjectMeta of(TestWindow window, String name) {
        return of(window, name, Labels.of(window));
    }

    static ObjectMeta of(TestWindow window, String name, Map<String, String> labels) {
        return new ObjectMetaBuilder()
                .withName(name)
                .withNamespace(window.getMetadata().getNamespace())
                .withLabels(labels)
                .addNewOwnerReference()
                .withApiVersion(window.getApiVersion())
                .withKind(window.getKind())
                .withName(window.getMetadata().getName())
                .withUid(window.getMetadata().getUid())
                .withController(true)
                .withBlockOwnerDeletion(true)
                .endOwnerReference()
                .build();
    }
}
