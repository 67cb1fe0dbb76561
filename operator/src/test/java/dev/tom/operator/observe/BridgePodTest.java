package dev.tom.operator.observe;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BridgePodTest {

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "not yet scheduled               | {phase: Pending}                                                                          | true",
                "nothing known at all            | {}                                                                                        | false",
                "pulling the worker's image      | {phase: Pending, podIP: 10.0.0.1, containerStatuses: [{name: bridge, state: {running: {}}}]} | false",
                "has an address, nothing more    | {phase: Pending, podIP: 10.0.0.1}                                                         | false",
                "waits for its Secret            | {phase: Pending, podIP: 10.0.0.1, containerStatuses: [{name: bridge, state: {waiting: {reason: CreateContainerConfigError}}}]} | true",
                "runs                            | {phase: Running, podIP: 10.0.0.1, containerStatuses: [{name: bridge, state: {running: {}}}]} | false",
                "runs, no container reported     | {phase: Running, podIP: 10.0.0.1}                                                         | false",
                "crashed, will be restarted      | {phase: Running, podIP: 10.0.0.1, containerStatuses: [{name: bridge, state: {terminated: {exitCode: 1}}}]} | true",
                "only the worker crashed         | {phase: Running, podIP: 10.0.0.1, containerStatuses: [{name: speech-worker, state: {terminated: {exitCode: 1}}}]} | false",
                "evicted                         | {phase: Failed}                                                                           | true",
                "the node is lost                | {phase: Unknown, podIP: 10.0.0.1}                                                         | false",
            })
    void countsAsNotRunningOnlyWhenTheApiServerSaysSo(String sentence, String status, boolean notRunning) {
        assertThat(pod(status).notRunning()).as(sentence).isEqualTo(notRunning);
    }

    @Test
    void addressIsThePodsAdminPort() {
        assertThat(pod("{podIP: 10.0.0.1}").statusAddress()).hasToString("Optional[http://10.0.0.1:8085/status]");
        assertThat(pod("{podIP: 'fd00::1'}").statusAddress()).hasToString("Optional[http://[fd00::1]:8085/status]");
        assertThat(pod("{}").statusAddress()).isEmpty();
    }

    @Test
    void podOnItsWayOutTakesNoCalls() {
        Pod pod = pod("{conditions: [{type: Ready, status: 'True'}]}").pod();
        assertThat(new BridgePod(pod).ready()).isTrue();
        pod.getMetadata().setDeletionTimestamp("2026-12-01T08:00:00Z");
        assertThat(new BridgePod(pod).ready()).isFalse();
    }

    private static BridgePod pod(String status) {
        return new BridgePod(new KubernetesSerialization().unmarshal("""
                        metadata: {name: pilot-bridge-a}
                        spec:
                          containers:
                          - name: bridge
                            ports: [{name: telephony, containerPort: 8080}, {name: admin, containerPort: 8085}]
                        status: %s
                        """.formatted(status), Pod.class));
    }
}
