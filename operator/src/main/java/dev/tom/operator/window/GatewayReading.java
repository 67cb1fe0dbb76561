package dev.tom.operator.window;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What the API server says about a window's gateway.
 *
 * @param since when its Deployment was created; empty: there is none
 * @param pods its pods that are not on their way out
 * @param leaving its pods that are told to go and have not gone: a tunnel may still live in them
 * @param ready how many of {@code pods} take connections
 */
public record GatewayReading(Optional<Instant> since, List<String> pods, List<String> leaving, int ready) {

    /** There is none. */
    public static final GatewayReading ABSENT = new GatewayReading(Optional.empty(), List.of(), List.of(), 0);

    public GatewayReading {
        pods = List.copyOf(pods);
        leaving = List.copyOf(leaving);
    }

    /** Whether a tunnel can live in it, or begin to. */
    public boolean present() {
        return since.isPresent() || !pods.isEmpty() || !leaving.isEmpty();
    }

    List<String> allPods() {
        return Stream.concat(pods.stream(), leaving.stream()).toList();
    }
}
