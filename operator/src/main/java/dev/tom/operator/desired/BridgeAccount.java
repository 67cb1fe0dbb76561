package dev.tom.operator.desired;

import dev.tom.crds.v1alpha1.TestWindow;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;

/** The bridges' identity: it may do nothing, and its token is not mounted. */
final class BridgeAccount {

    private BridgeAccount() {}

    static ServiceAccount of(TestWindow window) {
        return new ServiceAccountBuilder()
                .withMetadata(OwnedMetadata.of(
                        window, Names.bridge(window.getMetadata().getName())))
                .withAutomountServiceAccountToken(false)
                .build();
    }
}
