package dev.tom.operator.story;

import dev.tom.crds.v1alpha1.TestWindow;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.KubernetesResourceList;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.events.v1.Event;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Somebody who may read everything in a namespace but its Secrets, and asks what belongs to whom and what is said where. */
final class Auditor {

    private final KubernetesClient client;
    private final String namespace;

    Auditor(KubernetesClient client, String namespace) {
        this.client = client;
        this.namespace = namespace;
    }

    /** Identity of a window: two of one name differ in it. */
    String uid(String window) {
        return client.resources(TestWindow.class)
                .inNamespace(namespace)
                .withName(window)
                .require()
                .getMetadata()
                .getUid();
    }

    /** {@code Kind/name} of everything that carries the window's name in its label, except its pods, with the uids of its owners. */
    Map<String, List<String>> owners(String window) {
        return everything()
                .filter(object -> !(object instanceof Pod) && window.equals(label(object)))
                .collect(Collectors.toMap(
                        Auditor::name,
                        object -> object.getMetadata().getOwnerReferences().stream()
                                .map(OwnerReference::getUid)
                                .toList(),
                        (one, other) -> one,
                        TreeMap::new));
    }

    private static String label(HasMetadata object) {
        Map<String, String> labels = object.getMetadata().getLabels();
        return labels == null ? "" : labels.getOrDefault("tom.dev/window", "");
    }

    /** When the newest pod of the namespace was made: whole seconds of the API server's clock. */
    Instant newestPod() {
        return everything()
                .filter(Pod.class::isInstance)
                .map(HasMetadata::getMetadata)
                .map(ObjectMeta::getCreationTimestamp)
                .map(Instant::parse)
                .max(Instant::compareTo)
                .orElse(Instant.EPOCH);
    }

    /** {@code Kind/name} of every object in which a text stands. */
    List<String> mentions(String text) {
        return everything()
                .filter(object ->
                        client.getKubernetesSerialization().asJson(object).contains(text))
                .map(Auditor::name)
                .sorted()
                .toList();
    }

    /** Reasons of the Events about windows that are warnings. */
    List<String> warnings() {
        return events().filter(event -> "Warning".equals(event.getType()))
                .map(Event::getReason)
                .toList();
    }

    private Stream<Event> events() {
        return client.events().v1().events().inNamespace(namespace).list().getItems().stream()
                .filter(event -> event.getRegarding() != null
                        && "TestWindow".equals(event.getRegarding().getKind()));
    }

    private Stream<HasMetadata> everything() {
        return Stream.<KubernetesResourceList<? extends HasMetadata>>of(
                        client.configMaps().inNamespace(namespace).list(),
                        client.pods().inNamespace(namespace).list(),
                        client.services().inNamespace(namespace).list(),
                        client.serviceAccounts().inNamespace(namespace).list(),
                        client.apps().deployments().inNamespace(namespace).list(),
                        client.network()
                                .v1()
                                .networkPolicies()
                                .inNamespace(namespace)
                                .list(),
                        client.policy()
                                .v1()
                                .podDisruptionBudget()
                                .inNamespace(namespace)
                                .list(),
                        client.events().v1().events().inNamespace(namespace).list(),
                        client.resources(TestWindow.class)
                                .inNamespace(namespace)
                                .list())
                .flatMap(list -> list.getItems().stream());
    }

    private static String name(HasMetadata object) {
        return object.getKind() + "/"
                + Objects.requireNonNull(object.getMetadata().getName());
    }
}
