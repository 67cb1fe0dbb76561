package dev.tom.operator.story;

import dev.tom.crds.v1alpha1.TestWindow;
import dev.tom.kube.TestCluster;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/** A namespace of its own on the cluster, with all actors in it; the operator has the chart's rights there, and no others. */
final class Story implements AutoCloseable {

    private static final String CRD = "/META-INF/fabric8/testwindows.tom.dev-v1.yml";

    final MovableClock clock = new MovableClock();
    final ClusterUser user;
    final Auditor auditor;
    final OutsideWorld world;
    final ClusterNetwork network;
    final OperatorUnderTest operator;
    final EgressWatch egress;

    static {
        // A busy machine may be slow; a test that succeeds never waits for it.
        Awaitility.setDefaultTimeout(Duration.ofSeconds(60));
        Awaitility.setDefaultPollInterval(Duration.ofMillis(50));
    }

    private final TestCluster cluster;
    private final String namespace;

    Story(TestCluster cluster) {
        this.cluster = cluster;
        installCrd(cluster);
        namespace = cluster.newNamespace("story");
        user = new ClusterUser(cluster.client(), namespace);
        auditor = new Auditor(cluster.client(), namespace);
        world = new OutsideWorld(cluster.client(), namespace, clock);
        network = new ClusterNetwork(cluster.client(), namespace);
        egress = new EgressWatch(cluster.client(), namespace);
        var role = new OperatorRole(cluster, namespace);
        role.grant();
        role.grantElection();
        operator = new OperatorUnderTest(cluster.asServiceAccount(namespace, OperatorRole.ACCOUNT), namespace, clock);
    }

    /** Another node: it runs pods as real bridges, when the first one has no room. */
    BridgeProcesses realBridges(Path folder) {
        return new BridgeProcesses(cluster.client(), namespace, folder);
    }

    /** Lets time pass until the operator has asked a bridge twice more: one whole reconcile lies between. */
    void looksAgain(FakeBridge bridge) {
        int asked = bridge.timesAsked();
        Awaitility.await("two more looks").until(() -> {
            clock.forward(Duration.ofMillis(250));
            return bridge.timesAsked() > asked + 1;
        });
    }

    static void installCrd(TestCluster cluster) {
        InputStream yaml = Objects.requireNonNull(TestWindow.class.getResourceAsStream(CRD), CRD);
        CustomResourceDefinition crd = cluster.client()
                .apiextensions()
                .v1()
                .customResourceDefinitions()
                .load(yaml)
                .item();
        cluster.client().resource(crd).forceConflicts().serverSideApply();
        cluster.client()
                .apiextensions()
                .v1()
                .customResourceDefinitions()
                .withName(crd.getMetadata().getName())
                .waitUntilCondition(
                        stored -> stored != null
                                && stored.getStatus() != null
                                && stored.getStatus().getConditions() != null
                                && stored.getStatus().getConditions().stream()
                                        .anyMatch(
                                                condition -> condition.getType().equals("Established")
                                                        && condition.getStatus().equals("True")),
                        20,
                        TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        operator.close();
        egress.close();
        world.close();
    }
}
