package dev.tom.operator.status;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tom.crds.v1alpha1.TestWindow;
import dev.tom.crds.v1alpha1.TestWindowStatus;
import dev.tom.operator.desired.Names;
import dev.tom.operator.observability.OperatorMeters;
import dev.tom.operator.observe.World;
import dev.tom.operator.report.WindowReport;
import dev.tom.operator.window.Decision;
import dev.tom.operator.window.Fact;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.net.HttpURLConnection;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Stores the status by server-side apply, bound to the version of the TestWindow that the decision was made from: an end once remembered
 * cannot be overwritten from a stale cache, nor a user's edit be answered by a status that has not seen it. Thread-safe.
 */
public final class StatusPatch {

    /** Against a hand that writes labels all the time; then the reconcile begins anew. */
    private static final int ATTEMPTS = 5;

    private final KubernetesClient client;
    private final KubernetesSerialization json;
    private final OperatorMeters meters;

    public StatusPatch(KubernetesClient client, OperatorMeters meters) {
        this.client = client;
        this.meters = meters;
        json = client.getKubernetesSerialization();
    }

    /** What became of it. */
    public enum Outcome {
        /** The status was what it should be. */
        UNCHANGED,
        WRITTEN,
        /** The TestWindow is no longer the one that was read: decide again. */
        STALE
    }

    /** Writes the status if it differs from the one that was read. */
    public Outcome write(World world, Decision decision, List<Fact> facts, Optional<WindowReport> report, Instant now) {
        TestWindowStatus status = StatusDocument.of(world, decision, facts, report, now);
        TestWindow read = world.window();
        if (tree(status).equals(tree(read.getStatus()))) {
            return Outcome.UNCHANGED;
        }
        TestWindow current = read;
        for (int attempt = 1; ; attempt++) {
            try {
                patch(current, status);
                meters.wrote("TestWindow");
                return Outcome.WRITTEN;
            } catch (KubernetesClientException e) {
                if (e.getCode() == HttpURLConnection.HTTP_NOT_FOUND) {
                    return Outcome.STALE;
                }
                if (e.getCode() != HttpURLConnection.HTTP_CONFLICT) {
                    throw e;
                }
                Optional<TestWindow> fresh = attempt < ATTEMPTS ? unchanged(read) : Optional.empty();
                if (fresh.isEmpty()) {
                    return Outcome.STALE;
                }
                current = fresh.get();
            }
        }
    }

    private void patch(TestWindow version, TestWindowStatus status) {
        TestWindow patch = new TestWindow();
        patch.setMetadata(new ObjectMetaBuilder()
                .withName(version.getMetadata().getName())
                .withNamespace(version.getMetadata().getNamespace())
                .withResourceVersion(version.getMetadata().getResourceVersion())
                .build());
        patch.setStatus(status);
        client.resource(patch)
                .subresource("status")
                .patch(new PatchContext.Builder()
                        .withPatchType(PatchType.SERVER_SIDE_APPLY)
                        .withFieldManager(Names.FIELD_MANAGER)
                        .withForce(true)
                        .build());
    }

    /** The stored TestWindow, if all that a decision is made from is still the same: then the other hand changed labels or annotations only. */
    private Optional<TestWindow> unchanged(TestWindow read) {
        TestWindow stored = client.resources(TestWindow.class)
                .inNamespace(read.getMetadata().getNamespace())
                .withName(read.getMetadata().getName())
                .get();
        boolean same = stored != null
                && Objects.equals(
                        stored.getMetadata().getUid(), read.getMetadata().getUid())
                && Objects.equals(
                        stored.getMetadata().getGeneration(), read.getMetadata().getGeneration())
                && Objects.equals(
                        stored.getMetadata().getDeletionTimestamp(),
                        read.getMetadata().getDeletionTimestamp())
                && tree(stored.getStatus()).equals(tree(read.getStatus()));
        return same ? Optional.of(stored) : Optional.empty();
    }

    private JsonNode tree(@org.jspecify.annotations.Nullable Object status) {
        return json.convertValue(status, JsonNode.class);
    }
}
