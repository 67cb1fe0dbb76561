package dev.tom.operator.reconcile;

import dev.tom.crds.v1alpha1.Rollout;
import dev.tom.operator.apply.Applier;
import dev.tom.operator.desired.BridgeRollout;
import dev.tom.operator.desired.Change;
import dev.tom.operator.observe.BridgeStatus;
import dev.tom.operator.observe.World;
import dev.tom.operator.window.BridgeReading;
import dev.tom.operator.window.Decision;
import dev.tom.operator.window.Fact;
import dev.tom.operator.window.RolloutRules;
import dev.tom.operator.window.RolloutRules.Calls;
import dev.tom.operator.window.RolloutRules.Verdict;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Asks, between rendering and applying, whether a change may replace the bridges now. Thread-safe. */
final class Rollouts {

    private final Applier applier;

    Rollouts(Applier applier) {
        this.applier = applier;
    }

    /**
     * What is to be applied, and what is to be said about it.
     *
     * @param changes in their order
     * @param fact the condition
     */
    record Fitted(List<Change> changes, Fact fact) {}

    Fitted fit(List<Change> changes, World world, Decision decision) {
        Optional<Deployment> wanted = BridgeRollout.deployment(changes);
        boolean replaces = wanted.filter(deployment -> applier.replacesPods(deployment, world.objects()))
                .isPresent();
        boolean patient = world.window().getSpec().bridge().rollout() == Rollout.WHEN_IDLE;
        Calls calls = calls(world);
        Verdict verdict = RolloutRules.judge(decision.phase(), replaces, patient, calls);
        return new Fitted(
                BridgeRollout.of(changes, verdict, replaces, pods(world, wanted)), RolloutRules.fact(verdict, calls));
    }

    /** A pod that neither answers nor takes calls carries none that anyone could count; where none takes calls, there are none. */
    private static Calls calls(World world) {
        int live = world.statuses().stream()
                .mapToInt(status -> status.calls().active())
                .sum();
        boolean silent = world.observed().bridges().stream().anyMatch(BridgeReading.Silent.class::isInstance);
        return new Calls(live, silent && world.observed().readyBridges() > 0);
    }

    private static BridgeRollout.Pods pods(World world, Optional<Deployment> wanted) {
        Map<String, Integer> calls = world.statuses().stream()
                .filter(status -> !status.pod().isEmpty())
                .collect(Collectors.toMap(
                        BridgeStatus::pod, status -> status.calls().active(), Math::max));
        Optional<Integer> replicas = wanted.flatMap(deployment -> world.objects().stream()
                .filter(Deployment.class::isInstance)
                .map(Deployment.class::cast)
                .filter(there -> there.getMetadata()
                        .getName()
                        .equals(deployment.getMetadata().getName()))
                .findFirst()
                .map(there -> there.getSpec().getReplicas()));
        return new BridgeRollout.Pods(world.bridgePods(), calls, replicas);
    }
}
