package dev.tom.operator.desired;

import dev.tom.crds.v1alpha1.TestWindow;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;

/** Where a telephone switch finds the bridges, and Prometheus their metrics. */
final class BridgeService {

    private BridgeService() {}

    static Service of(TestWindow window) {
        return new ServiceBuilder()
                .withMetadata(OwnedMetadata.of(
                        window, Names.bridge(window.getMetadata().getName())))
                .withNewSpec()
                .withSelector(Labels.selector(window))
                .addNewPort()
                .withName(Names.TELEPHONY_PORT_NAME)
                .withProtocol("TCP")
                .withPort(Names.TELEPHONY_PORT)
                .withTargetPort(new IntOrString(Names.TELEPHONY_PORT_NAME))
                .endPort()
                .addNewPort()
                .withName(Names.ADMIN_PORT)
                .withProtocol("TCP")
                .withPort(Names.ADMIN_PORT_NUMBER)
                .withTargetPort(new IntOrString(Names.ADMIN_PORT))
                .endPort()
                .endSpec()
                .build();
    }
}
