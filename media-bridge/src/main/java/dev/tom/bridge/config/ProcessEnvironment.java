package dev.tom.bridge.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Our part of the process environment. Names of others are ignored, but a name that begins like ours and is none of ours is a slip.
 * Kubernetes names variables after Services ({@code TELEPHONY_SERVICE_HOST}); those are not slips.
 */
public final class ProcessEnvironment {

    private static final List<String> OUR_PREFIXES = List.of(
            "REALTIME_", "FALLBACK_", "EGRESS_", "TELEPHONY_", "ADMIN_", "COST_", "LOCAL_LLM_", "SPEECH_WORKER_");

    private static final Pattern SERVICE_LINK = Pattern.compile(
            ".*(_SERVICE_HOST|_SERVICE_PORT(_[A-Z0-9_]+)?|_PORT|_PORT_[0-9]+_(TCP|UDP|SCTP)(_PROTO|_PORT|_ADDR)?)");

    private ProcessEnvironment() {}

    /** @throws ConfigException with every name that looks like a slip */
    public static Map<String, String> ours(Map<String, String> environment) {
        Map<String, String> settings = new LinkedHashMap<>();
        List<String> problems = new ArrayList<>();
        new TreeMap<>(environment).forEach((name, value) -> {
            if (Setting.named(name).isPresent()) {
                settings.put(name, value);
            } else if (OUR_PREFIXES.stream().anyMatch(name::startsWith)
                    && !SERVICE_LINK.matcher(name).matches()) {
                problems.add(UnknownNames.sentence(name));
            }
        });
        if (!problems.isEmpty()) {
            throw new ConfigException(problems);
        }
        return settings;
    }
}
