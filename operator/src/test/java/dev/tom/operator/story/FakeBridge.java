package dev.tom.operator.story;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A bridge as the operator sees it: {@code /status} over real HTTP, and a lease that ends by the bridge's own clock. It knows what its folder
 * was last projected from, and nothing else.
 */
final class FakeBridge implements AutoCloseable {

    private static final Duration CLOSES_EARLY = Duration.ofMillis(100);
    private static final int PORT = 8085;

    private final String window;
    private final String pod;
    private final InstantSource clock;
    private final HttpServer server;
    private final Instant startedAt;
    private final AtomicInteger asked = new AtomicInteger();
    private volatile Map<String, String> folder;
    private volatile int calls;
    private volatile boolean clings;
    private volatile boolean mute;
    private volatile boolean reaches = true;
    private volatile boolean reached;
    private volatile String canary = "timeout";
    private volatile String costLog = "{\"state\":\"writable\",\"ok\":true,\"sentence\":\"\"}";

    FakeBridge(String window, String pod, String address, Map<String, String> folder, InstantSource clock)
            throws IOException {
        this.window = window;
        this.pod = pod;
        this.clock = clock;
        this.folder = folder;
        startedAt = clock.instant();
        server = HttpServer.create(new InetSocketAddress(address, PORT), 8);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/status", exchange -> {
            try (exchange) {
                asked.incrementAndGet();
                if (mute) {
                    exchange.sendResponseHeaders(503, -1);
                    return;
                }
                byte[] body = status().getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(200, body.length);
                exchange.getResponseBody().write(body);
            }
        });
        server.start();
    }

    /** The kubelet has projected the ConfigMap anew. */
    void reads(Map<String, String> newFolder) {
        folder = newFolder;
    }

    /** So many calls are under way; while the lease allows it, each has a socket to the provider. */
    void carries(int number) {
        calls = number;
    }

    /** Its sockets outlive the lease: what must never be, but has to be seen. */
    void clingsToItsSockets(boolean whether) {
        clings = whether;
    }

    /** Whether a try before the window finds the provider. */
    void reachesTheProvider(boolean whether) {
        reaches = whether;
    }

    /** How its try after the end comes out. */
    void findsTheWay(String outcome) {
        canary = outcome;
    }

    /** Its cost records have a place to go, or not, and why. */
    void canWriteCosts(boolean whether, String sentence) {
        costLog = "{\"state\":\"told\",\"ok\":" + whether + ",\"sentence\":\"" + sentence + "\"}";
    }

    /** What its folder states under a key. */
    String states(String key) {
        return folder.getOrDefault(key, "");
    }

    void doesNotAnswer(boolean whether) {
        mute = whether;
    }

    String window() {
        return window;
    }

    boolean allowed() {
        String until = folder.get("EGRESS_UNTIL");
        return "true".equals(folder.get("ALLOW_EGRESS"))
                && until != null
                && clock.instant().isBefore(Instant.parse(until).minus(CLOSES_EARLY));
    }

    /** Name of its pod. */
    String pod() {
        return pod;
    }

    int timesAsked() {
        return asked.get();
    }

    String deadline() {
        return folder.getOrDefault("EGRESS_UNTIL", "none");
    }

    private String status() {
        boolean allowed = allowed();
        boolean tries = folder.containsKey("PREFLIGHT_UNTIL");
        reached |= (allowed && calls > 0) || (tries && reaches);
        String provider = reached
                ? "\"state\":\"reached\",\"ok\":true,\"sentence\":\"\""
                : tries
                        ? "\"state\":\"unresolved\",\"ok\":false,\"sentence\":\"The name does not resolve: check it.\""
                        : "\"state\":\"not_tried\",\"ok\":null,\"sentence\":\"\"";
        String asks = folder.get("EGRESS_CANARY");
        String tried = asks == null || allowed
                ? "null"
                : "{\"asked\":\"%s\",\"outcome\":\"%s\",\"at\":\"%s\"}".formatted(asks, canary, clock.instant());
        int sockets = allowed || clings ? calls : 0;
        return """
        {"window":"%s","pod":"%s","startedAt":"%s","now":"%s","configHash":"0","backend":"%s","backendReason":"as the lease says",
         "lease":{"allowed":%s,"until":null,"reason":"open"},"providerSockets":%d,"lastProviderSocketClosedAt":null,
         "calls":{"active":%d,"total":%d,"dropped":0,"refused":0},"failovers":{"pod":0,"call":0,"byReason":{}},
         "turns":{"byBackend":{"provider":{"histogram":{"420":3,"640":1}}}},"bargeIn":{"histogram":{"48":1}},
         "ledger":{"own":{"run":"%2$s@%3$s","calls":%9$d,"lastEnd":"%3$s","backends":{"provider":{"records":%9$d,"millis":90000,
         "sttEur":"0.020000","llmEur":"0.002100","ttsEur":"0.020000"},"local":{"records":0,"millis":30000}}},"dead":[],"omitted":0},
         "preflight":{"local":{"state":"warm","ok":true,"sentence":""},"models":{"state":"present","ok":true,"sentence":""},
         "costLog":%s,"provider":{%s,"at":null}},"canary":%s,
         "draining":false,"aFieldOfTomorrow":[]}
        """.formatted(
                        window,
                        pod,
                        startedAt,
                        clock.instant(),
                        allowed ? "provider" : "local",
                        allowed,
                        sockets,
                        calls,
                        calls,
                        costLog,
                        provider,
                        tried);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
