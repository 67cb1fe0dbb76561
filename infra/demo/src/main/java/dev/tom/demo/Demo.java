package dev.tom.demo;

import dev.tom.demo.Timeline.Actor;
import dev.tom.kube.ClusterSettings;
import dev.tom.kube.TestCluster;
import dev.tom.testkit.Await;
import dev.tom.testkit.ProviderOptions;
import dev.tom.testkit.ProviderTurn;
import dev.tom.testkit.RunFailure;
import dev.tom.testkit.ScriptedLlm;
import dev.tom.testkit.ScriptedProvider;
import dev.tom.testkit.Speech;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The story, in order: a window opens, three calls live through what can happen, the window ends, the evidence is gathered. */
final class Demo implements AutoCloseable {

    private static final String WINDOW = "pilot";
    private static final String API_KEY = "sk-demo-0123456789abcdef";
    private static final Duration PREPARATION = Duration.ofSeconds(15);
    /** The last call begins so long before the end that the end finds it in the middle of an answer. */
    private static final Duration LAST_CALL_BEFORE_END = Duration.ofSeconds(12);

    private final DemoSettings settings;
    private final Timeline timeline;
    private final InstantSource clock = InstantSource.system();
    private final Vertx vertx = Vertx.vertx();
    private final ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor();
    private final ScriptedLlm llm = ScriptedLlm.start(vertx, 0);
    private final Certificate certificate;
    private final ProviderSide provider;
    private final ControlPlane controlPlane;
    private final NodeStandIn node;

    Demo(DemoSettings settings, ClusterSettings cluster, Timeline timeline) {
        this.settings = settings;
        this.timeline = timeline;
        this.certificate = Certificate.create(settings.javaHome(), settings.output());
        this.provider = settings.provider()
                .<ProviderSide>map(real ->
                        new ProviderRelay(vertx, real.url(), certificate.keyStore(), certificate.password(), clock))
                .orElseGet(() -> new ScriptedSide(ScriptedProvider.start(vertx, script())));
        timeline.say(Actor.SETUP, "provider: " + provider.description() + " at " + provider.url());
        this.controlPlane = ControlPlane.start(
                settings,
                TestCluster.start(cluster, text -> timeline.say(Actor.SETUP, text)),
                text -> timeline.say(Actor.SETUP, text));
        this.node = new NodeStandIn(
                controlPlane.client(), ControlPlane.NAMESPACE, machine(), text -> timeline.say(Actor.SETUP, text));
    }

    /** Runs it all. */
    Figures run() {
        timeline.act("The window");
        controlPlane.createSecrets(
                settings.provider().map(DemoSettings.RealProvider::apiKey).orElse(API_KEY), "demo-salt-0123456789");
        Instant start = clock.instant().plus(PREPARATION).truncatedTo(ChronoUnit.SECONDS);
        Instant end = start.plusSeconds(settings.windowSeconds());
        try (WindowWatch watch = new WindowWatch(
                controlPlane.client(),
                ControlPlane.NAMESPACE,
                WINDOW,
                clock,
                text -> timeline.say(Actor.OPERATOR, text))) {
            controlPlane.apply(manifest(start));
            timeline.say(
                    Actor.SETUP,
                    "kubectl apply -f testwindow.yaml: from " + start + " for " + settings.windowSeconds() + " s");
            Await.until("ready bridge", Duration.ofSeconds(60), () -> {
                controlPlane.requireAlive();
                return node.hasBridge();
            });
            Await.until("open window", Duration.ofSeconds(60), () -> watch.reached("Open"));

            // The bridge tries the provider when it may: the next session is the first call's.
            Await.until(
                    "background session with the provider",
                    Duration.ofSeconds(10),
                    () -> provider.sessions().size() == 1);
            timeline.act("The calls");
            Calls calls = new Calls(vertx, node.theBridge().telephony(), provider, llm, timeline);
            CompletableFuture<Void> interrupted = CompletableFuture.runAsync(calls::interruptedAndCut, callers);
            CompletableFuture<Void> stalled = CompletableFuture.runAsync(calls::stalled, callers);
            waitUntil(end.minus(LAST_CALL_BEFORE_END));
            CompletableFuture<Void> last = CompletableFuture.runAsync(() -> calls.overTheEnd(end), callers);
            join(CompletableFuture.allOf(interrupted, stalled, last));

            timeline.act("The end");
            Evidence evidence = new Evidence(controlPlane, node.theBridge(), provider, watch, WINDOW, end);
            Await.until("closed window", Duration.ofSeconds(30), () -> watch.reached("Closed"));
            Figures figures = evidence.gather(calls, settings);
            calls.save(settings.output());
            evidence.report().ifPresent(report -> timeline.say(Actor.OPERATOR, "report:\n" + report.indent(4)));
            return figures;
        }
    }

    @Override
    public void close() {
        node.close();
        controlPlane.close();
        provider.close();
        llm.close();
        callers.shutdownNow();
        vertx.close().await();
    }

    private ProviderOptions script() {
        ProviderOptions standard = ProviderOptions.standard(API_KEY);
        // Deltas only a little faster than real time, so that a cut finds an answer that is not yet delivered.
        return new ProviderOptions(
                        0,
                        API_KEY,
                        Optional.empty(),
                        standard.setupMillis(),
                        standard.chunkMillis(),
                        150,
                        false,
                        List.of(
                                ProviderTurn.of(Speech.CALLER_APPOINTMENT, Speech.ANSWER_CHOICE),
                                ProviderTurn.of(Speech.CALLER_INTERRUPT, Speech.ANSWER_TUESDAY)))
                .withTls(certificate.keyStore(), certificate.password());
    }

    private PodProcesses.Machine machine() {
        return new PodProcesses.Machine(
                List.of(
                        settings.java(),
                        "-jar",
                        settings.root().resolve("media-bridge/target/tom.jar").toString()),
                Map.of("JAVA_TOOL_OPTIONS", certificate.trustOptions()),
                Map.of("speech-models", settings.models()),
                settings.output().resolve("node"),
                settings.output());
    }

    private Path manifest(Instant start) {
        try {
            String text = Files.readString(settings.root().resolve("infra/demo/testwindow.yaml"))
                    .replace("${start}", start.toString())
                    .replace("${durationSeconds}", String.valueOf(settings.windowSeconds()))
                    .replace("${providerUrl}", provider.url().toString())
                    .replace(
                            "${model}",
                            settings.provider()
                                    .map(DemoSettings.RealProvider::model)
                                    .orElse("gpt-realtime-2.1"))
                    .replace("${llmUrl}", llm.url().toString());
            return Files.writeString(settings.output().resolve("testwindow.yaml"), text);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write the window's manifest", e);
        }
    }

    /** A call that failed ends the demo with its own sentence. */
    private static void join(CompletableFuture<Void> calls) {
        try {
            calls.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RunFailure failure ? failure : e;
        }
    }

    private void waitUntil(Instant moment) {
        Await.pause(Math.max(0, Duration.between(clock.instant(), moment).toMillis()));
    }
}
