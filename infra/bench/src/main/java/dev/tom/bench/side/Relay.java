package dev.tom.bench.side;

import io.vertx.core.Deployable;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.function.Supplier;

/**
 * The floor: a WebSocket relay with the bridge's libraries and nothing else. A frame of the phone becomes one message to the provider and
 * the other way round; no JSON, no base64, no pacing, no state. With the protocol it does what no bridge can do without: GA messages,
 * base64 and G.711.
 */
public final class Relay extends VerticleBase {

    /** More than any profile makes. */
    private static final int MOST_CALLS = 10_000;

    private static volatile int port;

    private final int providerPort;
    private final boolean protocol;

    private Relay(int providerPort, boolean protocol) {
        this.providerPort = providerPort;
        this.protocol = protocol;
    }

    /**
     * Runs until the process is ended.
     *
     * @param loops event loops
     * @param providerPort port of the provider on loopback
     * @param protocol whether it speaks the provider's protocol
     */
    public static void run(int loops, int providerPort, boolean protocol) {
        Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(loops));
        Supplier<Deployable> relays = () -> new Relay(providerPort, protocol);
        vertx.deployVerticle(relays, new DeploymentOptions().setInstances(loops))
                .onSuccess(_ ->
                        System.out.println(new JsonObject().put("port", port).encode()))
                .onFailure(fault -> {
                    System.err.println("the relay cannot listen: " + fault);
                    System.exit(1);
                });
    }

    @Override
    public Future<?> start() {
        // The client lets 50 connections through unless told otherwise.
        WebSocketClient client = vertx.createWebSocketClient(
                new WebSocketClientOptions().setTcpNoDelay(true).setMaxConnections(MOST_CALLS));
        WebSocketConnectOptions target = new WebSocketConnectOptions();
        target.setHost("127.0.0.1").setPort(providerPort).setURI(protocol ? "/v1/realtime?model=bench" : "/raw");
        target.addHeader("Authorization", "Bearer bench");
        HttpServerOptions options = new HttpServerOptions()
                .setPerMessageWebSocketCompressionSupported(false)
                .setPerFrameWebSocketCompressionSupported(false)
                .setWebSocketSubProtocols(List.of("audio.drachtio.org"));
        return vertx.createHttpServer(options)
                .webSocketHandler(phone -> join(phone, client, target))
                .listen(-1, "127.0.0.1")
                .onSuccess(server -> port = server.actualPort());
    }

    private void join(ServerWebSocket phone, WebSocketClient client, WebSocketConnectOptions target) {
        phone.pause();
        client.connect(target).onFailure(_ -> phone.close()).onSuccess(provider -> {
            provider.closeHandler(_ -> phone.close());
            phone.closeHandler(_ -> provider.close());
            if (protocol) {
                translate(phone, provider);
            } else {
                provider.binaryMessageHandler(phone::writeBinaryMessage);
                phone.binaryMessageHandler(provider::writeBinaryMessage);
            }
            phone.resume();
        });
    }

    private static void translate(ServerWebSocket phone, WebSocket provider) {
        Translation translation = new Translation();
        provider.writeTextMessage(Translation.SESSION);
        provider.textMessageHandler(text -> translation.delta(text).ifPresent(phone::writeBinaryMessage));
        phone.binaryMessageHandler(frame -> provider.writeTextMessage(translation.append(frame)));
    }
}
