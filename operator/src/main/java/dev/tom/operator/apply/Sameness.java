package dev.tom.operator.apply;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.Map;
import java.util.Set;

/**
 * Whether a stored object is what we want. Fields we do not set belong to others, except where an addition would open something: the data
 * of a ConfigMap and the rules of a network policy of either kind must be exactly ours. Pure.
 */
final class Sameness {

    private static final Map<String, String> EXACT =
            Map.of("ConfigMap", "data", "NetworkPolicy", "spec", "CiliumNetworkPolicy", "spec");
    private static final Set<String> QUANTITIES = Set.of("limits", "requests");

    private Sameness() {}

    static boolean covers(String kind, JsonNode wanted, JsonNode stored) {
        String exact = EXACT.getOrDefault(kind, "");
        for (Map.Entry<String, JsonNode> field : wanted.properties()) {
            JsonNode there = stored.path(field.getKey());
            boolean same = field.getKey().equals(exact)
                    ? field.getValue().equals(there)
                    : field.getKey().equals("status") || within(field.getKey(), field.getValue(), there);
            if (!same) {
                return false;
            }
        }
        return true;
    }

    private static boolean within(String parent, JsonNode wanted, JsonNode stored) {
        if (wanted.isObject()) {
            return stored.isObject()
                    && wanted.properties().stream()
                            .allMatch(field -> QUANTITIES.contains(parent)
                                    ? sameQuantity(field.getValue(), stored.path(field.getKey()))
                                    : within(field.getKey(), field.getValue(), stored.path(field.getKey())));
        }
        if (wanted.isArray()) {
            if (!stored.isArray() || stored.size() != wanted.size()) {
                return false;
            }
            for (int i = 0; i < wanted.size(); i++) {
                if (!within(parent, wanted.get(i), stored.get(i))) {
                    return false;
                }
            }
            return true;
        }
        return wanted.equals(stored);
    }

    /** The API server writes 0.5 as 500m. */
    private static boolean sameQuantity(JsonNode wanted, JsonNode stored) {
        if (!stored.isValueNode() || stored.isNull()) {
            return false;
        }
        return new Quantity(wanted.asText()).equals(new Quantity(stored.asText()));
    }
}
