package dev.tom.operator.desired;

import dev.tom.operator.desired.Change.Annotated;
import dev.tom.operator.desired.Change.Present;
import dev.tom.operator.desired.Change.Scaled;
import dev.tom.operator.window.RolloutRules.Verdict;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Fits a window's changes to its live calls: what replaces or removes pods waits, or takes the emptiest first. */
public final class BridgeRollout {

    /** For a pod that does not say how many calls it carries: it goes last. */
    private static final int UNKNOWN_CALLS = Integer.MAX_VALUE;

    private BridgeRollout() {}

    /**
     * What is known of the pods.
     *
     * @param names all that are not on their way out
     * @param calls live calls of those that said so
     * @param replicas what the stored Deployment asks for; empty where there is none
     */
    public record Pods(List<String> names, Map<String, Integer> calls, Optional<Integer> replicas) {
        public Pods {
            names = List.copyOf(names);
            calls = Map.copyOf(calls);
        }
    }

    /** The Deployment of the bridges among the changes; empty for a window that is being deleted. */
    public static Optional<Deployment> deployment(List<Change> changes) {
        return changes.stream()
                .flatMap(change -> change instanceof Present(Deployment deployment) && isBridges(deployment)
                        ? java.util.stream.Stream.of(deployment)
                        : java.util.stream.Stream.empty())
                .findFirst();
    }

    /**
     * The same changes in the same order, except for the Deployment of the bridges.
     *
     * @param replaces whether the Deployment, as it stands there, would replace the pods
     */
    public static List<Change> of(List<Change> changes, Verdict verdict, boolean replaces, Pods pods) {
        var fitted = new ArrayList<Change>();
        for (Change change : changes) {
            if (change instanceof Present(Deployment deployment) && isBridges(deployment)) {
                int wanted = deployment.getSpec().getReplicas();
                boolean fewer = pods.replicas().filter(now -> now > wanted).isPresent();
                boolean choice = wanted > 0 && fewer;
                if (choice || (verdict == Verdict.WRITE && replaces)) {
                    fitted.addAll(costs(deployment.getMetadata().getNamespace(), pods));
                }
                fitted.add(
                        switch (verdict) {
                            case WRITE -> change;
                            case HOLD ->
                                new Scaled(
                                        deployment.getMetadata().getNamespace(),
                                        deployment.getMetadata().getName(),
                                        wanted);
                        });
            } else {
                fitted.add(change);
            }
        }
        return List.copyOf(fitted);
    }

    /** Said only when pods are about to go: a number that follows every call would be a write for every call. */
    private static List<Change> costs(String namespace, Pods pods) {
        if (pods.names().size() < 2) {
            return List.of();
        }
        var costs = new TreeMap<String, Integer>();
        pods.names().forEach(name -> costs.put(name, pods.calls().getOrDefault(name, UNKNOWN_CALLS)));
        return costs.entrySet().stream()
                .<Change>map(cost ->
                        new Annotated(namespace, cost.getKey(), Labels.DELETION_COST, String.valueOf(cost.getValue())))
                .toList();
    }

    private static boolean isBridges(Deployment deployment) {
        String window = deployment.getMetadata().getLabels().getOrDefault(Labels.WINDOW, "");
        return deployment.getMetadata().getName().equals(Names.bridge(window));
    }
}
