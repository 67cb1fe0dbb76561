package dev.tom.operator.desired;

import dev.tom.crds.v1alpha1.TestWindow;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.List;

/** The speech worker beside the bridge: native engines may crash there without taking calls along. Reached over the pod's loopback only. */
final class WorkerContainer {

    private WorkerContainer() {}

    static Container of(String image) {
        return new ContainerBuilder()
                .withName(Names.WORKER_CONTAINER)
                .withImage(image)
                .withArgs(
                        "speech-worker",
                        "--models",
                        Names.MODELS_DIR,
                        "--host",
                        "127.0.0.1",
                        "--port",
                        Integer.toString(Names.WORKER_PORT))
                // Its last words, such as the model that is missing, then stand in the pod's status.
                .withTerminationMessagePolicy("FallbackToLogsOnError")
                .withNewResources()
                .addToRequests("cpu", new Quantity("500m"))
                .addToRequests("memory", new Quantity("1Gi"))
                .addToLimits("memory", new Quantity("3Gi"))
                .endResources()
                .withSecurityContext(Restrictions.container())
                .addNewVolumeMount()
                .withName(PodVolumes.MODELS)
                .withMountPath(Names.MODELS_DIR)
                .withReadOnly(true)
                .endVolumeMount()
                .addNewVolumeMount()
                .withName(PodVolumes.SCRATCH)
                .withMountPath("/tmp")
                .endVolumeMount()
                .build();
    }

    /** Copies models out of an image, on any Kubernetes version; none where they are in a volume. */
    static List<Container> modelCopy(TestWindow window) {
        var local = window.getSpec().local();
        if (local == null || local.models().image() == null) {
            return List.of();
        }
        return List.of(new ContainerBuilder()
                .withName("models")
                .withImage(local.models().image())
                .withCommand("cp", "-R", Names.MODELS_DIR + "/.", "/copy")
                .withSecurityContext(Restrictions.container())
                .addNewVolumeMount()
                .withName(PodVolumes.MODELS)
                .withMountPath("/copy")
                .endVolumeMount()
                .build());
    }
}
