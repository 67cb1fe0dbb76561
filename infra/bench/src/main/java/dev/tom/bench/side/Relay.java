package dev.tom.bench.side;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.json.JsonObject;

/**
 * The floor: a WebSocket relay with the bridge's libraries and nothing else. A frame of the phone becomes one message to the provider and
 * the other way round; no JSON, no base64, no pacing, no state.
 */
public final class Relay {

    private Relay() {}

    /**
     * Runs until the process is ended.
     *
     * @param loops event loops
     * @param providerPort port of the provider on loopback
     */
    public static void run(int loops, int providerPort) {
        Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(loops));
        var options = new HttpServerOptions()
                .setPerMessageWebSocketCompressionSupported(false)
                .setPerFrameWebSocketCompressionSupported(false)
                .setWebSocketSubProtocols(java.util.List.of("audio.drachtio.org"));
        WebSocketClient client = vertx.createWebSocketClient(new WebSocketClientOptions().setTcpNoDelay(true));
        var target = new WebSocketConnectOptions()
                .setHost("127.0.0.1")
                .setPort(providerPort)
                .setURI("/raw");
        vertx.deployVerticle(
                        () -> new io.vertx.core.VerticleBase() {
                            @Override
                            public io.vertx.core.Future<?> start() {
                                return vertx.createHttpServer(options)
                                        .webSocketHandler(phone -> join(phone, client, target))
                                        .listen(-1, "127.0.0.1")
                                        .onSuccess(server -> port = server.actualPort());
                            }
                        },
                        new io.vertx.core.DeploymentOptions().setInstances(loops))
                .onSuccess(_ ->
                        System.out.println(new JsonObject().put("port", port).encode()))
                .onFailure(fault -> {
                    System.err.println("the relay cannot listen: " + fault);
                    System.exit(1);
                });
    }

    private static volatile int port;

    private static void join(ServerWebSocket phone, WebSocketClient client, WebSocketConnectOptions target) {
        phone.pause();
        client.connect(target).onFailure(_ -> phone.close()).onSuccess(provider -> {
            provider.binaryMessageHandler((Buffer frame) -> phone.writeBinaryMessage(frame));
            provider.closeHandler(_ -> phone.close());
            phone.binaryMessageHandler((Buffer frame) -> provider.writeBinaryMessage(frame));
            phone.closeHandler(_ -> provider.close());
            phone.resume();
        });
    }
}
