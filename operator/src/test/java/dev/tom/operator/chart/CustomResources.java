package dev.tom.operator.chart;

import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.concurrent.TimeUnit;

/** The CRD on a cluster that tests share, where no release may own it. */
public final class CustomResources {

    private CustomResources() {}

    /** Stores the CRD of this checkout and waits until it is served. */
    public static void install(KubernetesClient admin) {
        CustomResourceDefinition crd = Serialization.unmarshal(
                Checkout.read("crds/crds/testwindows.tom.dev-v1.yml"), CustomResourceDefinition.class);
        admin.resource(crd).forceConflicts().serverSideApply();
        admin.apiextensions()
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
}
