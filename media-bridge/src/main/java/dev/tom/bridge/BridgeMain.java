package dev.tom.bridge;

import dev.tom.bridge.cli.BridgeCommand;
import dev.tom.bridge.cli.CallCommand;
import dev.tom.bridge.cli.CostsCommand;
import dev.tom.bridge.cli.ProbeCommand;
import dev.tom.bridge.cli.SoakCommand;
import dev.tom.bridge.cli.TomCommand;
import dev.tom.bridge.cli.UsageProblems;
import dev.tom.bridge.config.BridgeConfig;
import dev.tom.bridge.config.ConfigSources;
import dev.tom.bridge.config.ConfigWatcher;
import dev.tom.bridge.worker.SpeechWorkerCommand;
import java.io.Console;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;

/** The program {@code tom}. The only class that reads the environment. */
public final class BridgeMain {

    /** Read by logback.xml. */
    private static final String LOG_LEVEL = "tom.log.level";

    private BridgeMain() {}

    public static void main(String[] args) {
        if (args.length > 0 && TomCommand.TOOLS.contains(args[0]) && System.getProperty(LOG_LEVEL) == null) {
            // Before the first logger: a tool prints its own progress.
            System.setProperty(LOG_LEVEL, "WARN");
        }
        int exitCode = commandLine(System.getenv()).execute(args);
        if (exitCode != 0) {
            System.exit(exitCode);
        }
    }

    static CommandLine commandLine(Map<String, String> environment) {
        String pod = environment.getOrDefault("HOSTNAME", "");
        var bridge = new BridgeCommand(environment, (sources, grace) -> runBridge(sources, grace, pod));
        return new CommandLine(new TomCommand())
                .addSubcommand(bridge.commandLine())
                .addSubcommand(new CostsCommand(environment).commandLine())
                .addSubcommand(new SpeechWorkerCommand())
                .addSubcommand(new ProbeCommand(environment))
                .addSubcommand(new SoakCommand(environment, onTerminal()))
                .addSubcommand(new CallCommand())
                .setParameterExceptionHandler(new UsageProblems());
    }

    private static boolean onTerminal() {
        Console console = System.console();
        return console != null && console.isTerminal();
    }

    private static int runBridge(ConfigSources sources, Duration grace, String pod) {
        Optional<ConfigWatcher> watcher =
                sources.directory().isPresent() ? Optional.of(new ConfigWatcher(sources)) : Optional.empty();
        BridgeConfig config = watcher.map(ConfigWatcher::initial).orElseGet(sources::read);
        var app = new BridgeApp(config, watcher, pod.isEmpty() ? hostName() : pod, InstantSource.system());
        try {
            app.start();
        } catch (IllegalStateException e) {
            Logger log = LoggerFactory.getLogger(BridgeMain.class);
            log.error("The bridge cannot start: {}", e.getMessage());
            app.stop(Duration.ZERO);
            return CommandLine.ExitCode.SOFTWARE;
        }
        var end = EndSignals.install();
        end.awaitFirst();
        app.stop(grace, end.second());
        int exitCode = end.exitCode();
        // The process is told to end, whatever a library's thread still waits for.
        Runtime.getRuntime().halt(exitCode);
        return exitCode;
    }

    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "localhost";
        }
    }
}
