package dev.tom.operator.story;

import io.fabric8.kubernetes.api.model.autoscaling.v1.Scale;
import io.fabric8.kubernetes.client.KubernetesClient;

/** The scale subresource of the TestWindows of a namespace: what {@code kubectl scale} and an autoscaler use. */
record Scaling(KubernetesClient client, String namespace) {

    /** Asks for so many bridges, whatever version of the TestWindow is stored by then: {@code kubectl scale} has no precondition. */
    void to(String window, int replicas) {
        var json = client.getKubernetesSerialization();
        Scale scale = of(window);
        scale.getMetadata().setResourceVersion(null);
        scale.getSpec().setReplicas(replicas);
        client.raw(path(window), "PUT", json.asJson(scale));
    }

    Scale of(String window) {
        return client.getKubernetesSerialization().unmarshal(client.raw(path(window)), Scale.class);
    }

    private String path(String window) {
        return "/apis/tom.dev/v1alpha1/namespaces/" + namespace + "/testwindows/" + window + "/scale";
    }
}
