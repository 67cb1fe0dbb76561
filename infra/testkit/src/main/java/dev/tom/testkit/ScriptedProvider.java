package dev.tom.testkit;

import io.netty.channel.Channel;
import io.netty.util.AttributeKey;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.http.ServerWebSocketHandshake;
import io.vertx.core.internal.http.WebSocketInternal;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.PfxOptions;
import io.vertx.core.net.impl.ConnectionBase;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A realtime provider (OpenAI Realtime, GA shape) whose answers stand in a script: real sockets, real upgrade, strict about what it is
 * sent, turn detection on the audio it hears. It breaks on command and remembers everything.
 */
public final class ScriptedProvider implements AutoCloseable {

    /** Room for the longest append the service takes (15 MiB of base64). */
    private static final int MAX_MESSAGE_BYTES = 16 << 20;

    /** What Vert.x reports when a connection ends without a close frame. */
    private static final int NO_CLOSE_FRAME = 1006;

    private static final AttributeKey<ByteLog> BYTES = AttributeKey.valueOf("tom.testkit.bytes");

    private final Vertx vertx;
    private final ProviderOptions options;
    private final List<ByteLog> connections = new ArrayList<>();
    private final List<ProviderSession> sessions = new ArrayList<>();
    private final List<Integer> refusals = new ArrayList<>();
    private volatile List<Fault> armed = List.of();
    private volatile int port;
    private final HttpServer server;

    private ScriptedProvider(Vertx vertx, ProviderOptions options) {
        this.vertx = vertx;
        this.options = options;
        HttpServerOptions http = new HttpServerOptions()
                .setHost("127.0.0.1")
                .setPort(options.port())
                .setMaxWebSocketFrameSize(MAX_MESSAGE_BYTES)
                .setMaxWebSocketMessageSize(MAX_MESSAGE_BYTES);
        options.tls()
                .ifPresent(tls -> http.setSsl(true)
                        .setKeyCertOptions(new PfxOptions()
                                .setPath(tls.keyStore().toString())
                                .setPassword(tls.password())));
        server = vertx.createHttpServer(http)
                .connectionHandler(this::connected)
                .webSocketHandshakeHandler(this::handshake)
                .webSocketHandler(this::opened)
                .requestHandler(request -> request.response().setStatusCode(404).end());
    }

    /** Starts listening on loopback; blocks until it does. Not for event loops. */
    public static ScriptedProvider start(Vertx vertx, ProviderOptions options) {
        ScriptedProvider provider = new ScriptedProvider(vertx, options);
        provider.port = provider.server.listen().await().actualPort();
        return provider;
    }

    /** The endpoint without a model, {@code ws} or {@code wss}. */
    public URI url() {
        String scheme = options.tls().isPresent() ? "wss" : "ws";
        return URI.create(scheme + "://localhost:" + port + "/v1/realtime");
    }

    public int port() {
        return port;
    }

    /** These faults, in this order, strike every session that begins from now on. Without an argument all is well again. */
    public void arm(Fault... faults) {
        armed = List.of(faults);
    }

    /** Strikes every live session now. */
    public void strike(Fault fault) {
        sessions().stream().filter(session -> session.closedAt().isEmpty()).forEach(session -> session.strike(fault));
    }

    /** Every session so far, in the order of the upgrades. */
    public List<ProviderSession> sessions() {
        synchronized (sessions) {
            return List.copyOf(sessions);
        }
    }

    /** The latest session. */
    public Optional<ProviderSession> latest() {
        synchronized (sessions) {
            return sessions.isEmpty() ? Optional.empty() : Optional.of(sessions.getLast());
        }
    }

    /** The statuses of refused upgrades, in order. */
    public List<Integer> refusals() {
        synchronized (refusals) {
            return List.copyOf(refusals);
        }
    }

    /** TCP connections that are open now, upgraded or not. */
    public int openSockets() {
        return (int) connections().stream()
                .filter(connection -> connection.closedAt().isEmpty())
                .count();
    }

    /** TCP connections ever accepted. */
    public int connectionCount() {
        return connections().size();
    }

    /** When the last TCP connection was gone; empty while one is open or none was. */
    public Optional<Instant> lastSocketClosedAt() {
        List<ByteLog> all = connections();
        return all.stream().allMatch(connection -> connection.closedAt().isPresent())
                ? all.stream()
                        .map(connection -> connection.closedAt().orElseThrow())
                        .max(Instant::compareTo)
                : Optional.empty();
    }

    /** TCP payload later than this instant over all connections, in bytes. Below TLS and WebSocket: handshakes and pongs count. */
    public long bytesAfter(Instant instant) {
        return connections().stream()
                .mapToLong(connection -> connection.bytesAfter(instant))
                .sum();
    }

    /** When the last byte came. */
    public Optional<Instant> lastByteAt() {
        return connections().stream()
                .flatMap(connection -> connection.lastByteAt().stream())
                .max(Instant::compareTo);
    }

