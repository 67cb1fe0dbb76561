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

/**
 * Everything that wakes a window besides its own edits: a change of anything that carries its label, the wall clock, and the deadline path. Only
 * labelled objects are watched; Secrets are not watched at all.
 */
final class EventSources {

    private EventSources() {}

    static List<EventSource<?, TestWindow>> of(
            EventSourceContext<TestWindow> context, WallClockTick tick, DeadlineCutter cutter) {
        InformerEventSource<NetworkPolicy, TestWindow> policies = watch(context, NetworkPolicy.class);
        InformerEventSource<Pod, TestWindow> pods = watch(context, Pod.class);
        cutter.reads(policies, pods, context.getPrimaryCache());
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

    private static <R extends HasMetadata> InformerEventSource<R, TestWindow> watch(
            EventSourceContext<TestWindow> context, Class<R> kind) {
        return new InformerEventSource<>(
                InformerEventSourceConfiguration.from(kind, TestWindow.class)
                        .withLabelSelector(Labels.MANAGED_BY + "=" + Labels.OPERATOR)
                        .withSecondaryToPrimaryMapper(EventSources::window)
                        .build(),
                context);
    }

    /** Watches CiliumNetworkPolicies from now on; where their API is not served, an informer would only fail. */
    static void alsoCilium(Context<TestWindow> context) {
        if (!context.eventSourceRetriever()
                .getEventSourcesFor(GenericKubernetesResource.class)
                .isEmpty()) {
            return;
        }
        var sources = context.eventSourceRetriever();
        // Registering a name a second time does nothing, so two windows that come here at once are no trouble.
        sources.dynamicallyRegisterEventSource(new InformerEventSource<>(
                InformerEventSourceConfiguration.from(
                                new GroupVersionKind(CiliumEgressPolicy.API_VERSION, CiliumEgressPolicy.KIND),
                                TestWindow.class)
                        .withName("cilium-network-policies")
                        .withLabelSelector(Labels.MANAGED_BY + "=" + Labels.OPERATOR)
                        .withSecondaryToPrimaryMapper(EventSources::window)
                        .build(),
                sources.eventSourceContextForDynamicRegistration()));
    }

    private static Set<ResourceID> window(HasMetadata object) {
        Map<String, String> labels = object.getMetadata().getLabels();
        String window = labels == null ? null : labels.get(Labels.WINDOW);
        return window == null
                ? Set.of()
                : Set.of(new ResourceID(window, object.getMetadata().getNamespace()));
    }
}
