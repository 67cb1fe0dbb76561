package dev.tom.bridge.cli;

import dev.tom.bridge.audio.AudioFormat;
import dev.tom.bridge.caller.Conversation;
import dev.tom.bridge.caller.ForkCall;
import dev.tom.bridge.caller.ForkLine;
import dev.tom.bridge.caller.ProviderLine;
import dev.tom.bridge.caller.Question;
import dev.tom.bridge.caller.RecordingException;
import dev.tom.bridge.caller.WarmUp;
import dev.tom.bridge.config.BridgeConfig;
import dev.tom.bridge.config.ConfigException;
import dev.tom.bridge.soak.Soak;
import dev.tom.bridge.soak.SoakJson;
import dev.tom.bridge.soak.SoakPage;
import dev.tom.bridge.soak.SoakPlan;
import dev.tom.bridge.soak.SoakResult;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code tom soak}: many conversations at once, for a while. */
@Command(
        name = "soak",
        description = {
            "Holds many conversations at once and measures every turn, against the provider directly (with the bridge's own"
                    + " settings, allowed as for a bridge) or against a bridge, as its callers.",
            "Each session asks, waits for the answer, hears it out, pauses and asks again. A session that is dropped calls"
                    + " again after a second; one that is refused five times in a row gives up. Ctrl-C ends early, with the report."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false,
        exitCodeListHeading = "%nExit codes, by the 95th percentile of E2E times:%n",
        exitCodeList = {
            "0:below 500 ms, and at most 1 %% of turns and calls failed",
            "1:from 500 to below 800 ms, and at most 1 %% failed",
            "2:800 ms or more, or more failed; also wrong usage or settings, then the last line on standard error says that"
                    + " nothing was measured or done"
        })
@SuppressWarnings("NullAway.Init") // picocli fills the fields before call()
public final class SoakCommand implements Callable<Integer> {

    /** Sessions of one process; each is a socket and 50 frames a second. */
    private static final int MOST_SESSIONS = 2_000;

    private static final String STANDARD_OUTPUT = "-";

    private final Map<String, String> environment;
    private final boolean terminal;

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--bridge",
            paramLabel = "URL",
            description = "A bridge to call, such as ws://host:8080/v1/fork (default: the provider of the settings).")
    private @Nullable String bridge;

    @Mixin
    private BridgeAccess access;

    @Mixin
    private SettingsSources settings;

    @Option(
            names = "--sessions",
            paramLabel = "N",
            defaultValue = "5",
            description = "At the same time, 1 to 2000 (default: ${DEFAULT-VALUE}).")
    private int sessions;

    @Option(
            names = "--duration",
            paramLabel = "TIME",
            defaultValue = "60s",
            converter = Seconds.class,
            description = "In all, 5s to 24h (default: ${DEFAULT-VALUE}).")
    private Duration duration;

    @Option(
            names = "--ramp",
            paramLabel = "TIME",
            defaultValue = "5s",
            converter = Seconds.class,
            description = "Over which the sessions start, 0s to 1h (default: ${DEFAULT-VALUE}).")
    private Duration ramp;

    @Option(
            names = "--pause",
            paramLabel = "MILLIS",
            defaultValue = "1000",
            description = "From the end of an answer to the next question, 0 to 60000 (default: ${DEFAULT-VALUE}).")
    private int pause;

    @Mixin
    private QuestionOptions asking;

    @Option(
            names = "--json",
            paramLabel = "FILE",
            arity = "0..1",
            fallbackValue = STANDARD_OUTPUT,
            description = "Writes the result as JSON; without FILE to standard output, instead of the table.")
    private @Nullable String json;

    @Option(names = "--html", paramLabel = "FILE", description = "Writes a page with plots, which needs no network.")
    private @Nullable Path html;

    /**
     * @param environment of the process, as it is
     * @param terminal whether somebody watches standard error
     */
    public SoakCommand(Map<String, String> environment, boolean terminal) {
        this.environment = Map.copyOf(environment);
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws InterruptedException {
        AudioFormat format = checked();
        Vertx vertx = Vertx.vertx();
        try {
            Question question = asking.question(format);
            if (bridge != null) {
                return againstBridge(vertx, bridge, question);
            }
            BridgeConfig config = settings.read(environment);
            try (ProviderAccess provider = ProviderAccess.open(vertx, config)) {
                var target = new SoakPlan.Target(
                        "provider",
                        config.realtime().url().toString(),
                        config.realtime().model());
                return soak(
                        vertx,
                        plan(target, question),
                        (session, attempt, listener) -> ProviderLine.open(
                                provider.backend(), "soak-" + session + "-" + attempt, format, listener));
            }
        } catch (ConfigException e) {
            return notMeasured(e.problems());
        } catch (RecordingException e) {
            return notMeasured(List.of(e.sentence()));
        } catch (NotMeasured e) {
            return notMeasured(List.of(String.valueOf(e.getMessage())));
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        } finally {
            vertx.close().await();
        }
    }

    private AudioFormat checked() {
        Ranges.whole(spec, "--sessions", sessions, 1, MOST_SESSIONS);
        Ranges.seconds(spec, "--duration", duration, 5, 86_400);
        Ranges.seconds(spec, "--ramp", ramp, 0, 3_600);
        Ranges.whole(spec, "--pause", pause, 0, 60_000);
        if (ramp.compareTo(duration) >= 0) {
            throw new ParameterException(spec.commandLine(), "--ramp must be shorter than --duration");
        }
        if (bridge != null && settings.named()) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--bridge calls a bridge, --config-dir and --env-file are for the provider: give one");
        }
        return asking.checked();
    }

    private int againstBridge(Vertx vertx, String url, Question question) throws NotMeasured, InterruptedException {
        List<ForkCall> calls = access.calls(url, question.format());
        // Call ids of two soaks must not meet on one bridge.
        String run = UUID.randomUUID().toString().substring(0, 8);
        var target = new SoakPlan.Target("bridge", calls.getFirst().place(), "");
        return soak(vertx, plan(target, question), (session, attempt, listener) -> {
            ForkCall call = calls.get((session + attempt * sessions) % calls.size());
            return ForkLine.dial(vertx, call.withCallId("soak-" + run + "-" + session + "-" + attempt), listener);
        });
    }

    private SoakPlan plan(SoakPlan.Target target, Question question) {
        var conversation = new Conversation.Plan(question, 0, true, asking.timeoutMillis(), pause);
        return new SoakPlan(target, conversation, sessions, duration, ramp);
    }

    private int soak(Vertx vertx, SoakPlan plan, Soak.Lines lines) throws NotMeasured, InterruptedException {
        mustBeWritable(html);
        mustBeWritable(json == null || json.equals(STANDARD_OUTPUT) ? null : Path.of(json));
        WarmUp.run(vertx, plan.conversation().question().format());
        Soak soak = new Soak(vertx, plan, lines);
        StopSignal signal = StopSignal.to(soak::stop);
        int exitCode = CommandLine.ExitCode.SOFTWARE;
        try {
            SoakProgress progress = new SoakProgress(spec.commandLine().getErr(), terminal, plan, soak);
            SoakResult result = soak.run(progress::second);
            progress.end();
            exitCode = report(result);
        } finally {
            signal.finished(exitCode);
        }
        return exitCode;
    }

    /** Known before the soak, not after an hour of it. */
    private static void mustBeWritable(@Nullable Path file) throws NotMeasured {
        if (file != null) {
            try {
                Files.writeString(file, "");
            } catch (IOException e) {
                throw new NotMeasured("The file " + file + " cannot be written: check folder and rights");
            }
        }
    }

    private int report(SoakResult result) throws NotMeasured {
        JsonObject document = SoakJson.of(result);
        PrintWriter out = spec.commandLine().getOut();
        try {
            if (STANDARD_OUTPUT.equals(json)) {
                out.println(document.encodePrettily());
            } else {
                SoakTable.print(result, out);
                if (json != null) {
                    Files.writeString(Path.of(json), document.encodePrettily() + "\n");
                }
            }
            out.flush();
            if (html != null) {
                Files.writeString(html, SoakPage.of(document));
                say("the page is " + html.toAbsolutePath());
            }
        } catch (IOException e) {
            throw new NotMeasured("The result cannot be written: " + e.getMessage());
        }
        return result.verdict().exitCode();
    }

    private void say(String line) {
        spec.commandLine().getErr().println("tom soak: " + line);
        spec.commandLine().getErr().flush();
    }

    private int notMeasured(List<String> problems) {
        problems.forEach(this::say);
        say("nothing was measured (exit code 2)");
        return CommandLine.ExitCode.USAGE;
    }
}