    @Override
    public void close() {
        connections().stream()
                .filter(connection -> connection.closedAt().isEmpty())
                .forEach(ByteLog::reset);
        server.close().await();
    }

    private List<ByteLog> connections() {
        synchronized (connections) {
            return List.copyOf(connections);
        }
    }

    private void connected(HttpConnection connection) {
        Channel channel = ((ConnectionBase) connection).channel();
        ByteLog log = ByteLog.on(channel);
        channel.attr(BYTES).set(log);
        synchronized (connections) {
            connections.add(log);
        }
    }

    private void handshake(ServerWebSocketHandshake handshake) {
        for (Fault fault : armed) {
            switch (fault) {
                case Fault.HangUpgrade() -> {
                    return;
                }
                case Fault.RefuseUpgrade(int status) -> {
                    refuse(handshake, status);
                    return;
                }
                case Fault.AcceptThenClose _,
                        Fault.Close _,
                        Fault.Reset _,
                        Fault.Drop _,
                        Fault.Mute _,
                        Fault.Blackhole _,
                        Fault.Garbage _,
                        Fault.HalfJson _,
                        Fault.HugeFrame _,
                        Fault.SessionExpired _,
                        Fault.ErrorEvent _,
                        Fault.SlowFirstAudio _,
                        Fault.FailResponses _,
                        Fault.LinearOnly _,
                        Fault.LateDeltas _,
                        Fault.DuringAnswer _,
                        Fault.DuringSpeech _ -> {
                    // Strikes once the session is open.
                }
            }
        }
        String bearer = handshake.headers().get("Authorization");
        String apiKey = handshake.headers().get("api-key");
        if (!("Bearer " + options.apiKey()).equals(bearer) && !options.apiKey().equals(apiKey)) {
            refuse(handshake, 401);
        } else if (model(handshake.query()).isEmpty()) {
            refuse(handshake, 400);
        } else {
            handshake.accept();
        }
    }

    private void refuse(ServerWebSocketHandshake handshake, int status) {
        synchronized (refusals) {
            refusals.add(status);
        }
        handshake.reject(status);
    }

    private static Optional<String> model(String query) {
        return Arrays.stream((query == null ? "" : query).split("&"))
                .filter(pair -> pair.startsWith("model="))
                .map(pair -> URLDecoder.decode(pair.substring("model=".length()), StandardCharsets.UTF_8))
                .filter(model -> !model.isEmpty())
                .findFirst();
    }

    private void opened(ServerWebSocket socket) {
        Context context = vertx.getOrCreateContext();
        ByteLog bytes = ((WebSocketInternal) socket)
                .channelHandlerContext()
                .channel()
                .attr(BYTES)
                .get();
        ProviderWire wire = new ProviderWire(context, socket, bytes);
        ProviderSession session;
        RealtimeConversation[] conversation = new RealtimeConversation[1];
        synchronized (sessions) {
            session = new ProviderSession(
                    sessions.size() + 1,
                    model(socket.query()).orElse(""),
                    bytes,
                    fault -> context.runOnContext(_ -> conversation[0].strike(fault)),
                    () -> context.runOnContext(_ -> socket.writePing(Buffer.buffer("?"))));
            conversation[0] = new RealtimeConversation(vertx, options, wire, session);
            sessions.add(session);
        }
        socket.closeHandler(_ -> session.endedBy(
                ProviderSession.Ended.BY_CLIENT,
                Optional.ofNullable(socket.closeStatusCode())
                        .map(Short::intValue)
                        .filter(code -> code != NO_CLOSE_FRAME)));
        socket.exceptionHandler(_ -> session.endedBy(ProviderSession.Ended.BY_CLIENT, Optional.empty()));
        if (socket.headers().contains("OpenAI-Beta")) {
            wire.strike(
                    new Fault.ErrorEvent(
                            "invalid_request_error", "beta_api_shape_disabled", "The Realtime Beta API is disabled."),
                    session);
            wire.strike(new Fault.Close(4000, "invalid_request_error.beta_api_shape_disabled"), session);
            return;
        }
        socket.textMessageHandler(text -> received(text, session, conversation[0], wire));
        boolean closing = armed.stream().anyMatch(Fault.AcceptThenClose.class::isInstance);
        if (!closing) {
            conversation[0].begin();
        }
        armed.forEach(conversation[0]::strike);
    }

    private static void received(
            String text, ProviderSession session, RealtimeConversation conversation, ProviderWire wire) {
        JsonObject event;
        try {
            event = new JsonObject(text);
        } catch (DecodeException e) {
            session.complained("invalid_json");
            wire.error(
                    "invalid_request_error",
                    "invalid_json",
                    "The message is no JSON.",
                    Optional.empty(),
                    Optional.empty());
            return;
        }
        String type = event.getString("type", "");
        JsonObject kept = "input_audio_buffer.append".equals(type)
                ? new JsonObject()
                        .put("type", type)
                        .put("bytes", event.getString("audio", "").length() * 3 / 4)
                : event;
        session.receivedEvent(type, kept);
        conversation.onEvent(event);
    }
}
