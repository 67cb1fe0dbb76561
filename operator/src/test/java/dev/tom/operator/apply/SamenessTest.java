package dev.tom.operator.apply;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SamenessTest {

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "defaults of the server are not ours | Deployment    | {spec: {replicas: 1}}                    | {spec: {replicas: 1, revisionHistoryLimit: 10}, status: {replicas: 1}} | true",
                "a changed value is seen             | Deployment    | {spec: {replicas: 1}}                    | {spec: {replicas: 2}}                     | false",
                "a lost value is seen                | Deployment    | {spec: {replicas: 1}}                    | {spec: {}}                                | false",
                "a longer list is seen               | Service       | {spec: {ports: [{port: 1}]}}             | {spec: {ports: [{port: 1}, {port: 2}]}}   | false",
                "a shorter list is seen              | Service       | {spec: {ports: [{port: 1}, {port: 2}]}}  | {spec: {ports: [{port: 1}]}}              | false",
                "an element may have defaults        | Service       | {spec: {ports: [{port: 1}]}}             | {spec: {ports: [{port: 1, nodePort: 3}]}} | true",
                "a foreign label may stay            | Service       | {metadata: {labels: {a: b}}}             | {metadata: {labels: {a: b, c: d}}}        | true",
                "a foreign key in data may not       | ConfigMap     | {data: {A: b}}                           | {data: {A: b, C: d}}                      | false",
                "a foreign rule may not              | NetworkPolicy | {spec: {podSelector: {}}}                | {spec: {podSelector: {}, egress: [{}]}}   | false",
                "half a core is 500m                 | Deployment    | {spec: {requests: {cpu: '0.5'}}}         | {spec: {requests: {cpu: 500m}}}           | true",
                "1Gi is not 1G                       | Deployment    | {spec: {limits: {memory: 1Gi}}}          | {spec: {limits: {memory: 1G}}}            | false",
                "a lost limit is seen                | Deployment    | {spec: {limits: {memory: 1Gi}}}          | {spec: {limits: {}}}                      | false",
            })
    void covers(String sentence, String kind, String wanted, String stored, boolean same) {
        assertThat(Sameness.covers(kind, tree(wanted), tree(stored)))
                .as(sentence)
                .isEqualTo(same);
    }

    private static JsonNode tree(String yaml) {
        return new KubernetesSerialization().unmarshal("---\n" + yaml, JsonNode.class);
    }
}
