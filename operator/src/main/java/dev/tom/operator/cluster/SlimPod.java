package dev.tom.operator.cluster;

import com.fasterxml.jackson.databind.util.StdConverter;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodSpecBuilder;
import java.util.List;
import java.util.Objects;

/** Of a pod's spec only containers' names and ports: its Deployment tells the rest, and nobody here writes a pod whole. */
final class SlimPod extends StdConverter<Pod, Pod> {

    @Override
    public Pod convert(Pod pod) {
        if (pod.getSpec() != null) {
            // A bookmark of a watch is a pod whose containers are null.
            List<Container> all = Objects.requireNonNullElse(pod.getSpec().getContainers(), List.of());
            pod.setSpec(new PodSpecBuilder()
                    .withContainers(all.stream().map(SlimPod::slim).toList())
                    .build());
        }
        return pod;
    }

    private static Container slim(Container container) {
        return new ContainerBuilder()
                .withName(container.getName())
                .withPorts(container.getPorts())
                .build();
    }
}
