package dev.tom.operator;

import dev.tom.operator.desired.DnsPeers;
import dev.tom.operator.desired.OperatorDefaults;
import dev.tom.operator.window.GuardRails;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What the operator is told from outside, once, at the start.
 *
 * @param namespaces where TestWindows are looked after; empty: everywhere
 * @param httpPort port of {@code /metrics}, {@code /healthz} and {@code /readyz}; 0: any free one
 * @param defaults what is added to every window
 * @param rails what no window may exceed
 * @param leaseNamespace with leader election: where the Lease is
 * @param instance name of this process in the Lease and in Events
 */
public record OperatorSettings(
        Set<String> namespaces,
        int httpPort,
        OperatorDefaults defaults,
        GuardRails rails,
        Optional<String> leaseNamespace,
        String instance) {

    private static final String PREFIX = "TOM_";
    private static final String NAMESPACES = "TOM_NAMESPACES";
    private static final String HTTP_PORT = "TOM_HTTP_PORT";
    private static final String BRIDGE_IMAGE = "TOM_BRIDGE_IMAGE";
    private static final String LEADER_ELECTION = "TOM_LEADER_ELECTION";
    private static final String LEASE_NAMESPACE = "TOM_LEADER_ELECTION_NAMESPACE";
    private static final String POD_NAME = "TOM_POD_NAME";
    private static final String OPERATOR_SELECTOR = "TOM_OPERATOR_SELECTOR";
    private static final String PROMETHEUS_SELECTOR = "TOM_PROMETHEUS_SELECTOR";
    private static final String GATEWAY_IMAGE = "TOM_GATEWAY_IMAGE";
    private static final String DNS_PEERS = "TOM_DNS_PEERS";
    private static final String DNS_PORTS = "TOM_DNS_PORTS";
    private static final String MAX_DURATION = "TOM_MAX_DURATION_SECONDS";
    private static final String ALLOWED_HOSTS = "TOM_ALLOWED_PROVIDER_HOSTS";
    private static final Set<String> KNOWN = Set.of(
            GATEWAY_IMAGE,
            DNS_PEERS,
            DNS_PORTS,
            MAX_DURATION,
            ALLOWED_HOSTS,
            NAMESPACES,
            HTTP_PORT,
            BRIDGE_IMAGE,
            LEADER_ELECTION,
            LEASE_NAMESPACE,
            POD_NAME,
            OPERATOR_SELECTOR,
            PROMETHEUS_SELECTOR);

    private static final int SHORTEST = 60;
    private static final int LONGEST = 86_400;

    /** A name, perhaps with everything below it; an IPv4 address; an IPv6 address without brackets. */
    private static final Pattern HOST =
            Pattern.compile("(\\*\\.)?[a-z0-9]([a-z0-9.-]*[a-z0-9])?|[0-9a-f]*:[0-9a-f:.]+");

    public OperatorSettings {
        namespaces = Set.copyOf(namespaces);
    }

    /** A setting that is unknown, missing or wrong. The message names it and says what to do. */
    public static final class BadSettingException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        BadSettingException(String message) {
            super(message);
        }
    }

    /**
     * Reads the settings.
     *
     * @param env the environment; names without {@code TOM_} are others' business
     * @throws BadSettingException for the first setting that is unknown, missing or wrong
     */
    public static OperatorSettings from(Map<String, String> env) {
        new TreeSet<>(env.keySet())
                .stream()
                        .filter(name -> name.startsWith(PREFIX) && !KNOWN.contains(name))
                        .findFirst()
                        .ifPresent(name -> {
                            throw new BadSettingException("%s is unknown: remove it, or use one of %s"
                                    .formatted(name, String.join(", ", new TreeSet<>(KNOWN))));
                        });
        Function<String, Optional<String>> value =
                name -> Optional.ofNullable(env.get(name)).map(String::strip).filter(text -> !text.isEmpty());
        return new OperatorSettings(
                value.apply(NAMESPACES).map(OperatorSettings::list).orElse(Set.of()),
                value.apply(HTTP_PORT).map(OperatorSettings::port).orElse(8080),
                new OperatorDefaults(
                        value.apply(BRIDGE_IMAGE)
                                .orElseThrow(() -> new BadSettingException(
                                        BRIDGE_IMAGE + " is missing: name the image of bridge and speech worker")),
                        labels(
                                OPERATOR_SELECTOR,
                                value.apply(OPERATOR_SELECTOR).orElse("app.kubernetes.io/name=tom-operator")),
                        labels(
                                PROMETHEUS_SELECTOR,
                                value.apply(PROMETHEUS_SELECTOR).orElse("app.kubernetes.io/name=prometheus")),
                        value.apply(GATEWAY_IMAGE),
                        new DnsPeers(
                                value.apply(DNS_PEERS)
                                        .map(text -> DnsSetting.peers(DNS_PEERS, text))
                                        .orElse(DnsPeers.USUAL.peers()),
                                value.apply(DNS_PORTS)
                                        .map(text -> DnsSetting.ports(DNS_PORTS, text))
                                        .orElse(DnsPeers.USUAL.ports()))),
                rails(value),
                lease(value),
                value.apply(POD_NAME)
                        .or(() -> Optional.ofNullable(env.get("HOSTNAME")).filter(name -> !name.isBlank()))
                        .orElse("tom-operator"));
    }

    private static GuardRails rails(Function<String, Optional<String>> value) {
        return new GuardRails(
                value.apply(MAX_DURATION).map(OperatorSettings::duration),
                value.apply(ALLOWED_HOSTS).map(OperatorSettings::hosts).orElse(List.of()));
    }

    /** The bounds are those of the API: a shorter rail would allow no window, a longer one would be none. */
    private static Duration duration(String text) {
        try {
            int seconds = Integer.parseInt(text);
            if (seconds >= SHORTEST && seconds <= LONGEST) {
                return Duration.ofSeconds(seconds);
            }
        } catch (NumberFormatException e) {
            // answered below, like a number out of range
        }
        throw new BadSettingException("%s is \"%s\": set it to seconds from %d to %d, or remove it"
                .formatted(MAX_DURATION, text, SHORTEST, LONGEST));
    }

    private static List<String> hosts(String text) {
        List<String> hosts =
                list(text).stream().map(host -> host.toLowerCase(Locale.ROOT)).toList();
        hosts.stream().filter(host -> !HOST.matcher(host).matches()).findFirst().ifPresent(host -> {
            throw new BadSettingException(
                    "%s names \"%s\": write hosts such as api.openai.com, or *.openai.azure.com for all below"
                            .formatted(ALLOWED_HOSTS, host));
        });
        return hosts;
    }

    private static Optional<String> lease(Function<String, Optional<String>> value) {
        String election = value.apply(LEADER_ELECTION).orElse("false");
        return switch (election) {
            case "false" -> Optional.empty();
            case "true" ->
                Optional.of(value.apply(LEASE_NAMESPACE)
                        .orElseThrow(() -> new BadSettingException(LEASE_NAMESPACE
                                + " is missing: with leader election, name the operator's own namespace")));
            default ->
                throw new BadSettingException(
                        "%s is \"%s\": set it to true or false".formatted(LEADER_ELECTION, election));
        };
    }

    private static Set<String> list(String text) {
        return Arrays.stream(text.split(",", -1))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static int port(String text) {
        try {
            int port = Integer.parseInt(text);
            if (port >= 0 && port <= 65535) {
                return port;
            }
        } catch (NumberFormatException e) {
            // answered below, like a number out of range
        }
        throw new BadSettingException("%s is \"%s\": set it to a port from 0 to 65535".formatted(HTTP_PORT, text));
    }

    private static Map<String, String> labels(String name, String text) {
        var labels = new TreeMap<String, String>();
        for (String pair : text.split(",", -1)) {
            String[] parts = pair.strip().split("=", -1);
            if (parts.length != 2 || parts[0].isBlank()) {
                throw new BadSettingException(
                        "%s is \"%s\": write labels as key=value,key=value".formatted(name, text));
            }
            labels.put(parts[0].strip(), parts[1].strip());
        }
        return labels;
    }
}
