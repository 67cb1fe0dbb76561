package dev.tom.demo;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.http.ServerWebSocketHandshake;
import io.vertx.core.http.UpgradeRejectedException;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketBase;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.http.WebSocketFrame;
import io.vertx.core.internal.http.WebSocketInternal;
import io.vertx.core.net.PfxOptions;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A real provider behind a WebSocket relay on this machine. The relay passes every message on unread; it is there so that the demo can
 * cut and mute a provider which it does not own, and count what still arrives after the end.
 */
final class ProviderRelay implements ProviderSide {

    private static final int MAX_MESSAGE_BYTES = 16 * 1024 * 1024;

    private final URI upstream;
    private final InstantSource clock;
    private final WebSocketClient client;
    private final HttpServer server;
    private final List<Relayed> sessions = new CopyOnWriteArrayList<>();

    ProviderRelay(Vertx vertx, URI upstream, Path keyStore, String keyStorePassword, InstantSource clock) {
        this.upstream = upstream;
        this.clock = clock;
        this.client = vertx.createWebSocketClient(
                new WebSocketClientOptions().setMaxFrameSize(MAX_MESSAGE_BYTES).setMaxMessageSize(MAX_MESSAGE_BYTES));
        HttpServerOptions options = new HttpServerOptions()
                .setHost("127.0.0.1")
                .setPort(0)
                .setSsl(true)
                .setKeyCertOptions(new PfxOptions().setPath(keyStore.toString()).setPassword(keyStorePassword))
                .setMaxWebSocketFrameSize(MAX_MESSAGE_BYTES)
                .setMaxWebSocketMessageSize(MAX_MESSAGE_BYTES);
        this.server = vertx.createHttpServer(options)
                .webSocketHandshakeHandler(this::handshake)
                .webSocketHandler(socket -> {})
                .listen()
                .await();
    }

    @Override
    public URI url() {
        return URI.create("wss://localhost:" + server.actualPort() + upstream.getRawPath());
    }

    @Override
    public String description() {
        return upstream.getHost();
    }

    @Override
    public List<Session> sessions() {
        return List.copyOf(sessions);
    }

    @Override
    public void close() {
        server.close().await();
        client.close().await();
    }

    /** Accepts the bridge only when the provider accepts us, so that a refusal arrives with its own status. */
    private void handshake(ServerWebSocketHandshake handshake) {
        WebSocketConnectOptions target = new WebSocketConnectOptions()
                .setAbsoluteURI(upstream + (handshake.query() == null ? "" : "?" + handshake.query()))
                .setHeaders(credentials(handshake.headers()));
        client.connect(target)
                .onSuccess(provider -> {
                    provider.pause();
                    handshake.accept().onSuccess(bridge -> sessions.add(new Relayed(bridge, provider, clock)));
                })
                .onFailure(failure -> handshake.reject(
                        failure instanceof UpgradeRejectedException refused ? refused.getStatus() : 502));
    }

    private static MultiMap credentials(MultiMap headers) {
        MultiMap passed = MultiMap.caseInsensitiveMultiMap();
        for (String name : List.of("Authorization", "api-key", "OpenAI-Beta")) {
            String value = headers.get(name);
            if (value != null) {
                passed.set(name, value);
            }
        }
        return passed;
    }

    /** One pair of sockets. */
    private static final class Relayed implements Session {

        private final ServerWebSocket bridge;
        private final InstantSource clock;
        private final List<Arrival> arrivals = new CopyOnWriteArrayList<>();
        private volatile Optional<Instant> closedAt = Optional.empty();
        private volatile boolean muted;

        private record Arrival(Instant at, int bytes) {}

        Relayed(ServerWebSocket bridge, WebSocket provider, InstantSource clock) {
            this.bridge = bridge;
            this.clock = clock;
            bridge.frameHandler(frame -> {
                count(frame);
                pass(frame, provider);
            });
            provider.frameHandler(frame -> pass(frame, bridge));
            // The connection, not the WebSocket: a reset ends it without a close that the WebSocket would see.
            channel().closeFuture().addListener(nothing -> {
                closedAt = Optional.of(clock.instant());
                provider.close();
            });
            provider.closeHandler(nothing -> bridge.close(
                    provider.closeStatusCode() == null ? 1011 : provider.closeStatusCode(), provider.closeReason()));
            bridge.exceptionHandler(failure -> {});
            provider.exceptionHandler(failure -> {});
            provider.resume();
        }

        @Override
        public Optional<Instant> closedAt() {
            return closedAt;
        }

        @Override
        public long bytesAfter(Instant moment) {
            return arrivals.stream()
                    .filter(arrival -> arrival.at().isAfter(moment))
                    .mapToLong(Arrival::bytes)
                    .sum();
        }

        @Override
        public void reset() {
            Channel channel = channel();
            channel.eventLoop().execute(() -> {
                if (channel.isOpen()) {
                    channel.config().setOption(ChannelOption.SO_LINGER, 0);
                    // The lowest step of the pipeline: past TLS, which would say good-bye first.
                    channel.pipeline().firstContext().close();
                }
            });
        }

        private Channel channel() {
            return ((WebSocketInternal) bridge).channelHandlerContext().channel();
        }

        @Override
        public void mute() {
            muted = true;
        }

        private void count(WebSocketFrame frame) {
            int bytes = frame.binaryData().length();
            arrivals.add(new Arrival(clock.instant(), bytes));
        }

        private void pass(WebSocketFrame frame, WebSocketBase to) {
            if (!muted && !frame.isClose() && !to.isClosed()) {
                to.writeFrame(frame);
            }
        }
    }
}
