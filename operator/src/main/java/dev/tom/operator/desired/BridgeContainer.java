package dev.tom.operator.desired;

import dev.tom.crds.v1alpha1.SecretKeyRef;
import dev.tom.crds.v1alpha1.TestWindow;
import dev.tom.crds.v1alpha1.TestWindowSpec;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarBuilder;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.ProbeBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.api.model.ResourceRequirementsBuilder;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.VolumeMountBuilder;
import java.util.ArrayList;
import java.util.List;

/**
 * The container that carries calls. Its settings come from the ConfigMap twice: as a folder, which it follows while it runs, and as
 * environment. Only what belongs to the pod and not to the window stands here: secrets, folders, the worker beside it.
 */
final class BridgeContainer {

    /** What the bridge takes at the most to stop when no call is left. */
    private static final int SECONDS_TO_STOP = 30;

    private BridgeContainer() {}

    static Container of(TestWindow window, String image) {
        return new ContainerBuilder()
                .withName(Names.BRIDGE_CONTAINER)
                .withImage(image)
                .withArgs(
                        "bridge",
                        "--config-dir",
                        Names.CONFIG_DIR,
                        "--grace-seconds",
                        Integer.toString(graceSeconds(window.getSpec())))
                .addNewPort()
                .withName(Names.TELEPHONY_PORT_NAME)
                .withContainerPort(Names.TELEPHONY_PORT)
                .withProtocol("TCP")
                .endPort()
                .addNewPort()
                .withName(Names.ADMIN_PORT)
                .withContainerPort(Names.ADMIN_PORT_NUMBER)
                .withProtocol("TCP")
                .endPort()
                .addNewEnvFrom()
                .withNewConfigMapRef()
                .withName(Names.bridge(window.getMetadata().getName()))
                .endConfigMapRef()
                .endEnvFrom()
                .withEnv(environment(window.getSpec()))
                .withLivenessProbe(probe("/healthz", 10))
                .withReadinessProbe(probe("/readyz", 2))
                .withResources(resources(window.getSpec()))
                .withSecurityContext(Restrictions.container())
                .addToVolumeMounts(readOnly(PodVolumes.CONFIG, Names.CONFIG_DIR))
                .addNewVolumeMount()
                .withName(PodVolumes.COSTS)
                .withMountPath(Names.COST_DIR)
                .endVolumeMount()
                .addNewVolumeMount()
                .withName(PodVolumes.SCRATCH)
                .withMountPath("/tmp")
                .endVolumeMount()
                .addAllToVolumeMounts(ofTheUser(window.getSpec()))
                .build();
    }

    private static List<VolumeMount> ofTheUser(TestWindowSpec spec) {
        var mounts = new ArrayList<VolumeMount>();
        if (spec.bridge().tariffConfigMapRef() != null) {
            mounts.add(readOnly(PodVolumes.TARIFF, Names.TARIFF_DIR));
        }
        if (spec.telephony().tlsSecretName() != null) {
            mounts.add(readOnly(PodVolumes.TLS, Names.TLS_DIR));
        }
        return mounts;
    }

    private static VolumeMount readOnly(String volume, String folder) {
        return new VolumeMountBuilder()
                .withName(volume)
                .withMountPath(folder)
                .withReadOnly(true)
                .build();
    }

    /** How long live calls get: less than the kubelet waits, because sockets, ledger and the last records need a moment after them. */
    private static int graceSeconds(TestWindowSpec spec) {
        int pod = spec.bridge().terminationGracePeriodSeconds();
        return Math.max(pod / 2, pod - SECONDS_TO_STOP);
    }

    private static List<EnvVar> environment(TestWindowSpec spec) {
        var env = new ArrayList<EnvVar>();
        if (spec.provider() != null) {
            env.add(secret("REALTIME_API_KEY", spec.provider().apiKeySecretRef()));
        }
        PodSecrets.of(spec).stream()
                .filter(named -> !named.setting().isEmpty())
                .map(named -> secret(named.setting(), named.ref()))
                .forEach(env::add);
        env.add(plain("COST_LOG_DIR", Names.COST_DIR));
        if (spec.bridge().tariffConfigMapRef() != null) {
            env.add(plain("COST_TARIFF", Names.TARIFF_DIR + "/" + Names.TARIFF_FILE));
        }
        if (spec.local() != null) {
            env.add(plain("SPEECH_WORKER_URL", "http://127.0.0.1:" + Names.WORKER_PORT));
        }
        return env;
    }

    private static EnvVar plain(String name, String value) {
        return new EnvVarBuilder().withName(name).withValue(value).build();
    }

    private static EnvVar secret(String name, SecretKeyRef ref) {
        return new EnvVarBuilder()
                .withName(name)
                .withNewValueFrom()
                .withNewSecretKeyRef()
                .withName(ref.name())
                .withKey(ref.key())
                .endSecretKeyRef()
                .endValueFrom()
                .build();
    }

    private static Probe probe(String path, int periodSeconds) {
        return new ProbeBuilder()
                .withNewHttpGet()
                .withPath(path)
                .withPort(new IntOrString(Names.ADMIN_PORT))
                .endHttpGet()
                .withPeriodSeconds(periodSeconds)
                .build();
    }

    private static ResourceRequirements resources(TestWindowSpec spec) {
        return spec.bridge().resources() != null
                ? spec.bridge().resources()
                : new ResourceRequirementsBuilder()
                        .addToRequests("cpu", new Quantity("250m"))
                        .addToRequests("memory", new Quantity("256Mi"))
                        .addToLimits("memory", new Quantity("512Mi"))
                        .build();
    }
}
