package dev.tom.operator.apply;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tom.operator.desired.Change;
import dev.tom.operator.desired.Names;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Carries out changes in their order. One that fails does not keep the next from being tried: closing must not wait for a Deployment that a
 * quota refuses. Thread-safe.
 */
public final class Applier {

    /** Hash of what we rendered last: tells that a field we no longer set has to go. */
    private static final String RENDERED = "tom.dev/rendered";

    private final KubernetesClient client;
    private final KubernetesSerialization json;

    public Applier(KubernetesClient client) {
        this.client = client;
        json = client.getKubernetesSerialization();
    }

    /** Makes the changes true where {@code stored}, the objects as last seen, shows that they are not. */
    public Applied apply(List<Change> changes, List<HasMetadata> stored) {
        int writes = 0;
        var failures = new ArrayList<RuntimeException>();
        for (Change change : changes) {
            try {
                if (apply(change, stored)) {
                    writes++;
                }
            } catch (KubernetesClientException e) {
                failures.add(e);
            }
        }
        return new Applied(writes, failures);
    }

    private boolean apply(Change change, List<HasMetadata> stored) {
        return switch (change) {
            case Change.Present(HasMetadata resource) -> present(resource, stored);
            case Change.Annotated annotated -> annotate(annotated, stored);
            case Change.Absent(Class<? extends HasMetadata> kind, String namespace, String name) ->
                find(kind, name, stored).isPresent() && delete(kind, namespace, name);
        };
    }

    private boolean present(HasMetadata resource, List<HasMetadata> stored) {
        HasMetadata wanted = stamped(resource);
        Optional<? extends HasMetadata> there =
                find(wanted.getClass(), wanted.getMetadata().getName(), stored);
        if (there.isPresent() && covers(wanted, there.get())) {
            return false;
        }
        HasMetadata result = client.resource(wanted)
                .fieldManager(Names.FIELD_MANAGER)
                .forceConflicts()
                .serverSideApply();
        if (!covers(wanted, result)) {
            // Server-side apply leaves what another hand has added; where that may not stay, the object is written
            // whole.
            wanted.getMetadata().setResourceVersion(result.getMetadata().getResourceVersion());
            client.resource(wanted).update();
        }
        return true;
    }

    private boolean covers(HasMetadata wanted, HasMetadata stored) {
        return Sameness.covers(
                wanted.getKind(), json.convertValue(wanted, JsonNode.class), json.convertValue(stored, JsonNode.class));
    }

    private HasMetadata stamped(HasMetadata resource) {
        HasMetadata copy = json.clone(resource);
        var annotations = new java.util.TreeMap<String, String>();
        if (copy.getMetadata().getAnnotations() != null) {
            annotations.putAll(copy.getMetadata().getAnnotations());
        }
        annotations.put(RENDERED, hash(json.asJson(resource)));
        copy.getMetadata().setAnnotations(annotations);
        return copy;
    }

    private boolean annotate(Change.Annotated wanted, List<HasMetadata> stored) {
        boolean done = find(Pod.class, wanted.pod(), stored)
                .map(pod -> pod.getMetadata().getAnnotations())
                .filter(annotations -> wanted.value().equals(annotations.get(wanted.key())))
                .isPresent();
        if (done) {
            return false;
        }
        String patch = json.asJson(Map.of("metadata", Map.of("annotations", Map.of(wanted.key(), wanted.value()))));
        try {
            client.pods()
                    .inNamespace(wanted.namespace())
                    .withName(wanted.pod())
                    .patch(PatchContext.of(PatchType.JSON_MERGE), patch);
            return true;
        } catch (KubernetesClientException e) {
            if (e.getCode() == 404) {
                return false; // it went in the meantime, and with it the need
            }
            throw e;
        }
    }

    private boolean delete(Class<? extends HasMetadata> kind, String namespace, String name) {
        return !client.resources(kind)
                .inNamespace(namespace)
                .withName(name)
                .delete()
                .isEmpty();
    }

    private static <T extends HasMetadata> Optional<T> find(Class<T> kind, String name, List<HasMetadata> stored) {
        return stored.stream()
                .filter(kind::isInstance)
                .map(kind::cast)
                .filter(object -> object.getMetadata().getName().equals(name))
                .findFirst();
    }

    private static String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
