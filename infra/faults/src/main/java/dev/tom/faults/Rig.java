package dev.tom.faults;

import dev.tom.testkit.Await;
import dev.tom.testkit.ChildProcess;
import dev.tom.testkit.Probe;
import dev.tom.testkit.ProviderOptions;
import dev.tom.testkit.ProviderTurn;
import dev.tom.testkit.RunFailure;
import dev.tom.testkit.ScriptedLlm;
import dev.tom.testkit.ScriptedProvider;
import dev.tom.testkit.Speech;
import dev.tom.testkit.Wav;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A bridge and its speech worker as processes of their own, between a scripted provider and a scripted language model. */
final class Rig implements AutoCloseable {

    private static final String KEY = "sk-fault-matrix";
    private static final Duration READY_WITHIN = Duration.ofSeconds(90);
    private static final Duration HTTP_WITHIN = Duration.ofSeconds(10);
    /** What the language model answers: short, and never a word of a question. */
    private static final String LOCAL_ANSWER = "Das mache ich gern.";

    private final HttpClient http = HttpClient.newHttpClient();
    private final Vertx vertx = Vertx.vertx();
    private final ScriptedProvider provider;
    private final ScriptedLlm llm;
    private final ChildProcess worker;
    private final ChildProcess bridge;
    private final int workerPort = freePort();
    private final int phonePort = freePort();
    private final int adminPort = freePort();

    /**
     * @param root of the project
     * @param models folder of the speech models
     * @param output for logs and cost records
     */
    Rig(Path root, Path models, Path output) {
        provider = ScriptedProvider.start(
                vertx,
                ProviderOptions.standard(KEY)
                        .withScript(
                                ProviderTurn.of(Cell.FIRST_QUESTION, Cell.PROVIDER_ANSWER),
                                ProviderTurn.of(Cell.LAST_QUESTION, Speech.ANSWER_HOURS)));
        llm = ScriptedLlm.start(vertx, 0);
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        List<String> program = List.of(
                java,
                "--enable-native-access=ALL-UNNAMED",
                "-jar",
                root.resolve("media-bridge/target/tom.jar").toString());
        worker = ChildProcess.start(
                "speech worker",
                with(program, "speech-worker", "--models", models.toString(), "--port", String.valueOf(workerPort)),
                Map.of(),
                output.resolve("worker"),
                output.resolve("worker.log"));
        bridge = ChildProcess.start(
                "bridge", with(program, "bridge"), settings(), output.resolve("bridge"), output.resolve("bridge.log"));
    }

    private Map<String, String> settings() {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("REALTIME_BACKEND", "provider");
        settings.put("ALLOW_EGRESS", "true");
        settings.put("EGRESS_UNTIL", Instant.now().plus(Duration.ofHours(6)).toString());
        settings.put("REALTIME_WS_URL", provider.url().toString());
        settings.put("REALTIME_API_KEY", KEY);
        settings.put("SPEECH_WORKER_URL", "http://127.0.0.1:" + workerPort);
        settings.put("LOCAL_LLM_URL", llm.url().toString());
        settings.put("TELEPHONY_HOST", "127.0.0.1");
        settings.put("TELEPHONY_PORT", String.valueOf(phonePort));
        settings.put("ADMIN_HOST", "127.0.0.1");
        settings.put("ADMIN_PORT", String.valueOf(adminPort));
        settings.put("PHONE_HASH_SALT", "fault-matrix");
        // Each call is judged by itself; what the pod makes of many errors has scenarios of its own.
        settings.put("FALLBACK_ERROR_BURST", "10000");
        settings.put("FALLBACK_COOLDOWN_SEC", "1");
        return settings;
    }

    void awaitReady() {
        Probe ready = new Probe(admin("/readyz"));
        boolean answered = Await.holdsWithin(READY_WITHIN, () -> {
            requireAlive();
            return ready.succeeds();
        });
        if (!answered) {
            throw new RunFailure("the bridge was not ready within " + READY_WITHIN.toSeconds() + " s; its last lines:\n"
                    + bridge.tail());
        }
    }

    /** Waits until a call that begins now is taken to the provider. */
    void awaitProviderRoute() {
        Await.until("way to the provider for new calls", Duration.ofSeconds(30), () -> {
            requireAlive();
            return "provider".equals(new JsonObject(get(admin("/status"))).getString("backend"));
        });
    }

    void requireAlive() {
        bridge.requireAlive();
        worker.requireAlive();
    }

    Vertx vertx() {
        return vertx;
    }

    ScriptedProvider provider() {
        return provider;
    }

    ScriptedLlm llm() {
        return llm;
    }

    /** Gives the next answer of the language model a text of its own. */
    void scriptLocalAnswers(int count) {
        for (int i = 0; i < count; i++) {
            llm.script(LOCAL_ANSWER);
        }
    }

    URI phone() {
        return URI.create("ws://127.0.0.1:" + phonePort + "/v1/fork");
    }

    Counters counters() {
        return Counters.parse(get(admin("/metrics")));
    }

    /** What the recognizer makes of words that reach it whole. */
    String recognize(Wav words) {
        short[] samples = words.atRate(8_000).samples();
        ByteBuffer body = ByteBuffer.allocate(2 * samples.length).order(ByteOrder.LITTLE_ENDIAN);
        for (short sample : samples) {
            body.putShort(sample);
        }
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + workerPort + "/v1/recognize?rate=8000&language=de"))
                .timeout(HTTP_WITHIN)
                .POST(HttpRequest.BodyPublishers.ofByteArray(body.array()))
                .build();
        return new JsonObject(send(request)).getString("text", "");
    }

    @Override
    public void close() {
        bridge.close();
        worker.close();
        provider.close();
        llm.close();
        vertx.close().await();
    }

    private URI admin(String path) {
        return URI.create("http://127.0.0.1:" + adminPort + path);
    }

    private String get(URI url) {
        return send(HttpRequest.newBuilder(url).timeout(HTTP_WITHIN).build());
    }

    private String send(HttpRequest request) {
        try {
            return http.send(request, HttpResponse.BodyHandlers.ofString()).body();
        } catch (IOException e) {
            requireAlive();
            throw new RunFailure(request.uri() + " does not answer: " + e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RunFailure("interrupted");
        }
    }

    private static List<String> with(List<String> program, String... arguments) {
        return java.util.stream.Stream.concat(program.stream(), java.util.stream.Stream.of(arguments))
                .toList();
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new RunFailure("no free port: " + e.getMessage());
        }
    }
}
