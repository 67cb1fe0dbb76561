package dev.tom.demo;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.tom.kube.ClusterSettings;
import dev.tom.kube.ClusterUnavailableException;
import dev.tom.testkit.RunFailure;
import java.io.Console;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Command line of the demo. Exit code 0: every promise held; 1: one was broken, or the demo could not run; 2: wrong usage. */
@Command(
        name = "infra/demo/run",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Runs a 60 s test window with three calls on this machine and checks every promise.")
public final class DemoMain implements Callable<Integer> {

    @Option(names = "--json", paramLabel = "FILE", description = "write the figures as JSON")
    @Nullable
    Path json;

    @Option(
            names = "--output",
            paramLabel = "DIR",
            description = "recordings, logs and manifests (default: target/demo below the project)")
    @Nullable
    Path output;

    @Option(
            names = "--window",
            paramLabel = "SECONDS",
            defaultValue = "60",
            description = "length of the window, 60 to 600 (default: ${DEFAULT-VALUE})")
    int windowSeconds;

    @Option(
            names = "--provider-url",
            paramLabel = "URL",
            description = "a real provider (wss://…) instead of the scripted one")
    @Nullable
    URI providerUrl;

    @Option(
            names = "--api-key",
            paramLabel = "KEY",
            description = "its API key; --api-key-file keeps it out of the process list")
    @Nullable
    String apiKey;

    @Option(names = "--api-key-file", paramLabel = "FILE", description = "a file that holds the API key")
    @Nullable
    Path apiKeyFile;

    @Option(
            names = "--model",
            paramLabel = "ID",
            defaultValue = "gpt-realtime-2.1",
            description = "its model (default: ${DEFAULT-VALUE})")
    String model = "";

    @Option(names = "--root", hidden = true, required = true)
    @Nullable
    Path root;

    @Option(names = "--models", hidden = true, required = true)
    @Nullable
    Path models;

    public static void main(String[] args) {
        System.exit(new CommandLine(new DemoMain()).execute(args));
    }

    @Override
    public Integer call() throws IOException {
        if (windowSeconds < 60 || windowSeconds > 600) {
            System.err.println("--window must be from 60 to 600 seconds, not " + windowSeconds);
            return CommandLine.ExitCode.USAGE;
        }
        Optional<DemoSettings.RealProvider> provider;
        try {
            provider = realProvider();
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            return CommandLine.ExitCode.USAGE;
        }
        Path folder = output == null ? required(root).resolve("target/demo") : output;
        if (output == null) {
            clear(folder);
        } else if (isInUse(folder)) {
            System.err.println("--output " + output + " holds files already: name a new or an empty folder");
            return CommandLine.ExitCode.USAGE;
        }
        Files.createDirectories(folder);
        DemoSettings settings = new DemoSettings(
                required(root),
                required(models),
                folder.toAbsolutePath(),
                Path.of(System.getProperty("java.home")),
                windowSeconds,
                provider);
        return run(settings);
    }

    private int run(DemoSettings settings) throws IOException {
        Timeline timeline = new Timeline(System.out, InstantSource.system(), isTerminal());
        timeline.act("Set-up");
        try (Demo demo = new Demo(settings, ClusterSettings.fromEnvironment(), timeline)) {
            Figures figures = demo.run();
            if (json != null) {
                Files.createDirectories(json.toAbsolutePath().getParent());
                new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValue(json.toFile(), figures);
            }
            Verdict verdict = Verdict.of(figures);
            timeline.act("The promises");
            System.out.print(verdict.table());
            System.out.println();
            System.out.println((verdict.held() ? "Every promise held." : "A promise was broken.")
                    + " Recordings and logs: " + settings.output());
            return verdict.held() ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
        } catch (RunFailure | ClusterUnavailableException e) {
            System.err.println("The demo cannot go on: " + e.getMessage());
            return CommandLine.ExitCode.SOFTWARE;
        }
    }

    private Optional<DemoSettings.RealProvider> realProvider() throws IOException {
        if (providerUrl == null) {
            if (apiKey != null || apiKeyFile != null) {
                throw new IllegalArgumentException("an API key needs --provider-url, the provider that it belongs to");
            }
            return Optional.empty();
        }
        if (apiKey == null && apiKeyFile == null) {
            throw new IllegalArgumentException("--provider-url needs --api-key or --api-key-file");
        }
        String key = apiKey == null ? Files.readString(required(apiKeyFile)).strip() : apiKey;
        return Optional.of(new DemoSettings.RealProvider(providerUrl, key, model));
    }

    private static boolean isTerminal() {
        Console console = System.console();
        return console != null && console.isTerminal();
    }

    private static boolean isInUse(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return false;
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.findAny().isPresent();
        }
    }

    /** Recordings and logs of an earlier run would be taken for this one's. */
    private static void clear(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private static <T> T required(@Nullable T value) {
        if (value == null) {
            throw new IllegalStateException("start the demo by infra/demo/run");
        }
        return value;
    }
}
