package dev.tom.bridge.config;

import java.util.List;

/** The settings are wrong. Each problem is one sentence that names the key and says what to do; no value of a secret is among them. */
public final class ConfigException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** @param problems at least one */
    public ConfigException(List<String> problems) {
        super(String.join("\n", problems));
    }

    public ConfigException(String problem) {
        this(List.of(problem));
    }

    /** One sentence each. */
    public List<String> problems() {
        return String.valueOf(getMessage()).lines().toList();
    }
}
