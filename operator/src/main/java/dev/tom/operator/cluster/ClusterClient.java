package dev.tom.operator;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.http.Interceptor;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.List;

/** How the operator talks to the API server. */
final class ClusterClient {

    private ClusterClient() {}

    /** Who wrote which field is never read here, and would be more than half of what the caches hold. */
    @JsonIgnoreProperties("managedFields")
    private interface WithoutManagedFields {}

    static KubernetesClient connect(Config cluster, List<Interceptor> interceptors) {
        return new KubernetesClientBuilder()
                .withConfig(cluster)
                .withKubernetesSerialization(new KubernetesSerialization(
                        new ObjectMapper().addMixIn(ObjectMeta.class, WithoutManagedFields.class), true))
                .withHttpClientBuilderConsumer(builder -> interceptors.forEach(interceptor ->
                        builder.addOrReplaceInterceptor(interceptor.getClass().getSimpleName(), interceptor)))
                .build();
    }
}
