package dev.tom.bridge.config;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Where settings come from. The mounted directory is stronger than the process environment, which is stronger than the {@code .env}
 * file.
 *
 * <p>When the directory states any live key, it alone states the live keys: a key that is taken out of the ConfigMap must not come
 * back from the environment of the moment when the pod started.
 */
public final class ConfigSources {

    private final Optional<ConfigDirectory> directory;
    private final Map<String, String> fixed;

    /**
     * Reads what cannot change.
     *
     * @param environment of the process, as it is
     * @param directory mounted directory, if there is one
     * @param envFile {@code .env} file, if there is one
     * @throws ConfigException when file or environment are wrong
     */
    public ConfigSources(Map<String, String> environment, Optional<Path> directory, Optional<Path> envFile) {
        this.directory = directory.map(ConfigDirectory::new);
        this.fixed = new HashMap<>();
        envFile.ifPresent(file -> fixed.putAll(EnvFile.read(file)));
        fixed.putAll(ProcessEnvironment.ours(environment));
    }

    /** The mounted directory. */
    public Optional<ConfigDirectory> directory() {
        return directory;
    }

    /** @throws ConfigException with everything that is wrong */
    public BridgeConfig read() {
        return ConfigParser.parse(
                directory.map(mounted -> merged(mounted.read().settings())).orElse(fixed));
    }

    /** All sources with this content of the directory. */
    Map<String, String> merged(Map<String, String> mounted) {
        Map<String, String> all = new HashMap<>(fixed);
        if (statesLiveKeys(mounted)) {
            all.keySet().removeIf(ConfigSources::isLive);
        }
        all.putAll(mounted);
        return all;
    }

    static boolean statesLiveKeys(Map<String, String> settings) {
        return settings.keySet().stream().anyMatch(ConfigSources::isLive);
    }

    static boolean isLive(String key) {
        return Setting.named(key).filter(Setting::live).isPresent();
    }
}
