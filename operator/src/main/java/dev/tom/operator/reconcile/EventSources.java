package dev.tom.operator.reconcile;

import dev.tom.crds.v1alpha1.TestWindow;
import dev.tom.operator.desired.CiliumEgressPolicy;
import dev.tom.operator.desired.Labels;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.javaoperatorsdk.operator.api.config.informer.InformerEventSourceConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.GroupVersionKind;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Everything that wakes a window besides its own edits: a change of anything that carries its label, the wall clock, and the deadline path. Only
 * labelled objects are watched; Secrets are not watched at all.
 */
final class EventSources {

    private final WallClockTick tick;
    private final DeadlineCutter cutter;
    private final CachedPolicies cachedPolicies;
    private final Predicate<ResourceID> mayBeWoken;

    /** @param mayBeWoken asked for the window of each change; whoever says no wakes the window later */
    EventSources(
            WallClockTick tick,
            DeadlineCutter cutter,
            CachedPolicies cachedPolicies,
            Predicate<ResourceID> mayBeWoken) {
        this.tick = tick;
        this.cutter = cutter;
        this.cachedPolicies = cachedPolicies;
        this.mayBeWoken = mayBeWoken;
    }

    List<EventSource<?, TestWindow>> all(EventSourceContext<TestWindow> context) {
        InformerEventSource<NetworkPolicy, TestWindow> policies = watch(context, NetworkPolicy.class);
        InformerEventSource<Pod, TestWindow> pods = watch(context, Pod.class);
        cachedPolicies.read(policies, pods, context.getPrimaryCache());
        return List.of(
                tick,
                cutter,
                policies,
                pods,
                watch(context, ConfigMap.class),
                watch(context, Deployment.class),
                watch(context, Service.class),
                watch(context, ServiceAccount.class),
                watch(context, PodDisruptionBudget.class));
    }

    private <R extends HasMetadata> InformerEventSource<R, TestWindow> watch(
            EventSourceContext<TestWindow> context, Class<R> kind) {
        return new InformerEventSource<>(ours(InformerEventSourceConfiguration.from(kind, TestWindow.class)), context);
    }

    private <R extends HasMetadata> InformerEventSourceConfiguration<R> ours(
            InformerEventSourceConfiguration.Builder<R> kind) {
        return kind.withLabelSelector(Labels.MANAGED_BY + "=" + Labels.OPERATOR)
                .withSecondaryToPrimaryMapper(EventSources::window)
                .withGenericFilter(object -> window(object).stream().allMatch(mayBeWoken))
                .build();
    }

    /** Watches CiliumNetworkPolicies from now on; where their API is not served, an informer would only fail. */
    void alsoCilium(Context<TestWindow> context) {
        if (!context.eventSourceRetriever()
                .getEventSourcesFor(GenericKubernetesResource.class)
                .isEmpty()) {
            return;
        }
        var sources = context.eventSourceRetriever();
        // Registering a name a second time does nothing, so two windows that come here at once are no trouble.
        sources.dynamicallyRegisterEventSource(new InformerEventSource<GenericKubernetesResource, TestWindow>(
                ours(InformerEventSourceConfiguration.from(
                                new GroupVersionKind(CiliumEgressPolicy.API_VERSION, CiliumEgressPolicy.KIND),
                                TestWindow.class)
                        .withName("cilium-network-policies")),
                sources.eventSourceContextForDynamicRegistration()));
        sources.getEventSourcesFor(GenericKubernetesResource.class).stream()
                .map(source -> (InformerEventSource<GenericKubernetesResource, TestWindow>) source)
                .forEach(cachedPolicies::readCilium);
    }

    private static Set<ResourceID> window(HasMetadata object) {
        Map<String, String> labels = object.getMetadata().getLabels();
        String window = labels == null ? null : labels.get(Labels.WINDOW);
        return window == null
                ? Set.of()
                : Set.of(new ResourceID(window, object.getMetadata().getNamespace()));
    }
}
