package dev.tom.operator.apply;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tom.operator.desired.Change;
import dev.tom.operator.desired.CiliumEgressPolicy;
import dev.tom.operator.desired.EgressPolicyKind;
import dev.tom.operator.desired.Fingerprint;
import dev.tom.operator.desired.Names;
import dev.tom.operator.observability.OperatorMeters;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.fabric8.kubernetes.client.utils.ApiVersionUtil;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.net.HttpURLConnection;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * Carries out changes in their order. One that fails does not keep the next from being tried: closing must not wait for a Deployment that a
 * quota refuses. Thread-safe.
 */
public final class Applier {

    /** Hash of what we rendered last: tells that a field we no longer set has to go. */
    private static final String RENDERED = "tom.dev/rendered";

    /** Hash of the pod template that we rendered last: tells that the pods would have to be replaced. */
    private static final String TEMPLATE = "tom.dev/template";

    /** More objects than any operator has; beyond it what is known is found out again. */
    private static final int MOST_KNOWN = 200_000;

    /** Said here, so that nobody has to ask the API server for it in the moment of the end. */
    private static final ResourceDefinitionContext CILIUM = new ResourceDefinitionContext.Builder()
            .withGroup(ApiVersionUtil.trimGroup(CiliumEgressPolicy.API_VERSION))
            .withVersion(ApiVersionUtil.trimVersion(CiliumEgressPolicy.API_VERSION))
            .withKind(CiliumEgressPolicy.KIND)
            .withPlural(CiliumEgressPolicy.PLURAL)
            .withNamespaced(true)
            .build();

    private final KubernetesClient client;
    private final KubernetesSerialization json;
    private final Fence fence;
    private final OperatorMeters meters;
    private final Map<String, Known> known = new ConcurrentHashMap<>();

    public Applier(KubernetesClient client, Fence fence, OperatorMeters meters) {
        this.client = client;
        this.fence = fence;
        this.meters = meters;
        json = client.getKubernetesSerialization();
    }

    /** This version of the stored object, by uid, was found to be what rendered to {@code hash}: comparing costs far more than rendering. */
    private record Known(String version, String hash) {}

    /** Makes the changes true where {@code stored}, the objects as last seen, shows that they are not. */
    public Applied apply(List<Change> changes, List<HasMetadata> stored) {
        int writes = 0;
        var failures = new ArrayList<RuntimeException>();
        for (Change change : changes) {
            try {
                if (apply(change, stored)) {
                    writes++;
                }
            } catch (KubernetesClientException | Fence.ClosedException e) {
                failures.add(e);
            }
        }
        return new Applied(writes, failures);
    }

    private boolean apply(Change change, List<HasMetadata> stored) {
        return switch (change) {
            case Change.Present(HasMetadata resource) -> present(resource, stored);
            case Change.Annotated annotated -> annotate(annotated, stored);
            case Change.AbsentGeneric gone -> findGeneric(gone, stored) && delete(gone);
            case Change.Scaled scaled -> scale(scaled, stored);
            case Change.Absent(Class<? extends HasMetadata> kind, String namespace, String name) ->
                find(kind, name, stored).isPresent() && delete(kind, namespace, name);
        };
    }

    /** Deletes all policies of a kind that a label selector matches, by one request. */
    public void deleteAll(EgressPolicyKind kind, String namespace, String selector) {
        switch (kind) {
            case NETWORK_POLICY ->
                client.resources(NetworkPolicy.class)
                        .inNamespace(namespace)
                        .withLabelSelector(selector)
                        .delete();
            case CILIUM_NETWORK_POLICY ->
                client.genericKubernetesResources(CILIUM)
                        .inNamespace(namespace)
                        .withLabelSelector(selector)
                        .delete();
        }
    }

    private boolean present(HasMetadata resource, List<HasMetadata> stored) {
        String hash = Fingerprint.of(json.asJson(resource));
        Optional<? extends HasMetadata> there =
                find(resource.getClass(), resource.getMetadata().getName(), stored);
        if (there.isPresent() && isKnown(there.get(), hash)) {
            return false;
        }
        if (resource instanceof Deployment && there.isPresent() && isOfAnother(resource, there.get())) {
            return deleteAsSeen(there.get());
        }
        HasMetadata wanted = stamped(resource, hash);
        if (there.isPresent() && covers(wanted, there.get())) {
            remember(there.get(), hash);
            return false;
        }
        fence.check(wanted);
        HasMetadata result = client.resource(wanted)
                .fieldManager(Names.FIELD_MANAGER)
                .forceConflicts()
                .serverSideApply();
        meters.wrote(wanted.getKind());
        if (!covers(wanted, result)) {
            // Server-side apply leaves what another hand has added; where that may not stay, the object is written
            // whole.
            wanted.getMetadata().setResourceVersion(result.getMetadata().getResourceVersion());
            client.resource(wanted).update();
            meters.wrote(wanted.getKind());
        }
        return true;
    }

    /** Its owner is an earlier window of this name: its pods serve that one, and the garbage collector has only not come yet. */
    private static boolean isOfAnother(HasMetadata resource, HasMetadata stored) {
        Set<String> owners = owners(stored);
        return !owners.isEmpty() && Collections.disjoint(owners, owners(resource));
    }

