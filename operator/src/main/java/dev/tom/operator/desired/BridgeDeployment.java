package dev.tom.operator.desired;

import dev.tom.crds.v1alpha1.TestWindow;
import dev.tom.operator.window.EgressMeans;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodSpecBuilder;
import io.fabric8.kubernetes.api.model.TopologySpreadConstraint;
import io.fabric8.kubernetes.api.model.TopologySpreadConstraintBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import java.util.ArrayList;
import java.util.List;

/**
 * The bridges. Nothing that opens or closes egress stands in the pod template: a changed template rolls the pods, and their calls with them.
 */
final class BridgeDeployment {

    private BridgeDeployment() {}

    static Deployment of(TestWindow window, OperatorDefaults defaults, EgressMeans means, boolean wanted) {
        return new DeploymentBuilder()
                .withMetadata(OwnedMetadata.of(
                        window, Names.bridge(window.getMetadata().getName())))
                .withNewSpec()
                .withReplicas(wanted ? window.getSpec().bridge().replicas() : 0)
                .withNewSelector()
                .withMatchLabels(Labels.selector(window))
                .endSelector()
                .withStrategy(Replacement.firstTheNew())
                .withNewTemplate()
                .withNewMetadata()
                .withLabels(Labels.of(window))
                .addToAnnotations(Labels.STATIC_CONFIG_HASH, BridgeConfig.settledHash(window, means))
                .endMetadata()
                .withSpec(pod(window, defaults))
                .endTemplate()
                .endSpec()
                .build();
    }

    /** A wish, also with one replica: a pod that finds no such node still runs, and scaling up changes no template. */
    private static TopologySpreadConstraint spread(TestWindow window, String domain) {
        return new TopologySpreadConstraintBuilder()
                .withMaxSkew(1)
                .withTopologyKey(domain)
                .withWhenUnsatisfiable("ScheduleAnyway")
                .withNewLabelSelector()
                .withMatchLabels(Labels.selector(window))
                .endLabelSelector()
                .build();
    }

    private static PodSpec pod(TestWindow window, OperatorDefaults defaults) {
        var spec = window.getSpec();
        String image = spec.bridge().image() == null
                ? defaults.bridgeImage()
                : spec.bridge().image();
        List<Container> containers = new ArrayList<>();
        containers.add(BridgeContainer.of(window, image));
        if (spec.local() != null) {
            containers.add(WorkerContainer.of(image));
        }
        return new PodSpecBuilder()
                .withServiceAccountName(Names.bridge(window.getMetadata().getName()))
                .withAutomountServiceAccountToken(false)
                .withEnableServiceLinks(false)
                .withTerminationGracePeriodSeconds(
                        spec.bridge().terminationGracePeriodSeconds().longValue())
                .withSecurityContext(Restrictions.pod())
                .withTopologySpreadConstraints(
                        spread(window, "kubernetes.io/hostname"), spread(window, "topology.kubernetes.io/zone"))
                .withInitContainers(WorkerContainer.modelCopy(window))
                .withContainers(containers)
                .withVolumes(PodVolumes.of(window))
                .build();
    }
}
