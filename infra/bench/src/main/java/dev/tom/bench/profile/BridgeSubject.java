package dev.tom.bench.profile;

import dev.tom.testkit.Await;
import dev.tom.testkit.RunFailure;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The real bridge as the pod runs it, with everything on: authentication, hashes, ledger, metrics, the local pipeline behind it. */
record BridgeSubject(Child process, int port, int adminPort, String authorization, Path gcLog, Child worker)
        implements Subject {

    private static final Duration READY_WITHIN = Duration.ofSeconds(60);

    /**
     * Starts it and waits until it is ready.
     *
     * @param until end of egress
     */
    static BridgeSubject start(Rig rig, int providerPort, int calls, Instant until) {
        Child worker = rig.helper("worker", List.of("worker"));
        int port = Rig.freePort();
        int adminPort = Rig.freePort();
        String credentials = "bench:" + UUID.randomUUID();
        Path gcLog = rig.output().resolve("bridge-gc.log");
        List<String> command = new ArrayList<>(List.of(rig.java()));
        command.addAll(rig.jvm());
        command.add("-Xlog:gc:file=" + gcLog);
        command.addAll(List.of(
                "-jar",
                rig.root().resolve("media-bridge/target/tom.jar").toString(),
                "bridge",
                "--grace-seconds",
                "2"));
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("REALTIME_BACKEND", "provider");
        settings.put("ALLOW_EGRESS", "true");
        settings.put("EGRESS_UNTIL", until.truncatedTo(ChronoUnit.MILLIS).toString());
        settings.put("REALTIME_WS_URL", "ws://127.0.0.1:" + providerPort + "/v1/realtime");
        settings.put("REALTIME_API_KEY", "bench");
        settings.put("SPEECH_WORKER_URL", "http://127.0.0.1:" + worker.line().getInteger("port"));
        settings.put("FALLBACK_ERROR_BURST", "10000");
        settings.put("TELEPHONY_HOST", "127.0.0.1");
        settings.put("TELEPHONY_PORT", Integer.toString(port));
        settings.put("TELEPHONY_AUTH", "basic");
        settings.put("TELEPHONY_AUTH_SECRET", credentials);
        settings.put("PHONE_HASH_SALT", UUID.randomUUID().toString());
        settings.put("MAX_CALLS", Integer.toString(calls + 10));
        settings.put("ADMIN_HOST", "127.0.0.1");
        settings.put("ADMIN_PORT", Integer.toString(adminPort));
        settings.put("COST_LOG_DIR", rig.output().resolve("cost").toString());
        settings.put("WINDOW_NAME", "bench");
        Child bridge = Child.start("bridge", rig.subjectCores(), command, settings, rig.log("bridge"));
        String basic = "Basic " + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8));
        BridgeSubject subject = new BridgeSubject(bridge, port, adminPort, basic, gcLog, worker);
        subject.awaitReady();
        return subject;
    }

    @Override
    public String name() {
        return "bridge";
    }

    @Override
    public String path() {
        return "/v1/fork?rate=8000";
    }

    /** One of the admin pages. */
    String page(String path) {
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(request(path), HttpResponse.BodyHandlers.ofString())
                    .body();
        } catch (IOException e) {
            throw new RunFailure("the bridge's page " + path + " cannot be read: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RunFailure("interrupted");
        }
    }

    private HttpRequest request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + adminPort + path))
                .build();
    }

    private void awaitReady() {
        try (HttpClient http = HttpClient.newHttpClient()) {
            Await.until("readiness of the bridge", READY_WITHIN, () -> {
                process.requireAlive();
                try {
                    return http.send(request("/readyz"), HttpResponse.BodyHandlers.discarding())
                                    .statusCode()
                            == 200;
                } catch (IOException e) {
                    return false;
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    throw new RunFailure("interrupted");
                }
            });
        }
    }

    @Override
    public void close() {
        process.close();
        worker.close();
    }
}
