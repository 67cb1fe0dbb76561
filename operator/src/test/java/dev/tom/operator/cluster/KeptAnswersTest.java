package dev.tom.operator.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodList;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.Map;
import org.junit.jupiter.api.Test;

class KeptAnswersTest {

    private static final String SPEC = """
            {"serviceAccountName": "bridge", "volumes": [{"name": "models", "emptyDir": {}}], "containers": [
              {"name": "bridge", "image": "example/bridge:1", "env": [{"name": "A", "value": "b"}],
               "ports": [{"name": "admin", "containerPort": 9464}]}]}""";
    private static final String POD = """
            {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "a", "managedFields": [{"manager": "somebody"}]},
             "spec": %s, "status": {"phase": "Running", "podIP": "10.0.0.1"}}""".formatted(SPEC);

    private final KubernetesSerialization json = new KubernetesSerialization(ClusterClient.mapper(), true);

    @Test
    void ofAPodsSpecOnlyNamesAndPortsOfContainersAreKept() {
        Pod pod = json.unmarshal(POD, Pod.class);
        assertSlim(pod);
        assertThat(pod.getStatus().getPodIP()).isEqualTo("10.0.0.1");
        assertThat(pod.getMetadata().getManagedFields()).isEmpty();
    }

    @Test
    void inAListToo() {
        PodList list = json.unmarshal(
                "{\"apiVersion\": \"v1\", \"kind\": \"PodList\", \"items\": [%s]}".formatted(POD), PodList.class);
        assertThat(list.getItems()).singleElement().satisfies(KeptAnswersTest::assertSlim);
    }

    @Test
    void aBookmarkOfAWatchIsAPodWithoutContainers() {
        Pod bookmark = json.unmarshal(
                "{\"kind\": \"Pod\", \"apiVersion\": \"v1\", \"metadata\": {\"resourceVersion\": \"7\"}, \"spec\": {\"containers\": null}}",
                Pod.class);
        assertThat(bookmark.getSpec().getContainers()).isEmpty();
        assertThat(bookmark.getMetadata().getResourceVersion()).isEqualTo("7");
    }

    private static void assertSlim(Pod pod) {
        assertThat(pod.getSpec().getVolumes()).isEmpty();
        assertThat(pod.getSpec().getServiceAccountName()).isNull();
        Container bridge = pod.getSpec().getContainers().getFirst();
        assertThat(bridge.getName()).isEqualTo("bridge");
        assertThat(bridge.getEnv()).isEmpty();
        assertThat(bridge.getImage()).isNull();
        assertThat(bridge.getPorts())
                .singleElement()
                .satisfies(port -> assertThat(port.getContainerPort()).isEqualTo(9464));
    }

    @Test
    void theTemplateOfADeploymentIsKeptWhole() {
        Deployment deployment = json.unmarshal("""
                {"apiVersion": "apps/v1", "kind": "Deployment", "metadata": {"name": "a"},
                 "spec": {"template": {"spec": %s}}}""".formatted(SPEC), Deployment.class);
        assertThat(deployment.getSpec().getTemplate().getSpec().getVolumes()).hasSize(1);
        assertThat(deployment
                        .getSpec()
                        .getTemplate()
                        .getSpec()
                        .getContainers()
                        .getFirst()
                        .getEnv())
                .hasSize(1);
    }

    @Test
    void equalTextsOfSeveralObjectsAreOneObject() {
        ConfigMap one = json.unmarshal(map("one"), ConfigMap.class);
        ConfigMap two = json.unmarshal(map("two"), ConfigMap.class);
        assertThat(two.getMetadata().getLabels().get("managed"))
                .isEqualTo("tom-operator")
                .isSameAs(one.getMetadata().getLabels().get("managed"));
        assertThat(two.getMetadata().getName()).isEqualTo("two");
        assertThat(two.getData().get("report"))
                .hasSize(1_000)
                .isNotSameAs(one.getData().get("report"));
    }

    @Test
    void unknownFieldsAreKeptAndTheirAbsenceCostsNothing() {
        Pod known = json.unmarshal(POD, Pod.class);
        assertThat(known.getAdditionalProperties()).isSameAs(Map.of());
        assertThat(known.getStatus().getAdditionalProperties()).isSameAs(Map.of());
        Pod newer = json.unmarshal(POD.replace("\"status\": {", "\"status\": {\"newField\": 1, "), Pod.class);
        assertThat(newer.getStatus().getAdditionalProperties()).isEqualTo(Map.of("newField", 1));
        assertThat(json.clone(newer)).isEqualTo(newer).isNotSameAs(newer);
        assertThat(newer.edit()
                        .editMetadata()
                        .addToAdditionalProperties("a", "b")
                        .endMetadata()
                        .build()
                        .getMetadata()
                        .getAdditionalProperties())
                .isEqualTo(Map.of("a", "b"));
    }

    private static String map(String name) {
        return """
        {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "%s", "labels": {"managed": "tom-operator"}},
         "data": {"report": "%s", "nothing": null}}""".formatted(name, "x".repeat(1_000));
    }
}
