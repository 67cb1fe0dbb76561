package dev.tom.operator.desired;

import dev.tom.crds.v1alpha1.TestWindow;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;

/** Where bridges find the gateway. */
final class GatewayService {

    private GatewayService() {}

    static Service of(TestWindow window) {
        return new ServiceBuilder()
                .withMetadata(OwnedMetadata.of(
                        window, Names.gateway(window.getMetadata().getName()), Labels.gateway(window)))
                .withNewSpec()
                .withSelector(Labels.gatewaySelector(window))
                .addNewPort()
                .withName("proxy")
                .withProtocol("TCP")
                .withPort(Names.GATEWAY_PORT)
                .withTargetPort(new IntOrString("proxy"))
                .endPort()
                .endSpec()
                .build();
    }

    /** The value of {@code PROVIDER_PROXY}. */
    static String url(TestWindow window) {
        return "http://%s.%s.svc:%d"
                .formatted(
                        Names.gateway(window.getMetadata().getName()),
                        window.getMetadata().getNamespace(),
                        Names.GATEWAY_PORT);
    }
}
