package dev.tom.operator.observability;

import dev.tom.crds.v1alpha1.TestWindow;
import dev.tom.operator.window.Notice;
import io.fabric8.kubernetes.api.model.MicroTime;
import io.fabric8.kubernetes.api.model.events.v1.EventBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes Kubernetes Events. The name of an Event follows from window, reason and text: said twice, for instance after a restart, it is
 * stored once. An Event that cannot be stored is logged and dropped; it never holds up a window. Thread-safe.
 */
public final class EventPublisher {

    private static final Logger LOG = LoggerFactory.getLogger(EventPublisher.class);
    private static final DateTimeFormatter MICROS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

    /** The API server's limit for the note of an Event, in bytes; cut by characters with room for umlauts. */
    private static final int MAX_NOTE = 900;

    private final KubernetesClient client;
    private final String instance;

    /**
     * Publishes in the name of one operator.
     *
     * @param instance name of the operator's pod
     */
    public EventPublisher(KubernetesClient client, String instance) {
        this.client = client;
        this.instance = instance;
    }

    /** Stores the Event, if it is not there. */
    public void publish(TestWindow window, Notice notice, Instant now) {
        String namespace = window.getMetadata().getNamespace();
        String identity = window.getMetadata().getUid() + notice.kind().reason() + notice.message();
        String name = window.getMetadata().getName() + "."
                + UUID.nameUUIDFromBytes(identity.getBytes(StandardCharsets.UTF_8));
        var event = new EventBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace(namespace)
                .endMetadata()
                .withEventTime(new MicroTime(MICROS.format(now)))
                .withReportingController("tom.dev/operator")
                .withReportingInstance(instance)
                .withAction("Reconcile")
                .withReason(notice.kind().reason())
                .withType(notice.kind().warning() ? "Warning" : "Normal")
                .withNote(
                        notice.message().length() <= MAX_NOTE
                                ? notice.message()
                                : notice.message().substring(0, MAX_NOTE))
                .withNewRegarding()
                .withApiVersion(window.getApiVersion())
                .withKind(window.getKind())
                .withNamespace(namespace)
                .withName(window.getMetadata().getName())
                .withUid(window.getMetadata().getUid())
                .endRegarding()
                .build();
        try {
            client.events().v1().events().inNamespace(namespace).resource(event).create();
        } catch (KubernetesClientException e) {
            if (e.getCode() != HttpURLConnection.HTTP_CONFLICT) {
                LOG.atWarn()
                        .addKeyValue(LogKeys.NAMESPACE, namespace)
                        .addKeyValue(LogKeys.WINDOW, window.getMetadata().getName())
                        .addKeyValue(LogKeys.REASON, notice.kind().reason())
                        .log("an Event could not be stored: {}", e.getMessage());
            }
        }
    }
}
