package dev.tom.operator.observe;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.stream.Stream;

/** The informer caches, as far as they hold one window's objects. */
@FunctionalInterface
public interface Secondaries {

    /** The window's objects of one kind. */
    <T extends HasMetadata> Stream<T> of(Class<T> kind);
}
