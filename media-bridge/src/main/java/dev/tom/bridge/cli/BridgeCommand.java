package dev.tom.bridge.cli;

import dev.tom.bridge.config.ConfigException;
import dev.tom.bridge.config.ConfigSources;
import dev.tom.bridge.config.Setting;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code tom bridge}: reads the settings, then runs the bridge until it is told to end. */
@Command(
        name = "bridge",
        description = {
            "Runs the media bridge until SIGTERM or SIGINT; then live calls may finish.",
            "Settings come from --config-dir, then the environment, then --env-file; the first that states one wins."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footerHeading = "%nSettings (a * takes effect while the bridge runs):%n",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:stopped as told", "1:failed", "2:wrong usage or settings"})
@SuppressWarnings("NullAway.Init") // picocli fills the fields before call()
public final class BridgeCommand implements Callable<Integer> {

    /** Runs a bridge. */
    @FunctionalInterface
    public interface Runner {
        /**
         * @param grace how long live calls may take at the end
         * @return exit code
         * @throws ConfigException when the settings are wrong
         */
        int run(ConfigSources sources, Duration grace);
    }

    private final Map<String, String> environment;
    private final Runner runner;

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--config-dir",
            paramLabel = "DIR",
            description = "Mounted ConfigMap, one file per setting; watched for changes.")
    private @Nullable Path configDir;

    @Option(names = "--env-file", paramLabel = "FILE", description = "Settings as KEY=VALUE lines.")
    private @Nullable Path envFile;

    @Option(
            names = "--grace-seconds",
            paramLabel = "SECONDS",
            defaultValue = "25",
            description = "How long live calls may take at the end (default: ${DEFAULT-VALUE}).")
    private int graceSeconds;

    /** @param environment of the process, as it is */
    public BridgeCommand(Map<String, String> environment, Runner runner) {
        this.environment = Map.copyOf(environment);
        this.runner = runner;
    }

    /** The command with the list of settings in its help. */
    public CommandLine commandLine() {
        var line = new CommandLine(this);
        line.getHelpSectionMap().put(CommandLine.Model.UsageMessageSpec.SECTION_KEY_FOOTER, help -> {
            Map<String, String> rows = new LinkedHashMap<>();
            Arrays.stream(Setting.values())
                    .forEach(setting -> rows.put(setting + (setting.live() ? " *" : ""), row(setting)));
            return help.createTextTable(rows).toString();
        });
        return line;
    }

    private static String row(Setting setting) {
        String otherwise = setting.defaultValue().isEmpty() ? "" : " Default: " + setting.defaultValue() + ".";
        return setting.sentence() + " Give " + setting.kind().phrase() + "." + otherwise;
    }

    @Override
    public Integer call() {
        try {
            return runner.run(
                    new ConfigSources(environment, Optional.ofNullable(configDir), Optional.ofNullable(envFile)),
                    Duration.ofSeconds(graceSeconds));
        } catch (ConfigException e) {
            PrintWriter err = spec.commandLine().getErr();
            e.problems().forEach(problem -> err.println("tom bridge: " + problem));
            err.flush();
            return CommandLine.ExitCode.USAGE;
        }
    }
}
