package dev.tom.operator.desired;

import dev.tom.crds.v1alpha1.ConfigMapKeyRef;
import dev.tom.crds.v1alpha1.TestWindow;
import dev.tom.crds.v1alpha1.TestWindowSpec;
import io.fabric8.kubernetes.api.model.EmptyDirVolumeSource;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import java.util.ArrayList;
import java.util.List;

/** The folders of a bridge pod. */
final class PodVolumes {

    static final String CONFIG = "config";
    static final String COSTS = "costs";
    static final String MODELS = "models";
    static final String TARIFF = "tariff";
    static final String TLS = "tls";
    static final String SCRATCH = "tmp";

    private PodVolumes() {}

    static List<Volume> of(TestWindow window) {
        TestWindowSpec spec = window.getSpec();
        var volumes = new ArrayList<Volume>();
        volumes.add(new VolumeBuilder()
                .withName(CONFIG)
                .withNewConfigMap()
                .withName(Names.bridge(window.getMetadata().getName()))
                .endConfigMap()
                .build());
        volumes.add(
                spec.bridge().costLog() == null
                        ? empty(COSTS)
                        : claim(COSTS, spec.bridge().costLog().claimName()));
        volumes.add(empty(SCRATCH));
        ConfigMapKeyRef tariff = spec.bridge().tariffConfigMapRef();
        if (tariff != null) {
            volumes.add(new VolumeBuilder()
                    .withName(TARIFF)
                    .withNewConfigMap()
                    .withName(tariff.name())
                    .addNewItem()
                    .withKey(tariff.key())
                    .withPath(Names.TARIFF_FILE)
                    .endItem()
                    .endConfigMap()
                    .build());
        }
        String tls = spec.telephony().tlsSecretName();
        if (tls != null) {
            volumes.add(new VolumeBuilder()
                    .withName(TLS)
                    .withNewSecret()
                    .withSecretName(tls)
                    .endSecret()
                    .build());
        }
        if (spec.local() != null) {
            String claim = spec.local().models().claimName();
            volumes.add(claim == null ? empty(MODELS) : claim(MODELS, claim));
        }
        return volumes;
    }

    private static Volume empty(String name) {
        return new VolumeBuilder()
                .withName(name)
                .withEmptyDir(new EmptyDirVolumeSource())
                .build();
    }

    private static Volume claim(String name, String claim) {
        return new VolumeBuilder()
                .withName(name)
                .withNewPersistentVolumeClaim()
                .withClaimName(claim)
                .endPersistentVolumeClaim()
                .build();
    }
}
