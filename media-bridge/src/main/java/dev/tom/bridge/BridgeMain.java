package dev.tom.bridge;

import dev.tom.bridge.cli.BridgeCommand;
import dev.tom.bridge.cli.TomCommand;
import dev.tom.bridge.config.BridgeConfig;
import dev.tom.bridge.config.ConfigSources;
import dev.tom.bridge.config.ConfigWatcher;
import dev.tom.bridge.worker.SpeechWorkerCommand;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;

/** The program {@code tom}. The only class that reads the environment. */
public final class BridgeMain {

    private static final Logger log = LoggerFactory.getLogger(BridgeMain.class);

    private BridgeMain() {}

    public static void main(String[] args) {
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
                .addSubcommand(new SpeechWorkerCommand());
    }

    private static int runBridge(ConfigSources sources, Duration grace, String pod) {
        Optional<ConfigWatcher> watcher =
                sources.directory().isPresent() ? Optional.of(new ConfigWatcher(sources)) : Optional.empty();
        BridgeConfig config = watcher.map(ConfigWatcher::initial).orElseGet(sources::read);
        var app = new BridgeApp(config, watcher, pod.isEmpty() ? hostName() : pod, InstantSource.system());
        try {
            app.start();
        } catch (IllegalStateException e) {
            log.error("The bridge cannot start: {}", e.getMessage());
            app.stop(Duration.ZERO);
            return CommandLine.ExitCode.SOFTWARE;
        }
        waitForTheEnd(app, grace);
        return CommandLine.ExitCode.OK;
    }

    /** A signal runs the shutdown hooks; the process ends with 0 when the hook says so, because it was told to end. */
    private static void waitForTheEnd(BridgeApp app, Duration grace) {
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().name("stop").unstarted(() -> {
            app.stop(grace);
            Runtime.getRuntime().halt(0);
        }));
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "localhost";
        }
    }
}
