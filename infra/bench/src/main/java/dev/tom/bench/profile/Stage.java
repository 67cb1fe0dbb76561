package dev.tom.bench.profile;

import dev.tom.bench.side.Callers;
import dev.tom.bench.side.Provider;
import dev.tom.testkit.Await;
import dev.tom.testkit.RunFailure;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.IntFunction;

/** Provider, subject and callers, up and connected: what every profile runs on. */
final class Stage implements AutoCloseable {

    /** Between two looks at callers while they are measured: a look costs them something. */
    static final long LOOK_MILLIS = 100;

    private static final Duration CONNECTED_WITHIN = Duration.ofSeconds(60);
    private static final Duration FAR_AWAY = Duration.ofHours(6);

    private final Child provider;
    private final Subject subject;
    private final Child callers;

    private Stage(Child provider, Subject subject, Child callers) {
        this.provider = provider;
        this.subject = subject;
        this.callers = callers;
    }

    /**
     * What goes on.
     *
     * @param calls how many
     * @param lifeSeconds see {@link Callers.Script}
     */
    record Play(int calls, Callers.Manner manner, Provider.Script answers, int cycleFrames, int lifeSeconds) {

        /** Three seconds of answer in each five: 60 %. */
        static Play talk(int calls) {
            return new Play(calls, Callers.Manner.TALK, new Provider.Script(150, 10, 15, 3), 250, 0);
        }

        /** Long answers into which every caller speaks. */
        static Play interrupt(int calls) {
            return new Play(calls, Callers.Manner.INTERRUPT, new Provider.Script(500, 10, 15, 3), 250, 0);
        }

        /** Long answers that are cut off. */
        static Play cut(int calls) {
            return new Play(calls, Callers.Manner.CUT, new Provider.Script(300, 10, 15, 3), 500, 0);
        }

        Play renewedAfter(int seconds) {
            return new Play(calls, manner, answers, cycleFrames, seconds);
        }
    }

    static Stage relay(Rig rig, Play play, boolean protocol) {
        return start(rig, play, providerPort -> RelaySubject.start(rig, providerPort, protocol));
    }

    static Stage bridge(Rig rig, Play play) {
        return bridge(rig, play, Instant.now().plus(FAR_AWAY));
    }

    static Stage bridge(Rig rig, Play play, Instant egressUntil) {
        return start(rig, play, port -> BridgeSubject.start(rig, port, play.calls(), egressUntil));
    }

    private static Stage start(Rig rig, Play play, IntFunction<Subject> subjects) {
        Provider.Script answers = play.answers();
        Child provider = rig.helper(
                "provider",
                List.of(
                        "provider",
                        "--answer-frames",
                        Integer.toString(answers.answerFrames()),
                        "--head-frames",
                        Integer.toString(answers.headFrames()),
                        "--silence-frames",
                        Integer.toString(answers.silenceFrames()),
                        "--think-frames",
                        Integer.toString(answers.thinkFrames())));
        Subject subject = subjects.apply(provider.line().getInteger("port"));
        Child callers = rig.helper(
                "callers",
                List.of(
                        "callers",
                        "--port",
                        Integer.toString(subject.port()),
                        "--path",
                        subject.path(),
                        "--authorization",
                        subject.authorization(),
                        "--calls",
                        Integer.toString(play.calls()),
                        "--manner",
                        play.manner().name(),
                        "--cycle-frames",
                        Integer.toString(play.cycleFrames()),
                        "--answer-frames",
                        Integer.toString(answers.answerFrames()),
                        "--life-seconds",
                        Integer.toString(play.lifeSeconds())));
        Stage stage = new Stage(provider, subject, callers);
        stage.awaitCalls(play.calls());
        return stage;
    }

    Subject subject() {
        return subject;
    }

    Child callers() {
        return callers;
    }

    Child provider() {
        return provider;
    }

    private void awaitCalls(int calls) {
        boolean connected = Await.holdsWithin(CONNECTED_WITHIN, LOOK_MILLIS, () -> {
            subject.process().requireAlive();
            return callers.tell("look").getInteger("open") >= calls
                    && provider.tell("look").getInteger("open") >= calls;
        });
        if (!connected) {
            JsonObject now = callers.tell("look");
            throw new RunFailure("of " + calls + " calls only " + now.getInteger("open") + " were taken by the "
                    + subject.name() + ", and " + provider.tell("look").getInteger("open")
                    + " sessions reached the provider; " + now.getString("first refusal"));
        }
    }

    /** Warms up, then measures; what both sides saw and what the subject used. */
    JsonObject measure(int calls, double warmUpSeconds, double seconds) {
        Await.pause(Math.round(1_000 * warmUpSeconds));
        try (JvmProbe probe = JvmProbe.of(subject)) {
            callers.tell("begin");
            provider.tell("begin");
            JvmProbe.Used before = probe.used();
            long callersCpu = JvmProbe.cpuNanos(callers.pid());
            long providerCpu = JvmProbe.cpuNanos(provider.pid());
            long start = System.nanoTime();
            Await.pause(Math.round(1_000 * seconds));
            JvmProbe.Used after = probe.used();
            double took = (System.nanoTime() - start) / 1e9;
            callersCpu = JvmProbe.cpuNanos(callers.pid()) - callersCpu;
            providerCpu = JvmProbe.cpuNanos(provider.pid()) - providerCpu;
            JsonObject heard = callers.tell("end");
            JsonObject served = provider.tell("end");
            List<Double> pauses = probe.pausesSince(before);
            double callSeconds = calls * took;
            return new JsonObject()
                    .put("subject", subject.name())
                    .put("calls", calls)
                    .put("seconds", took)
                    .put("cpuMicrosPerCallSecond", (after.cpuNanos() - before.cpuNanos()) / 1e3 / callSeconds)
                    .put("cpuShareOfCore", (after.cpuNanos() - before.cpuNanos()) / 1e9 / took)
                    .put("callersShareOfCore", callersCpu / 1e9 / took)
                    .put("providerShareOfCore", providerCpu / 1e9 / took)
                    .put(
                            "allocatedBytesPerCallSecond",
                            (after.allocatedBytes() - before.allocatedBytes()) / callSeconds)
                    .put("rssMegabytes", probe.rssBytes() / 1e6)
                    .put("gcPausesMillis", new JsonArray(pauses))
                    .put("callers", heard)
                    .put("provider", served);
        }
    }

    @Override
    public void close() {
        if (callers.isAlive()) {
            callers.tell("hangup");
            Await.pause(500);
        }
        callers.close();
        subject.close();
        provider.close();
    }
}
