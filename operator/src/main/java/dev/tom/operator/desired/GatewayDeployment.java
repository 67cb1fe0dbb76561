package dev.tom.operator.desired;

import dev.tom.crds.v1alpha1.Gateway;
import dev.tom.crds.v1alpha1.Provider;
import dev.tom.crds.v1alpha1.TestWindow;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.EmptyDirVolumeSourceBuilder;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodSpecBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.api.model.ResourceRequirementsBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import java.util.Optional;

/** Squid as the only way to the provider. Needs of its image: Squid 5 or newer on the PATH; no account, no writable folder but /tmp. */
final class GatewayDeployment {

    private static final String CONFIG = "config";
    private static final String CONFIG_DIR = "/etc/tom/gateway";
    private static final String SCRATCH = "tmp";
    private static final String CONFIG_HASH = "tom.dev/gateway-config-hash";

    /** The least that lets the API server wait for the process to be gone: with 0 it would forget a pod whose tunnels still live. */
    private static final long SECONDS_TO_STOP = 1;

    private GatewayDeployment() {}

    static Deployment of(TestWindow window, Provider provider, OperatorDefaults defaults) {
        Gateway gateway = Optional.ofNullable(provider.egress().gateway()).orElse(Gateway.DEFAULT);
        return new DeploymentBuilder()
                .withMetadata(OwnedMetadata.of(
                        window, Names.gateway(window.getMetadata().getName()), Labels.gateway(window)))
                .withNewSpec()
                .withReplicas(1)
                .withNewSelector()
                .withMatchLabels(Labels.gatewaySelector(window))
                .endSelector()
                .withStrategy(Replacement.firstTheNew())
                .withNewTemplate()
                .withNewMetadata()
                .withLabels(Labels.gateway(window))
                .addToAnnotations(CONFIG_HASH, GatewayConfig.hash(provider))
                .endMetadata()
                .withSpec(pod(window, gateway, defaults))
                .endTemplate()
                .endSpec()
                .build();
    }

    private static PodSpec pod(TestWindow window, Gateway gateway, OperatorDefaults defaults) {
        return new PodSpecBuilder()
                .withAutomountServiceAccountToken(false)
                .withEnableServiceLinks(false)
                .withTerminationGracePeriodSeconds(SECONDS_TO_STOP)
                .withSecurityContext(Restrictions.pod())
                .withContainers(container(gateway, defaults))
                .addNewVolume()
                .withName(CONFIG)
                .withNewConfigMap()
                .withName(Names.gateway(window.getMetadata().getName()))
                .endConfigMap()
                .endVolume()
                .addNewVolume()
                .withName(SCRATCH)
                .withEmptyDir(new EmptyDirVolumeSourceBuilder()
                        .withMedium("Memory")
                        .withSizeLimit(new Quantity("16Mi"))
                        .build())
                .endVolume()
                .build();
    }

    private static Container container(Gateway gateway, OperatorDefaults defaults) {
        String image = gateway.image() != null
                ? gateway.image()
                : defaults.gatewayImage().orElseThrow(() -> new IllegalStateException("a gateway without an image"));
        return new ContainerBuilder()
                .withName("gateway")
                .withImage(image)
                // In the foreground, warnings to stderr.
                .withCommand("squid", "-N", "-d", "1", "-f", CONFIG_DIR + "/" + GatewayConfig.FILE)
                .addNewPort()
                .withName("proxy")
                .withContainerPort(Names.GATEWAY_PORT)
                .withProtocol("TCP")
                .endPort()
                .withNewReadinessProbe()
                .withNewTcpSocket()
                .withPort(new IntOrString("proxy"))
                .endTcpSocket()
                .withPeriodSeconds(1)
                .endReadinessProbe()
                .withResources(resources(gateway))
                .withSecurityContext(Restrictions.container())
                .addNewVolumeMount()
                .withName(CONFIG)
                .withMountPath(CONFIG_DIR)
                .withReadOnly(true)
                .endVolumeMount()
                .addNewVolumeMount()
                .withName(SCRATCH)
                .withMountPath("/tmp")
                .endVolumeMount()
                .build();
    }

    private static ResourceRequirements resources(Gateway gateway) {
        return gateway.resources() != null
                ? gateway.resources()
                : new ResourceRequirementsBuilder()
                        .addToRequests("cpu", new Quantity("50m"))
                        .addToRequests("memory", new Quantity("64Mi"))
                        .addToLimits("memory", new Quantity("256Mi"))
                        .build();
    }
}
