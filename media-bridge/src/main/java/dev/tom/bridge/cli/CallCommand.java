package dev.tom.bridge.cli;

import dev.tom.bridge.audio.AudioFormat;
import dev.tom.bridge.caller.ForkCall;
import dev.tom.bridge.caller.PhoneCall;
import dev.tom.bridge.caller.Question;
import dev.tom.bridge.caller.RecordingException;
import dev.tom.bridge.caller.WarmUp;
import dev.tom.bridge.caller.WavFile;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code tom call}: calls a bridge, says something, keeps what came back. */
@Command(
        name = "call",
        description = {
            "Calls a bridge as FreeSWITCH's mod_audio_fork does: plays a WAV file in real time, prints what happens when, and"
                    + " saves the call as stereo WAV (left: the caller, right: what the caller heard).",
            "Answers pass the buffers of a switch before they are heard, killAudio empties them, marks are answered."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:the question was answered",
            "1:no answer was heard",
            "2:the call was refused or nobody took it; wrong usage or files"
        })
@SuppressWarnings("NullAway.Init") // picocli fills the fields before call()
public final class CallCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Parameters(
            arity = "0..1",
            paramLabel = "WAV",
            description =
                    "What the caller says, PCM or G.711, resampled as needed (default: a bundled German question of"
                            + " two seconds).")
    private @Nullable Path wav;

    @Option(
            names = "--url",
            paramLabel = "URL",
            defaultValue = "ws://127.0.0.1:8080/v1/fork",
            description = "The bridge (default: ${DEFAULT-VALUE}).")
    private String url;

    @Mixin
    private BridgeAccess access;

    @Option(
            names = "--rate",
            paramLabel = "HZ",
            defaultValue = "8000",
            description = "Of the telephone leg, 8000 or 16000 (default: ${DEFAULT-VALUE}).")
    private int rate;

    @Option(
            names = "--wait",
            paramLabel = "TIME",
            defaultValue = "8s",
            converter = Seconds.class,
            description = "From the last word to hanging up, 1s to 10m (default: ${DEFAULT-VALUE}).")
    private Duration wait;

    @Option(
            names = "--interrupt-after",
            paramLabel = "MILLIS",
            description = "Says the same again, once, when so much of the answer was heard, 0 to 60000.")
    private @Nullable Integer interruptAfter;

    @Option(
            names = {"-o", "--out"},
            paramLabel = "FILE",
            defaultValue = "call.wav",
            description = "The recording of the call (default: ${DEFAULT-VALUE}).")
    private Path out;

    @Option(names = "--json", description = "Prints JSON instead of lines; times in milliseconds.")
    private boolean json;

    @Override
    public Integer call() {
        AudioFormat format = Ranges.rate(spec, rate);
        Ranges.seconds(spec, "--wait", wait, 1, 600);
        if (interruptAfter != null) {
            Ranges.whole(spec, "--interrupt-after", interruptAfter, 0, 60_000);
        }
        try {
            ForkCall call = access.calls(url, format)
                    .getFirst()
                    .withCallId("call-" + UUID.randomUUID().toString().substring(0, 8));
            var plan = new PhoneCall.Plan(
                    call,
                    Question.of(Optional.ofNullable(wav), format),
                    (int) wait.toMillis(),
                    interruptAfter == null ? OptionalLong.empty() : OptionalLong.of(interruptAfter));
            return call(plan);
        } catch (RecordingException e) {
            return refused(e.sentence());
        } catch (NotMeasured e) {
            return refused(String.valueOf(e.getMessage()));
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        }
    }

    private int call(PhoneCall.Plan plan) throws NotMeasured {
        PrintWriter lines =
                json ? spec.commandLine().getErr() : spec.commandLine().getOut();
        Vertx vertx = Vertx.vertx();
        WarmUp.run(vertx, plan.question().format());
        CompletableFuture<PhoneCall> made = new CompletableFuture<>();
        vertx.getOrCreateContext()
                .runOnContext(_ -> made.complete(PhoneCall.make(vertx, plan, happening -> {
                    lines.printf(Locale.ROOT, "%8.3f s  %s%n", happening.atMillis() / 1_000.0, happening.sentence());
                    lines.flush();
                })));
        StopSignal signal = StopSignal.to(() -> made.join().hangUp());
        int exitCode = CommandLine.ExitCode.SOFTWARE;
        try {
            PhoneCall.Outcome outcome = made.thenCompose(PhoneCall::outcome).join();
            exitCode = report(plan, outcome);
        } finally {
            vertx.close().await();
            signal.finished(exitCode);
        }
        return exitCode;
    }

    private int report(PhoneCall.Plan plan, PhoneCall.Outcome outcome) throws NotMeasured {
        if (outcome.refused().isPresent()) {
            return refused(outcome.refused().get().sentence());
        }
        save(outcome);
        int exitCode = outcome.answer().isPresent() ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
        PrintWriter result = spec.commandLine().getOut();
        if (json) {
            result.println(document(plan, outcome, exitCode).encodePrettily());
        } else {
            result.println(outcome.answer()
                    .map(answer -> "answered after " + answer.e2eMillis() + " ms; the call is in " + out)
                    .orElse("no answer was heard; the call is in " + out));
        }
        result.flush();
        return exitCode;
    }

    private void save(PhoneCall.Outcome outcome) throws NotMeasured {
        try {
            Files.write(out, WavFile.stereo(rate, outcome.said(), outcome.heard()));
        } catch (IOException e) {
            throw new NotMeasured("The recording " + out + " cannot be written: check folder and rights");
        }
    }

    private JsonObject document(PhoneCall.Plan plan, PhoneCall.Outcome outcome, int exitCode) {
        JsonArray timeline = new JsonArray();
        outcome.timeline()
                .forEach(happening -> timeline.add(new JsonObject()
                        .put("atMillis", happening.atMillis())
                        .put("what", happening.what())
                        .put("sentence", happening.sentence())));
        JsonObject json = new JsonObject()
                .put("tool", "tom call")
                .put("bridge", plan.call().place())
                .put("callId", String.valueOf(plan.call().metadata().getValue("callId")))
                .put("rate", rate)
                .put("question", plan.question().name())
                .put("answered", outcome.answer().isPresent())
                .put("recording", out.toString())
                .put("timeline", timeline)
                .put("exitCode", exitCode);
        outcome.answer()
                .ifPresent(answer ->
                        json.put("e2eMillis", answer.e2eMillis()).put("firstAudioMillis", answer.audioMillis()));
        outcome.killMillis().ifPresent(millis -> json.put("killAudioMillis", millis));
        return json;
    }

    private int refused(String sentence) {
        spec.commandLine().getErr().println("tom call: " + sentence);
        spec.commandLine().getErr().flush();
        return CommandLine.ExitCode.USAGE;
    }
}
