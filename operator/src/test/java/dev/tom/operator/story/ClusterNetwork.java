package dev.tom.operator.story;

import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceBuilder;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceList;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.NonNamespaceOperation;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** The cluster's network: its gateways, and Cilium, which may be there or not. */
final class ClusterNetwork {

    private static final String API = "cilium.io/v2";
    private static final String CRD = "ciliumnetworkpolicies.cilium.io";
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final KubernetesClient client;
    private final String namespace;

    ClusterNetwork(KubernetesClient client, String namespace) {
        this.client = client;
        this.namespace = namespace;
    }

    /** Kinds that the gateway of a window consists of, as far as they are there. */
    List<String> gatewayParts(String window) {
        String name = window + "-gateway";
        return Stream.of(
                        client.apps()
                                .deployments()
                                .inNamespace(namespace)
                                .withName(name)
                                .get(),
                        client.services().inNamespace(namespace).withName(name).get(),
                        client.configMaps()
                                .inNamespace(namespace)
                                .withName(name)
                                .get(),
                        client.network()
                                .v1()
                                .networkPolicies()
                                .inNamespace(namespace)
                                .withName(name)
                                .get())
                .filter(Objects::nonNull)
                .map(part -> part.getKind())
                .toList();
    }

    /** What bridges have to be told. */
    String proxyOf(String window) {
        return "http://" + window + "-gateway." + namespace + ".svc:3128";
    }

    long gatewayGraceSeconds(String window) {
        return client.apps()
                .deployments()
                .inNamespace(namespace)
                .withName(window + "-gateway")
                .get()
                .getSpec()
                .getTemplate()
                .getSpec()
                .getTerminationGracePeriodSeconds();
    }

    String gatewayConfig(String window) {
        ConfigMap map = client.configMaps()
                .inNamespace(namespace)
                .withName(window + "-gateway")
                .get();
        return Objects.requireNonNull(map.getData().get("squid.conf"));
    }

    List<String> gatewayPods() {
        return client
                .pods()
                .inNamespace(namespace)
                .withLabel("app.kubernetes.io/name", "tom-gateway")
                .list()
                .getItems()
                .stream()
                .map(Pod::getMetadata)
                .map(meta -> meta.getName())
                .toList();
    }

    void deletesGateway(String window) {
        client.apps()
                .deployments()
                .inNamespace(namespace)
                .withName(window + "-gateway")
                .delete();
    }

    /** Somebody else's labels on the pods of a gateway would leave it without a policy: the Deployment is edited. */
    void editsGateway(String window, String patch) {
        client.apps()
                .deployments()
                .inNamespace(namespace)
                .withName(window + "-gateway")
                .patch(PatchContext.of(PatchType.STRATEGIC_MERGE), patch);
    }

    String gatewayImage(String window) {
        return client.apps()
                .deployments()
                .inNamespace(namespace)
                .withName(window + "-gateway")
                .get()
                .getSpec()
                .getTemplate()
                .getSpec()
                .getContainers()
                .getFirst()
                .getImage();
    }

    /** A node that is off: a pod that is told to go does not. */
    void losesTheNodeOf(String pod, boolean lost) {
        client.pods()
                .inNamespace(namespace)
                .withName(pod)
                .patch(
                        PatchContext.of(PatchType.JSON_MERGE),
                        "{\"metadata\":{\"finalizers\":" + (lost ? "[\"test.tom.dev/node-is-off\"]" : "null") + "}}");
    }

    /** A policy of a window that nobody knows any more: no reconcile will ever come for it. */
    void leavesACiliumPolicy(String window, Instant ends) {
        client.resource(new GenericKubernetesResourceBuilder()
                        .withApiVersion(API)
                        .withKind("CiliumNetworkPolicy")
                        .withNewMetadata()
                        .withNamespace(namespace)
                        .withName(window + "-provider-egress")
                        .addToLabels("app.kubernetes.io/managed-by", "tom-operator")
                        .addToLabels("tom.dev/window", window)
                        .addToLabels("tom.dev/ends", Long.toString(ends.getEpochSecond()))
                        .endMetadata()
                        .build())
                .create();
    }

    void installsCilium() {
        client.resource(client.getKubernetesSerialization().unmarshal("""
                apiVersion: apiextensions.k8s.io/v1
                kind: CustomResourceDefinition
                metadata: {name: ciliumnetworkpolicies.cilium.io}
                spec:
                  group: cilium.io
                  scope: Namespaced
                  names: {kind: CiliumNetworkPolicy, plural: ciliumnetworkpolicies, singular: ciliumnetworkpolicy, shortNames: [cnp]}
                  versions:
                    - name: v2
                      served: true
                      storage: true
                      schema:
                        openAPIV3Schema: {type: object, x-kubernetes-preserve-unknown-fields: true}
                """, CustomResourceDefinition.class))
                .create();
        await("Cilium's API").atMost(PATIENCE).until(() -> client.getApiResources(API) != null);
    }

    void removesCilium() {
        client.apiextensions().v1().customResourceDefinitions().withName(CRD).delete();
        await("the end of Cilium's API").atMost(PATIENCE).until(() -> client.getApiResources(API) == null);
    }

    List<String> ciliumPolicies() {
        return cilium().list().getItems().stream()
                .map(policy -> policy.getMetadata().getName())
                .toList();
    }

    void deletesCiliumPolicy(String name) {
        cilium().withName(name).delete();
    }

    void patchesCiliumPolicy(String name, String patch) {
        cilium().withName(name).patch(PatchContext.of(PatchType.JSON_MERGE), patch);
    }

    Object ciliumRules(String name) {
        return Objects.requireNonNull(cilium().withName(name).get().<Object>get("spec"));
    }

    private NonNamespaceOperation<
                    GenericKubernetesResource, GenericKubernetesResourceList, Resource<GenericKubernetesResource>>
            cilium() {
        return client.genericKubernetesResources(API, "CiliumNetworkPolicy").inNamespace(namespace);
    }
}
