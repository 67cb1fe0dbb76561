package dev.tom.bridge.speech.realtime;

import dev.tom.bridge.call.egress.EgressPermit;
import dev.tom.bridge.call.egress.ProviderSockets;
import dev.tom.bridge.speech.BackendKind;
import dev.tom.bridge.speech.FailureReason;
import dev.tom.bridge.speech.LinkRequest;
import dev.tom.bridge.speech.SpeechBackend;
import dev.tom.bridge.speech.SpeechEvent;
import dev.tom.bridge.speech.SpeechLink;
import io.vertx.core.Vertx;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.net.ProxyOptions;
import io.vertx.core.net.ProxyType;
import io.vertx.core.net.TrustOptions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.function.Consumer;
import javax.net.ssl.TrustManagerFactory;

/** Opens sessions with the provider, never without a permit. */
public final class RealtimeBackend implements SpeechBackend {

    private final Vertx vertx;
    private final RealtimeSettings settings;
    private final EgressPermit permit;
    private final ProviderSockets sockets;
    private final LinkTimings timings;
    private final WebSocketClientOptions clientOptions;
    private final RetryAfter retryAfter = new RetryAfter();
    /** The provider was found not to take telephone audio. */
    private volatile boolean linearOnly;
    /** A session got through to it. */
    private volatile boolean reached;

    /** Trusts what the JVM trusts ({@code javax.net.ssl.trustStore}, by default the JDK's certificates). */
    public RealtimeBackend(Vertx vertx, RealtimeSettings settings, EgressPermit permit, ProviderSockets sockets) {
        this(vertx, settings, permit, sockets, LinkTimings.STANDARD, trustOfTheJvm());
    }

    RealtimeBackend(
            Vertx vertx,
            RealtimeSettings settings,
            EgressPermit permit,
            ProviderSockets sockets,
            LinkTimings timings,
            TrustOptions trust) {
        this.vertx = vertx;
        this.settings = settings;
        this.permit = permit;
        this.sockets = sockets;
        this.timings = timings;
        this.clientOptions = new WebSocketClientOptions()
                .setConnectTimeout(timings.connect())
                .setMaxFrameSize(ProviderSocket.MAX_MESSAGE_BYTES)
                .setMaxMessageSize(ProviderSocket.MAX_MESSAGE_BYTES)
                .setTcpNoDelay(true)
                .setTrustOptions(trust);
        settings.proxy()
                .map(proxy -> new ProxyOptions()
                        .setType(ProxyType.HTTP)
                        .setHost(proxy.host())
                        .setPort(proxy.port()))
                .ifPresent(clientOptions::setProxyOptions);
    }

    @Override
    public BackendKind kind() {
        return BackendKind.PROVIDER;
    }

    @Override
    public SpeechLink open(LinkRequest request, Consumer<SpeechEvent> events) {
        return open(request, events, () -> {});
    }

    /**
     * Like {@link #open(LinkRequest, Consumer)}.
     *
     * @param connected runs when name, TCP, TLS and upgrade are through, before the session is set up
     */
    public SpeechLink open(LinkRequest request, Consumer<SpeechEvent> events, Runnable connected) {
        if (!permit.openForNewSessions()) {
            return new RefusedLink(
                    vertx,
                    events,
                    new SpeechEvent.Failed(FailureReason.EGRESS_CLOSED, "Provider use is not allowed at this time."));
        }
        Duration pause = retryAfter.left(System.nanoTime());
        if (pause.isPositive()) {
            return new RefusedLink(
                    vertx,
                    events,
                    new SpeechEvent.Failed(
                            FailureReason.RATE_LIMITED,
                            "The provider wants to be left alone for another " + (pause.toSeconds() + 1) + " s."));
        }
        WireFormat format = linearOnly ? WireFormat.PCM : WireFormat.of(request.format());
        RealtimeLink link = new RealtimeLink(
                vertx,
                request,
                new SessionConfig(format, settings),
                timings,
                listener -> socket(new Announcing(listener, () -> {
                    reached = true;
                    connected.run();
                })),
                () -> linearOnly = true,
                events);
        link.connect(ProviderEndpoint.request(settings));
        return link;
    }

    /** Whether a session of this process has got through to the provider: name, TCP, TLS and upgrade. Thread-safe. */
    public boolean reached() {
        return reached;
    }

    private ProviderSocket socket(ProviderSocket.Listener listener) {
        return new ProviderSocket(
                vertx, vertx.createWebSocketClient(clientOptions), permit, sockets, timings, this::judged, listener);
    }

    private ConnectFailure judged(Throwable failure) {
        retryAfter.heard(failure, System.nanoTime());
        return settings.proxy().isPresent() ? ProxyTrouble.of(failure) : ProviderTrouble.ofConnectFailure(failure);
    }

    /** Tells of the connection before the link goes on with it. */
    private record Announcing(ProviderSocket.Listener link, Runnable connected) implements ProviderSocket.Listener {
        @Override
        public void opened() {
            connected.run();
            link.opened();
        }

        @Override
        public void message(byte[] json) {
            link.message(json);
        }

        @Override
        public void drained() {
            link.drained();
        }

        @Override
        public void gone(FailureReason reason, String sentence) {
            link.gone(reason, sentence);
        }
    }

    /** Read once: every socket has a client of its own, and the store has more than a hundred certificates. */
    private static TrustOptions trustOfTheJvm() {
        try {
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init((KeyStore) null);
            return TrustOptions.wrap(trust);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the trust store of the JVM cannot be read: " + e.getMessage(), e);
        }
    }
}
