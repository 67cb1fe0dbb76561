package dev.tom.bridge.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads single values and collects what is wrong with them; a wrong value reads as the default, so that all problems are found. */
final class Values {

    /** What Kubernetes puts into {@code NAME_PORT} for a Service called name. */
    private static final Pattern SERVICE_LINK = Pattern.compile("(tcp|udp|sctp)://.*");

    private final Map<String, String> stated;
    private final List<String> problems = new ArrayList<>();

    Values(Map<String, String> stated) {
        this.stated = stated;
    }

    List<String> problems() {
        return problems;
    }

    void problem(String sentence) {
        problems.add(sentence);
    }

    boolean isStated(Setting setting) {
        return !stated.getOrDefault(setting.name(), "").isBlank();
    }

    String text(Setting setting) {
        String value = stated.getOrDefault(setting.name(), "").strip();
        return value.isEmpty() ? setting.defaultValue() : value;
    }

    boolean flag(Setting setting) {
        return switch (text(setting).toLowerCase(Locale.ROOT)) {
            case "true" -> true;
            case "false" -> false;
            default -> {
                wrong(setting);
                yield Boolean.parseBoolean(setting.defaultValue());
            }
        };
    }

    int whole(Setting setting) {
        String value = text(setting);
        if (setting.kind() instanceof Kind.Whole(long min, long max) && value.matches("[0-9]{1,9}")) {
            long number = Long.parseLong(value);
            if (min <= number && number <= max) {
                return (int) number;
            }
        }
        if (SERVICE_LINK.matcher(value).matches()) {
            problem(setting + "=" + value + " was put there by Kubernetes for a Service called "
                    + setting.name().replaceAll("_PORT$", "").toLowerCase(Locale.ROOT)
                    + ": set enableServiceLinks: false on the pod or give the Service another name");
        } else {
            wrong(setting);
        }
        return Integer.parseInt(setting.defaultValue());
    }

    double decimal(Setting setting) {
        String value = text(setting);
        if (setting.kind() instanceof Kind.Decimal(double min, double max)
                && value.matches("[0-9]{1,6}(\\.[0-9]{1,6})?")) {
            double number = Double.parseDouble(value);
            if (min <= number && number <= max) {
                return number;
            }
        }
        wrong(setting);
        return Double.parseDouble(setting.defaultValue());
    }

    String choice(Setting setting) {
        String value = text(setting);
        if (setting.kind() instanceof Kind.Choice(var words) && words.contains(value)) {
            return value;
        }
        wrong(setting);
        return setting.defaultValue();
    }

    Optional<Instant> moment(Setting setting) {
        String value = text(setting);
        if (value.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(Instant.parse(value));
        } catch (DateTimeParseException e) {
            wrong(setting);
            return Optional.empty();
        }
    }

    Optional<URI> url(Setting setting) {
        String value = text(setting);
        if (value.isEmpty()) {
            return Optional.empty();
        }
        try {
            URI url = new URI(value);
            if (url.getUserInfo() != null) {
                problem(setting + " carries a user or password: take it out of the URL, it would show in logs");
            } else if (setting.kind() instanceof Kind.Url(var schemes)
                    && url.getHost() != null
                    && url.getFragment() == null
                    && schemes.contains(String.valueOf(url.getScheme()).toLowerCase(Locale.ROOT))) {
                return Optional.of(url);
            } else {
                wrong(setting);
            }
        } catch (URISyntaxException e) {
            wrong(setting);
        }
        return setting.defaultValue().isEmpty() ? Optional.empty() : Optional.of(URI.create(setting.defaultValue()));
    }

    private void wrong(Setting setting) {
        problem(setting + "=" + text(setting) + " is not valid: give "
                + setting.kind().phrase());
    }
}
