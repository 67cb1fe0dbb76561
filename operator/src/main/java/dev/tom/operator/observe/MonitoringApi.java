package dev.tom.operator.observe;

import dev.tom.operator.window.Truth;
import io.fabric8.kubernetes.api.model.APIResource;
import io.fabric8.kubernetes.api.model.APIResourceList;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Set;
import java.util.stream.Collectors;

/** Whether the API server serves what alerts and scrapes are declared with. Every authenticated client may ask. Thread-safe. */
final class MonitoringApi {

    private static final String GROUP = "monitoring.coreos.com/v1";
    private static final Set<String> KINDS = Set.of("PrometheusRule", "PodMonitor");

    /** One question for all windows of a minute; an answer that is missing is asked for again as late. */
    private static final Duration HOLDS = Duration.ofMinutes(1);

    private final KubernetesClient client;
    private final InstantSource clock;
    private volatile Answer last = new Answer(Truth.UNKNOWN, Instant.MIN);

    private record Answer(Truth served, Instant asked) {}

    MonitoringApi(KubernetesClient client, InstantSource clock) {
        this.client = client;
        this.clock = clock;
    }

    /** By the last answer, which is at most a minute old. */
    Truth served() {
        Instant now = clock.instant();
        Answer known = last;
        if (known.asked().equals(Instant.MIN)
                || Duration.between(known.asked(), now).abs().compareTo(HOLDS) >= 0) {
            known = new Answer(ask(), now);
            last = known;
        }
        return known.served();
    }

    private Truth ask() {
        try {
            APIResourceList list = client.getApiResources(GROUP);
            Set<String> served = list == null
                    ? Set.of()
                    : list.getResources().stream().map(APIResource::getKind).collect(Collectors.toSet());
            return served.containsAll(KINDS) ? Truth.TRUE : Truth.FALSE;
        } catch (KubernetesClientException e) {
            return e.getCode() == 404 ? Truth.FALSE : Truth.UNKNOWN;
        }
    }
}
