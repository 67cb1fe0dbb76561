package dev.tom.operator.desired;

import io.fabric8.kubernetes.api.model.HasMetadata;

/** One step towards the desired state. */
public sealed interface Change {

    /** The resource must exist with at least these fields. */
    record Present(HasMetadata resource) implements Change {}

    /** The pod must carry the annotation; nothing else of it is touched. */
    record Annotated(String namespace, String pod, String key, String value) implements Change {}

    /** The Deployment must have so many replicas; nothing else of it is touched. */
    record Scaled(String namespace, String deployment, int replicas) implements Change {}

    /** The same for a resource that has no class here. */
    record AbsentGeneric(String apiVersion, String kind, String namespace, String name) implements Change {}

    /** The resource must not exist. */
    record Absent(Class<? extends HasMetadata> kind, String namespace, String name) implements Change {}
}
