package dev.tom.operator.reconcile;

import dev.tom.crds.v1alpha1.TestWindow;
import dev.tom.operator.desired.EgressPolicyKind;
import dev.tom.operator.desired.Labels;
import dev.tom.operator.observe.WorldReader;
import dev.tom.operator.reconcile.DueCuts.Candidate;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.IndexerResourceCache;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The policies that open egress, as the informers' caches show them; asks the API server nothing. Thread-safe once its caches are known. */
final class CachedPolicies {

    private final Function<TestWindow, Instant> plannedEnd;
    private volatile @Nullable InformerEventSource<NetworkPolicy, TestWindow> policies;
    private volatile @Nullable InformerEventSource<GenericKubernetesResource, TestWindow> ciliumPolicies;
    private volatile @Nullable InformerEventSource<Pod, TestWindow> pods;
    private volatile @Nullable IndexerResourceCache<TestWindow> windows;

    /** @param plannedEnd the end of a window by its spec */
    CachedPolicies(Function<TestWindow, Instant> plannedEnd) {
        this.plannedEnd = plannedEnd;
    }

    /** The caches of what is always there. */
    void read(
            InformerEventSource<NetworkPolicy, TestWindow> policySource,
            InformerEventSource<Pod, TestWindow> podSource,
            IndexerResourceCache<TestWindow> windowCache) {
        policies = policySource;
        pods = podSource;
        windows = windowCache;
    }

    /** The cache of what is there once Cilium is. */
    void readCilium(InformerEventSource<GenericKubernetesResource, TestWindow> source) {
        ciliumPolicies = source;
    }

    /** Every wanted policy that says when it ends; one whose end has come also with what its window says. */
    List<Candidate> candidates(Instant now, Predicate<Candidate> wanted) {
        return Stream.concat(all(policies), all(ciliumPolicies))
                .flatMap(policy -> byItsLabels(policy).stream())
                .filter(wanted)
                .map(policy -> now.isBefore(policy.endsAt()) ? policy : withItsWindow(policy))
                .toList();
    }

    private static <R extends HasMetadata> Stream<R> all(@Nullable InformerEventSource<R, TestWindow> source) {
        return source == null || !source.isRunning() ? Stream.of() : source.list(policy -> true);
    }

    /** A policy without a label for its end, or with one that is no number, is left to the reconcile of its window. */
    private static Optional<Candidate> byItsLabels(HasMetadata policy) {
        Map<String, String> labels = policy.getMetadata().getLabels();
        String ends = labels.get(Labels.ENDS);
        String window = labels.get(Labels.WINDOW);
        if (ends == null
                || window == null
                || ends.length() > 11
                || !ends.chars().allMatch(Character::isDigit)) {
            return Optional.empty();
        }
        return Optional.of(new Candidate(
                EgressPolicyKind.of(policy),
                policy.getMetadata().getNamespace(),
                window,
                Instant.ofEpochSecond(Long.parseLong(ends)),
                Optional.empty(),
                false));
    }

    private Candidate withItsWindow(Candidate policy) {
        IndexerResourceCache<TestWindow> known = windows;
        Optional<TestWindow> window =
                known == null ? Optional.empty() : known.get(new ResourceID(policy.window(), policy.namespace()));
        return new Candidate(
                policy.kind(),
                policy.namespace(),
                policy.window(),
                policy.endsAt(),
                window.map(plannedEnd),
                window.filter(this::callsMayRun).isPresent());
    }

    private boolean callsMayRun(TestWindow window) {
        InformerEventSource<Pod, TestWindow> known = pods;
        return known != null && known.getSecondaryResources(window).stream().anyMatch(WorldReader::mayRun);
    }
}
