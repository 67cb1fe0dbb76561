package dev.tom.operator.observability;

import dev.tom.crds.v1alpha1.TestWindow;
import dev.tom.operator.window.Notice;
import io.fabric8.kubernetes.api.model.MicroTime;
import io.fabric8.kubernetes.api.model.events.v1.Event;
import io.fabric8.kubernetes.api.model.events.v1.EventBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.net.HttpURLConnection;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes Kubernetes Events. The name of an Event follows from window, reason and text: what is said again is counted in the series of the one
 * Event that is stored. An Event that cannot be stored is logged and dropped; it never holds up a window. Thread-safe.
 */
public final class EventPublisher {

    private static final Logger LOG = LoggerFactory.getLogger(EventPublisher.class);
    private static final DateTimeFormatter MICROS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

    /** The API server's limit for the note of an Event, in bytes; cut by characters with room for umlauts. */
    private static final int MAX_NOTE = 900;

    /** A series is brought up to date so often at most; what is said in between is counted and told with the next. */
    private static final Duration SERIES_PERIOD = Duration.ofSeconds(10);
    /** Events whose repetitions are remembered; of one that fell out the stored count is read again. */
    private static final int MOST_SERIES = 1_000;

    private final KubernetesClient client;
    private final String instance;

    @SuppressWarnings("serial")
    private final Map<String, Series> repeated = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Series> eldest) {
            return size() > MOST_SERIES;
        }
    };

    private record Series(int count, Instant toldAt) {}

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
            if (e.getCode() == HttpURLConnection.HTTP_CONFLICT) {
                again(namespace, name, now);
            } else {
                notStored(window, notice, e);
            }
        }
    }

    private void again(String namespace, String name, Instant now) {
        Series series = counted(namespace, name, now);
        if (!series.toldAt().equals(now)) {
            return;
        }
        String patch =
                "{\"series\":{\"count\":%d,\"lastObservedTime\":\"%s\"}}".formatted(series.count(), MICROS.format(now));
        try {
            client.events()
                    .v1()
                    .events()
                    .inNamespace(namespace)
                    .withName(name)
                    .patch(PatchContext.of(PatchType.JSON_MERGE), patch);
        } catch (KubernetesClientException e) {
            LOG.debug("the series of Event {} in {} was not brought up to date", name, namespace, e);
        }
    }

    /** The series with one more; told at {@code now} when it is time to tell. */
    private Series counted(String namespace, String name, Instant now) {
        synchronized (repeated) {
            Series before = repeated.get(name);
            if (before != null) {
                boolean due = !now.isBefore(before.toldAt().plus(SERIES_PERIOD));
                Series series = new Series(before.count() + 1, due ? now : before.toldAt());
                repeated.put(name, series);
                return series;
            }
        }
        int stored = storedCount(namespace, name);
        synchronized (repeated) {
            Series series = new Series(Math.max(1, stored) + 1, now);
            repeated.put(name, series);
            return series;
        }
    }

    private int storedCount(String namespace, String name) {
        try {
            Event event = client.events()
                    .v1()
                    .events()
                    .inNamespace(namespace)
                    .withName(name)
                    .get();
            return event == null
                            || event.getSeries() == null
                            || event.getSeries().getCount() == null
                    ? 1
                    : event.getSeries().getCount();
        } catch (KubernetesClientException e) {
            return 1;
        }
    }

    private static void notStored(TestWindow window, Notice notice, KubernetesClientException e) {
        LOG.atWarn()
                .addKeyValue(LogKeys.NAMESPACE, window.getMetadata().getNamespace())
                .addKeyValue(LogKeys.WINDOW, window.getMetadata().getName())
                .addKeyValue(LogKeys.REASON, notice.kind().reason())
                .log("an Event could not be stored: {}", e.getMessage());
    }
}
