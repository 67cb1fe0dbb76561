package dev.tom.operator.observe;

import dev.tom.operator.desired.CiliumEgressPolicy;
import io.fabric8.kubernetes.api.model.APIResourceList;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Which optional APIs the cluster serves, asked for again from time to time, because what is missing may be installed later. Thread-safe. */
public final class ServedApis {

    private static final Duration ASK_AGAIN = Duration.ofSeconds(15);

    private final KubernetesClient client;
    private final InstantSource clock;
    private final AtomicReference<@Nullable Answer> last = new AtomicReference<>();

    private record Answer(boolean cilium, Instant at) {}

    /** @param clock how long an answer holds */
    public ServedApis(KubernetesClient client, InstantSource clock) {
        this.client = client;
        this.clock = clock;
    }

    /**
     * Whether CiliumNetworkPolicies can be written. Once they could, it is not asked for again; when an answer is old, one thread asks and the
     * others go on with it.
     */
    public boolean cilium() {
        Answer known = last.get();
        if (known == null) {
            return first();
        }
        Instant now = clock.instant();
        boolean due = !known.cilium() && Duration.between(known.at(), now).abs().compareTo(ASK_AGAIN) > 0;
        if (due && last.compareAndSet(known, new Answer(false, now)) && ask()) {
            last.set(new Answer(true, now));
            return true;
        }
        return known.cilium();
    }

    /** Nobody decides before the first answer. */
    private synchronized boolean first() {
        Answer known = last.get();
        if (known == null) {
            known = new Answer(ask(), clock.instant());
            last.set(known);
        }
        return known.cilium();
    }

    private boolean ask() {
        APIResourceList resources = client.getApiResources(CiliumEgressPolicy.API_VERSION);
        return resources != null
                && resources.getResources().stream()
                        .anyMatch(resource -> CiliumEgressPolicy.KIND.equals(resource.getKind()));
    }
}
