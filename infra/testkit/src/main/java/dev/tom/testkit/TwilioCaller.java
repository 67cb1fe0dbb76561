package dev.tom.testkit;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** A caller behind Twilio Media Streams: {@code connected}, {@code start}, then {@code media} each 20 ms; a clear gives open marks back. */
public final class TwilioCaller extends PacedCaller {

    private static final int RATE = 8_000;
    private static final String STREAM_SID = "MZ0123456789abcdef";

    private final String callSid;
    private final Map<String, String> parameters;
    private long sequence;
    private long chunk;

    private TwilioCaller(
            Vertx vertx, WebSocketClient client, WebSocket socket, String callSid, Map<String, String> parameters) {
        super(vertx, client, socket, RATE);
        this.callSid = callSid;
        this.parameters = parameters;
    }

    /**
     * Calls. Completes when the upgrade was accepted and audio flows; fails when it was refused.
     *
     * @param parameters of the TwiML
     */
    public static CompletableFuture<TwilioCaller> dial(
            Vertx vertx, URI url, String callSid, Map<String, String> parameters) {
        return dial(
                vertx,
                url,
                List.of(),
                (client, socket) -> new TwilioCaller(vertx, client, socket, callSid, parameters));
    }

    @Override
    void begin() {
        socket.writeTextMessage(new JsonObject()
                .put("event", "connected")
                .put("protocol", "Call")
                .put("version", "1.0.0")
                .encode());
        JsonObject custom = new JsonObject();
        parameters.forEach(custom::put);
        send(
                "start",
                new JsonObject()
                        .put("accountSid", "AC0")
                        .put("streamSid", STREAM_SID)
                        .put("callSid", callSid)
                        .put("tracks", new JsonArray().add("inbound"))
                        .put(
                                "mediaFormat",
                                new JsonObject()
                                        .put("encoding", "audio/x-mulaw")
                                        .put("sampleRate", RATE)
                                        .put("channels", 1))
                        .put("customParameters", custom));
    }

    @Override
    void sendFrame(short[] samples) {
        byte[] codes = WireFormat.PCMU.encode(samples, 0, samples.length);
        long at = 20 * chunk++;
        send(
                "media",
                new JsonObject()
                        .put("track", "inbound")
                        .put("chunk", String.valueOf(chunk))
                        .put("timestamp", String.valueOf(at))
                        .put("payload", Base64.getEncoder().encodeToString(codes)));
    }

    private void send(String event, JsonObject body) {
        socket.writeTextMessage(new JsonObject()
                .put("event", event)
                .put("sequenceNumber", String.valueOf(++sequence))
                .put(event, body)
                .put("streamSid", STREAM_SID)
                .encode());
    }

    /** A key. */
    public void dtmf(char digit) {
        onContext(() ->
                send("dtmf", new JsonObject().put("track", "inbound_track").put("digit", String.valueOf(digit))));
    }

    /** The call ends: {@code stop}; the socket stays for the bridge to close. */
    public CompletableFuture<Closed> hangUp() {
        onContext(() -> send("stop", new JsonObject().put("accountSid", "AC0").put("callSid", callSid)));
        return closed();
    }

    @Override
    void text(String message) {
        JsonObject json = new JsonObject(message);
        if (!STREAM_SID.equals(json.getString("streamSid"))) {
            noted(new JsonObject().put("type", "misaddressed"));
            return;
        }
        switch (json.getString("event")) {
            case "media" ->
                queue(WireFormat.PCMU.decode(
                        Base64.getDecoder().decode(json.getJsonObject("media").getString("payload"))));
            case "mark" -> mark(json.getJsonObject("mark").getString("name"));
            case "clear" -> {
                noted(json.put("type", "clear"));
                flush().forEach(this::reached);
            }
            default -> noted(json.put("type", "unknown"));
        }
    }

    @Override
    void binary(Buffer message) {
        noted(new JsonObject().put("type", "binary"));
    }

    @Override
    void reached(String mark) {
        send("mark", new JsonObject().put("name", mark));
    }

    @Override
    void ticked() {
        // the queue has no bound
    }
}
