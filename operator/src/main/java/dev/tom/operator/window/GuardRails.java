package dev.tom.operator.window;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What an installation allows no window to exceed, whatever its spec says. A window that breaks a rail never opens; an open one, which can
 * break it only when rails were narrowed or its spec was edited, is cut short or ended.
 *
 * @param maxDuration longest time from start to end; empty: what the API allows
 * @param hosts hosts of providers, exact ({@code api.openai.com}) or with everything below ({@code *.openai.azure.com}), in small letters;
 *     empty: any
 */
public record GuardRails(Optional<Duration> maxDuration, List<String> hosts) {

    /** Everything that the API allows. */
    public static final GuardRails NONE = new GuardRails(Optional.empty(), List.of());

    private static final String BELOW = "*";

    public GuardRails {
        hosts = List.copyOf(hosts);
    }

    /**
     * The rails that a spec breaks.
     *
     * @param duration of the window
     * @param host of the provider's URL; empty: the window uses no provider
     */
    public List<Finding> broken(Duration duration, Optional<String> host) {
        var broken = new ArrayList<Finding>();
        maxDuration
                .filter(most -> duration.compareTo(most) > 0)
                .ifPresent(most -> broken.add(new Finding(
                        Reason.DURATION_NOT_ALLOWED,
                        "spec.window.durationSeconds is %d, but this installation allows at most %d: shorten it, or ask for a higher guardRails.maxDurationSeconds."
                                .formatted(duration.toSeconds(), most.toSeconds()))));
        host.filter(name -> !allows(name))
                .ifPresent(name -> broken.add(new Finding(
                        Reason.PROVIDER_HOST_NOT_ALLOWED,
                        "spec.provider.url names the host %s, but this installation allows only %s: use one of these, or ask for guardRails.allowedProviderHosts to name it."
                                .formatted(name, String.join(", ", hosts)))));
        return broken;
    }

    private boolean allows(String host) {
        String name = host.toLowerCase(Locale.ROOT);
        return hosts.isEmpty()
                || hosts.stream()
                        .anyMatch(allowed -> allowed.startsWith(BELOW)
                                ? name.endsWith(allowed.substring(BELOW.length()))
                                : name.equals(allowed));
    }

    /** The end of a window from {@code opensAt} to {@code endsAt} that stays within the rails. */
    Instant end(Instant opensAt, Instant endsAt) {
        return maxDuration
                .map(opensAt::plus)
                .filter(latest -> latest.isBefore(endsAt))
                .orElse(endsAt);
    }
}
