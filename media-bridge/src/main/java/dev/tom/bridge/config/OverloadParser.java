package dev.tom.bridge.config;

import dev.tom.bridge.call.admission.OverloadSettings;
import java.net.URI;
import java.util.Optional;
import java.util.regex.Pattern;

/** What happens to calls that the pod has no room for. Pure. */
final class OverloadParser {

    private static final Pattern EXTENSION = Pattern.compile("[A-Za-z0-9*#+_.-]{1,32}");

    private OverloadParser() {}

    static OverloadSettings parse(Values values) {
        return new OverloadSettings(
                values.whole(Setting.OVERLOAD_LOOP_LATE_MS),
                values.whole(Setting.OVERLOAD_LOCAL_WAIT_MS),
                extension(values),
                redirect(values, Setting.OVERLOAD_REDIRECT_URL),
                redirect(values, Setting.DRAIN_REDIRECT_URL));
    }

    private static String extension(Values values) {
        String extension = values.text(Setting.OVERLOAD_EXTENSION);
        if (!extension.isEmpty() && !EXTENSION.matcher(extension).matches()) {
            values.problem(
                    "OVERLOAD_EXTENSION is not valid: give an extension of the dialplan, 1 to 32 letters, digits or"
                            + " *#+_.-");
            return "";
        }
        return extension;
    }

    private static String redirect(Values values, Setting setting) {
        Optional<URI> base = values.url(setting);
        if (base.isPresent() && base.get().getRawQuery() != null) {
            values.problem(
                    setting + " has a query: give the address only, path and query of the call are appended to it");
            return "";
        }
        return base.map(URI::toString).orElse("");
    }
}
