package dev.tom.operator.cluster;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.module.SimpleModule;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.http.Interceptor;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.List;

/** The operator's client. Of what the API server answers it keeps what the operator reads, since all of it stays in the informers' caches. */
public final class ClusterClient {

    private ClusterClient() {}

    /** Who wrote which field is never read here, and would be more than half of what the caches hold. */
    @JsonIgnoreProperties("managedFields")
    private interface WithoutManagedFields {}

    @JsonDeserialize(converter = SlimPod.class)
    private interface Slim {}

    /**
     * Connects once something is asked.
     *
     * @param cluster how to reach the API server
     * @param interceptors see each request
     */
    public static KubernetesClient connect(Config cluster, List<Interceptor> interceptors) {
        return new KubernetesClientBuilder()
                .withConfig(cluster)
                .withKubernetesSerialization(new KubernetesSerialization(mapper(), true))
                .withHttpClientBuilderConsumer(builder -> interceptors.forEach(interceptor ->
                        builder.addOrReplaceInterceptor(interceptor.getClass().getSimpleName(), interceptor)))
                .build();
    }

    static ObjectMapper mapper() {
        return new ObjectMapper()
                .addMixIn(ObjectMeta.class, WithoutManagedFields.class)
                .addMixIn(Pod.class, Slim.class)
                .registerModule(new SimpleModule()
                        .addDeserializer(String.class, new SharedStrings())
                        .setDeserializerModifier(new SharedEmptyMaps()));
    }
}
