package dev.tom.operator.window;

import java.util.ArrayList;
import java.util.List;

/** What opening needs, judged from what was found. */
public final class PreflightChecks {

    private PreflightChecks() {}

    /** A key of a Secret that the spec names, and whether it is there. */
    public record NamedSecret(String field, String secret, String key, Presence presence) {}

    /** What the API server says about a Secret's key. */
    public enum Presence {
        NO_SECRET,
        NO_KEY,
        THERE
    }

    /** Every key of a Secret that is missing. */
    public static List<Finding> missing(List<NamedSecret> secrets) {
        var findings = new ArrayList<Finding>();
        for (NamedSecret secret : secrets) {
            switch (secret.presence()) {
                case NO_SECRET ->
                    findings.add(new Finding(
                            Reason.SECRET_MISSING,
                            "Secret %s (%s) does not exist: create it with key %s."
                                    .formatted(secret.secret(), secret.field(), secret.key())));
                case NO_KEY ->
                    findings.add(new Finding(
                            Reason.SECRET_KEY_MISSING,
                            "Secret %s (%s) has no value under key %s: add it."
                                    .formatted(secret.secret(), secret.field(), secret.key())));
                case THERE -> {}
            }
        }
        return findings;
    }
}
