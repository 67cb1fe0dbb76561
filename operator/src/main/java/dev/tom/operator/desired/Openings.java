package dev.tom.operator.desired;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** Tells which objects let bridges out to the provider. Pure. */
public final class Openings {

    private Openings() {}

    /** Until when the object lets bridges out; empty when it opens nothing. */
    public static Optional<Instant> until(HasMetadata object) {
        Map<String, String> labels = object.getMetadata().getLabels();
        if (labels != null && labels.containsKey(Labels.ENDS)) {
            return Optional.of(Instant.ofEpochSecond(Long.parseLong(labels.get(Labels.ENDS))));
        }
        if (object instanceof ConfigMap map
                && map.getData() != null
                && "true".equals(map.getData().get(BridgeConfig.ALLOW_EGRESS))) {
            return Optional.of(instant(map.getData().getOrDefault(BridgeConfig.EGRESS_UNTIL, "")));
        }
        return Optional.empty();
    }

    /** What cannot be read is over. */
    private static Instant instant(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeException e) {
            return Instant.MIN;
        }
    }
}
