package dev.tom.bridge.worker;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpServer;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code tom speech-worker}: loads the models, then serves until it is told to end. Exit 1 with one sentence when it cannot. */
@Command(
        name = "speech-worker",
        description =
                "Recognizes and speaks for bridges on this machine or in this pod. Prints its progress and the address it listens on.",
        mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init") // picocli fills the fields before call()
public final class SpeechWorkerCommand implements Callable<Integer> {

    private static final long STOP_MILLIS = 6_000;

    private final CountDownLatch end = new CountDownLatch(1);
    private final CountDownLatch stopped = new CountDownLatch(1);

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--models",
            required = true,
            paramLabel = "DIR",
            description = "Folder filled by infra/models/fetch.")
    private Path models;

    @Option(
            names = "--host",
            defaultValue = "127.0.0.1",
            description = "Address to listen on (default: ${DEFAULT-VALUE}).")
    private String host;

    @Option(
            names = "--port",
            defaultValue = "8090",
            description = "Port to listen on, 0 for a free one (default: ${DEFAULT-VALUE}).")
    private int port;

    @Option(
            names = "--threads",
            defaultValue = "0",
            paramLabel = "N",
            description = {"Native threads of one recognition, 1 to 8", "(default: 2, on fewer than four cores 1)."})
    private int threads;

    @Option(
            names = "--recognitions",
            defaultValue = "0",
            paramLabel = "N",
            description = {
                "Recognitions at the same time, 1 to 8; 55 MB each",
                "(default: what the cores carry, at most 4)."
            })
    private int recognitions;

    public static void main(String[] args) {
        System.exit(new CommandLine(new SpeechWorkerCommand()).execute(args));
    }

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        try {
            serve(settings(), line -> {
                out.println("speech-worker: " + line);
                out.flush();
            });
            return 0;
        } catch (ModelProblem | IllegalArgumentException e) {
            spec.commandLine().getErr().println("speech-worker: " + e.getMessage());
            spec.commandLine().getErr().flush();
            return 1;
        }
    }

    private WorkerSettings settings() {
        int cores = Runtime.getRuntime().availableProcessors();
        int each = threads == 0 ? WorkerSettings.defaultThreads(cores) : threads;
        return new WorkerSettings(
                models,
                host,
                port,
                each,
                recognitions == 0 ? WorkerSettings.defaultRecognitions(cores, each) : recognitions);
    }

    private void serve(WorkerSettings settings, java.util.function.Consumer<String> progress) throws ModelProblem {
        long start = System.nanoTime();
        ModelFolder folder = ModelFolder.find(settings.models());
        NativeScratch.removeLeftovers();
        Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
        try {
            WorkerServer server = new WorkerServer(vertx);
            HttpServer listening = listen(server, settings);
            Engines engines = Engines.load(folder, settings, progress);
            NativeScratch.claim();
            server.ready(engines);
            progress.accept(String.format(
                    Locale.ROOT,
                    "ready on http://%s:%d after %.1f s (%d recognitions at once, %d threads each; voices: %s)",
                    settings.host(),
                    listening.actualPort(),
                    (System.nanoTime() - start) / 1e9,
                    settings.recognitions(),
                    settings.threads(),
                    String.join(", ", engines.piper().names())));
            awaitEnd();
            server.stopping("the speech worker is stopping; ask again when it is back");
            progress.accept("stopping");
            engines.close();
        } finally {
            vertx.close();
            stopped.countDown();
        }
    }

    /** Waits for SIGTERM or SIGINT; the JVM then waits shortly for the engines to end their work. */
    private void awaitEnd() {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            end.countDown();
            try {
                stopped.await(STOP_MILLIS, TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            NativeScratch.remove();
        }));
        try {
            end.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static HttpServer listen(WorkerServer server, WorkerSettings settings) throws ModelProblem {
        String address = settings.host() + ":" + settings.port();
        try {
            return server.listen(settings.host(), settings.port())
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get(10, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new ModelProblem(
                    "cannot listen on " + address + " (" + e.getMessage() + "); choose another --port or --host", e);
        } catch (TimeoutException e) {
            throw new ModelProblem("cannot listen on " + address + " within 10 s; choose another --host", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ModelProblem("interrupted at the start", e);
        }
    }
}