    private static Set<String> owners(HasMetadata object) {
        return object.getMetadata().getOwnerReferences().stream()
                .map(OwnerReference::getUid)
                .collect(Collectors.toSet());
    }

    /** Its going wakes the window again, and so does what has changed meanwhile. */
    private boolean deleteAsSeen(HasMetadata stored) {
        try {
            client.resource(stored)
                    .lockResourceVersion(stored.getMetadata().getResourceVersion())
                    .delete();
        } catch (KubernetesClientException e) {
            if (e.getCode() == HttpURLConnection.HTTP_CONFLICT) {
                return false;
            }
            throw e;
        }
        meters.wrote(stored.getKind());
        return true;
    }

    private boolean isKnown(HasMetadata stored, String hash) {
        return new Known(stored.getMetadata().getResourceVersion(), hash)
                .equals(known.get(stored.getMetadata().getUid()));
    }

    private void remember(HasMetadata stored, String hash) {
        if (known.size() >= MOST_KNOWN) {
            known.clear();
        }
        known.put(stored.getMetadata().getUid(), new Known(stored.getMetadata().getResourceVersion(), hash));
    }

    /** The window of these objects is gone. */
    public void forget(List<HasMetadata> objects) {
        objects.forEach(object -> known.remove(object.getMetadata().getUid()));
    }

    private boolean covers(HasMetadata wanted, HasMetadata stored) {
        return Sameness.covers(
                wanted.getKind(), json.convertValue(wanted, JsonNode.class), json.convertValue(stored, JsonNode.class));
    }

    private HasMetadata stamped(HasMetadata resource, String hash) {
        HasMetadata copy = json.clone(resource);
        var annotations = new java.util.TreeMap<String, String>();
        if (copy.getMetadata().getAnnotations() != null) {
            annotations.putAll(copy.getMetadata().getAnnotations());
        }
        annotations.put(RENDERED, hash);
        if (resource instanceof Deployment deployment) {
            annotations.put(TEMPLATE, templateHash(deployment));
        }
        copy.getMetadata().setAnnotations(annotations);
        return copy;
    }

    /**
     * Whether we would replace the Deployment's pods by other ones; no where there are none yet, and no where another hand changed the
     * template: those pods must go in any case. A template that carries no hash of ours is compared field by field.
     */
    public boolean replacesPods(Deployment wanted, List<HasMetadata> stored) {
        Optional<Deployment> there = find(Deployment.class, wanted.getMetadata().getName(), stored);
        if (there.isEmpty()) {
            return false;
        }
        var annotations = there.get().getMetadata().getAnnotations();
        String before = annotations == null ? null : annotations.get(TEMPLATE);
        return before != null
                ? !before.equals(templateHash(wanted))
                : !Sameness.covers(
                        "PodTemplateSpec",
                        json.convertValue(wanted.getSpec().getTemplate(), JsonNode.class),
                        json.convertValue(there.get().getSpec().getTemplate(), JsonNode.class));
    }

    private String templateHash(Deployment deployment) {
        return Fingerprint.of(json.asJson(deployment.getSpec().getTemplate()));
    }

    private boolean scale(Change.Scaled wanted, List<HasMetadata> stored) {
        boolean done = find(Deployment.class, wanted.deployment(), stored)
                .filter(there -> Integer.valueOf(wanted.replicas())
                        .equals(there.getSpec().getReplicas()))
                .isPresent();
        if (done) {
            return false;
        }
        client.apps()
                .deployments()
                .inNamespace(wanted.namespace())
                .withName(wanted.deployment())
                .patch(
                        PatchContext.of(PatchType.JSON_MERGE),
                        json.asJson(Map.of("spec", Map.of("replicas", wanted.replicas()))));
        meters.wrote("Deployment");
        return true;
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
            meters.wrote("Pod");
            return true;
        } catch (KubernetesClientException e) {
            if (e.getCode() == 404) {
                return false; // it went in the meantime, and with it the need
            }
            throw e;
        }
    }

    private boolean delete(Class<? extends HasMetadata> kind, String namespace, String name) {
        boolean deleted = !client.resources(kind)
                .inNamespace(namespace)
                .withName(name)
                .delete()
                .isEmpty();
        if (deleted) {
            meters.wrote(kind.getSimpleName());
        }
        return deleted;
    }

    private boolean delete(Change.AbsentGeneric gone) {
        boolean deleted = !client.genericKubernetesResources(gone.apiVersion(), gone.kind())
                .inNamespace(gone.namespace())
                .withName(gone.name())
                .delete()
                .isEmpty();
        if (deleted) {
            meters.wrote(gone.kind());
        }
        return deleted;
    }

    private static boolean findGeneric(Change.AbsentGeneric gone, List<HasMetadata> stored) {
        return stored.stream()
                .anyMatch(object -> object.getKind().equals(gone.kind())
                        && object.getApiVersion().equals(gone.apiVersion())
                        && object.getMetadata().getName().equals(gone.name()));
    }

    private static <T extends HasMetadata> Optional<T> find(Class<T> kind, String name, List<HasMetadata> stored) {
        return stored.stream()
                .filter(kind::isInstance)
                .map(kind::cast)
                .filter(object -> object.getMetadata().getName().equals(name))
                .findFirst();
    }
}
