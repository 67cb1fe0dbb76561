package dev.tom.operator.story;

import dev.tom.crds.v1alpha1.Phase;
import dev.tom.kube.TestCluster;
import dev.tom.operator.chart.CustomResources;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;

/** A namespace of its own on the cluster, with all actors in it; the operator has the chart's rights there, and no others. */
final class Story implements AutoCloseable {

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
        CustomResources.install(cluster.client());
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

    /** Declares the window {@code pilot} and waits until its one bridge may use the provider. */
    FakeBridge opens(String schedule, String more) {
        user.declares("pilot", schedule, more);
        user.awaits("pilot", Phase.OPEN);
        return bridgeMayUseTheProvider();
    }

    FakeBridge bridgeMayUseTheProvider() {
        FakeBridge bridge = world.runsOne();
        Awaitility.await("the lease").until(bridge::allowed);
        return bridge;
    }

    @Override
    public void close() {
        operator.close();
        egress.close();
        world.close();
    }
}
