package dev.tom.bridge.cli;

import dev.tom.bridge.audio.AudioFormat;
import dev.tom.bridge.caller.Conversation;
import dev.tom.bridge.caller.Line;
import dev.tom.bridge.caller.ProviderLine;
import dev.tom.bridge.caller.Question;
import dev.tom.bridge.caller.RecordingException;
import dev.tom.bridge.caller.Turn;
import dev.tom.bridge.caller.WarmUp;
import dev.tom.bridge.config.BridgeConfig;
import dev.tom.bridge.config.ConfigException;
import dev.tom.bridge.speech.FailureReason;
import dev.tom.bridge.speech.TokenUsage;
import dev.tom.bridge.speech.realtime.RealtimeBackend;
import io.vertx.core.Vertx;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code tom probe}: asks the provider a question, a few times, and says how long the answer took. */
@Command(
        name = "probe",
        description = {
            "Asks the realtime provider a short question and measures how fast it answers, with the bridge's own settings and link:"
                    + " the caller's audio goes out in real time, the time counts from the last voiced sample to the first"
                    + " sound of the answer.",
            "Needs provider use to be allowed, as a bridge does (ALLOW_EGRESS, EGRESS_UNTIL). Every session costs what"
                    + " a short question and the beginning of its answer cost."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false,
        exitCodeListHeading =
                "%nExit codes, by the median E2E time; a failed session counts as slower than all others:%n",
        exitCodeList = {
            "0:below 500 ms",
            "1:from 500 to below 800 ms",
            "2:800 ms or more, or failed; also wrong usage or settings, then the last line on standard error says that"
                    + " nothing was measured or done"
        })
@SuppressWarnings("NullAway.Init") // picocli fills the fields before call()
public final class ProbeCommand implements Callable<Integer> {

    private final Map<String, String> environment;

    @Spec
    private CommandSpec spec;

    @Mixin
    private SettingsSources settings;

    @Option(
            names = "--count",
            paramLabel = "N",
            defaultValue = "3",
            description = "Sessions, one after the other, 1 to 20 (default: ${DEFAULT-VALUE}).")
    private int count;

    @Mixin
    private QuestionOptions asking;

    @Option(names = "--json", description = "Prints JSON instead of a table; times in milliseconds.")
    private boolean json;

    /** @param environment of the process, as it is */
    public ProbeCommand(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
    }

    @Override
    public Integer call() {
        Ranges.whole(spec, "--count", count, 1, 20);
        AudioFormat format = asking.checked();
        try {
            return probe(settings.read(environment), asking.question(format));
        } catch (ConfigException e) {
            return notMeasured(e.problems());
        } catch (RecordingException e) {
            return notMeasured(List.of(e.sentence()));
        } catch (NotMeasured e) {
            return notMeasured(List.of(String.valueOf(e.getMessage())));
        }
    }

    private int probe(BridgeConfig config, Question question) throws NotMeasured {
        Vertx vertx = Vertx.vertx();
        try (ProviderAccess access = ProviderAccess.open(vertx, config)) {
            WarmUp.run(vertx, question.format());
            ProbeReport report = new ProbeReport(config.realtime(), question, attempts(vertx, access, question));
            PrintWriter out = spec.commandLine().getOut();
            if (json) {
                out.println(report.json().encodePrettily());
                out.flush();
            } else {
                report.print(out);
            }
            return report.verdict().exitCode();
        } finally {
            vertx.close().await();
        }
    }

    private List<ProbeReport.Attempt> attempts(Vertx vertx, ProviderAccess access, Question question) {
        List<ProbeReport.Attempt> attempts = new ArrayList<>();
        for (int number = 1; number <= count; number++) {
            ProbeReport.Attempt attempt = attempt(vertx, access.backend(), question, number);
            attempts.add(attempt);
            say("session " + number + " of " + count + ": "
                    + attempt.failure()
                            .map(Line.Ending::sentence)
                            .orElseGet(() -> attempt.e2eMillis().orElseThrow() + " ms"));
            if (attempt.failure()
                    .map(Line.Ending::reason)
                    .filter(ProbeCommand::hopeless)
                    .isPresent()) {
                break;
            }
        }
        return attempts;
    }

    /** Whether the next session would meet the same. */
    private static boolean hopeless(String reason) {
        return reason.equals(FailureReason.UNAUTHORIZED.label()) || reason.equals(FailureReason.EGRESS_CLOSED.label());
    }

    private ProbeReport.Attempt attempt(Vertx vertx, RealtimeBackend backend, Question question, int number) {
        CompletableFuture<ProbeReport.Attempt> done = new CompletableFuture<>();
        Conversation.Plan plan = new Conversation.Plan(question, 1, false, asking.timeoutMillis(), 0);
        vertx.getOrCreateContext()
                .runOnContext(_ -> new Conversation(
                        vertx,
                        plan,
                        listener -> ProviderLine.open(backend, "probe-" + number, question.format(), listener),
                        new Noting(done)));
        return done.join();
    }

    /** Every way of a conversation ends in bounded time: connecting, setting up and waiting have time limits of their own. */
    private static final class Noting implements Conversation.Observer {
        private final CompletableFuture<ProbeReport.Attempt> done;
        private OptionalLong connected = OptionalLong.empty();
        private OptionalLong ready = OptionalLong.empty();
        private Optional<Turn.Answered> answered = Optional.empty();
        private Optional<Line.Ending> failure = Optional.empty();

        Noting(CompletableFuture<ProbeReport.Attempt> done) {
            this.done = done;
        }

        @Override
        public void connected(long millis) {
            connected = OptionalLong.of(millis);
        }

        @Override
        public void ready(long millis) {
            ready = OptionalLong.of(millis);
        }

        @Override
        public void turn(Turn turn) {
            switch (turn) {
                case Turn.Answered measured -> answered = Optional.of(measured);
                case Turn.Failed(var ending) -> failure = Optional.of(ending);
            }
        }

        @Override
        public void used(TokenUsage usage) {
            // A probe hangs up at the first sound, before the provider says what it charges.
        }

        @Override
        public void over(Optional<Line.Ending> ending) {
            done.complete(new ProbeReport.Attempt(
                    connected, ready, answered, answered.isPresent() ? Optional.empty() : failure.or(() -> ending)));
        }
    }

    private void say(String line) {
        spec.commandLine().getErr().println("tom probe: " + line);
        spec.commandLine().getErr().flush();
    }

    private int notMeasured(List<String> problems) {
        problems.forEach(this::say);
        say("nothing was measured (exit code 2)");
        return picocli.CommandLine.ExitCode.USAGE;
    }
}
