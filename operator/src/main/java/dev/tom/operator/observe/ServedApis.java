package dev.tom.operator.observe;

import dev.tom.operator.desired.CiliumEgressPolicy;
import io.fabric8.kubernetes.api.model.APIResourceList;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;

/** Which optional APIs the cluster serves, asked for again from time to time, because what is missing may be installed later. Thread-safe. */
public final class ServedApis {

    private static final Duration ASK_AGAIN = Duration.ofSeconds(15);

    private final KubernetesClient client;
    private boolean cilium;
    private boolean asked;
    private long askedAtNanos;

    public ServedApis(KubernetesClient client) {
        this.client = client;
    }

    /** Whether CiliumNetworkPolicies can be written; once they could, it is not asked for again. */
    public synchronized boolean cilium() {
        long now = System.nanoTime();
        if (!cilium && (!asked || now - askedAtNanos > ASK_AGAIN.toNanos())) {
            APIResourceList resources = client.getApiResources(CiliumEgressPolicy.API_VERSION);
            cilium = resources != null
                    && resources.getResources().stream()
                            .anyMatch(resource -> CiliumEgressPolicy.KIND.equals(resource.getKind()));
            asked = true;
            askedAtNanos = now;
        }
        return cilium;
    }
}
