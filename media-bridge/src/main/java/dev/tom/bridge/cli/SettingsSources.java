package dev.tom.bridge.cli;

import dev.tom.bridge.config.BridgeConfig;
import dev.tom.bridge.config.ConfigException;
import dev.tom.bridge.config.ConfigSources;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where a tool takes the bridge's settings from: the same places as {@code tom bridge}. */
final class SettingsSources {

    @Option(
            names = "--config-dir",
            paramLabel = "DIR",
            description = "The bridge's mounted ConfigMap, one file per setting.")
    private @Nullable Path configDir;

    @Option(names = "--env-file", paramLabel = "FILE", description = "The bridge's settings as KEY=VALUE lines.")
    private @Nullable Path envFile;

    /** Whether a source other than the environment was named. */
    boolean named() {
        return configDir != null || envFile != null;
    }

    /** @throws ConfigException with everything that is wrong */
    BridgeConfig read(Map<String, String> environment) {
        return new ConfigSources(environment, Optional.ofNullable(configDir), Optional.ofNullable(envFile)).read();
    }
}
