package dev.tom.bridge.speech.realtime;

import dev.tom.bridge.call.egress.EgressPermit;
import dev.tom.bridge.call.egress.ProviderSockets;
import dev.tom.bridge.speech.FailureReason;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.http.WebSocketFrame;
import io.vertx.core.http.WebSocketFrameType;
import io.vertx.core.http.impl.websocket.WebSocketFrameImpl;
import io.vertx.core.internal.http.WebSocketInternal;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One WebSocket to the provider, from connecting to the last byte: entered in {@link ProviderSockets} all that time, silent without a
 * permit, watched by pings. Confined to the call's context, except {@link #cut()}.
 */
final class ProviderSocket {

    /** Upper bound of one message, fragments together. The longest delta seen in the field is below 100 KiB. */
    static final int MAX_MESSAGE_BYTES = 1 << 20;

    private static final String NOT_ALLOWED = "Provider use is not allowed any more; the connection was cut.";

    /** What the owner hears, on the call's context. After {@link #gone} or {@link #close()} nothing more. */
    interface Listener {
        void opened();

        /** One text message, whole. */
        void message(byte[] json);

        /** There is room again after {@link #isCongested()}. */
        void drained();

        /** It is over, and not by {@link #close()}. */
        void gone(FailureReason reason, String sentence);
    }

    private enum State {
        CONNECTING,
        OPEN,
        OVER
    }

    private final Vertx vertx;
    private final Context context;
    private final EgressPermit permit;
    private final LinkTimings timings;
    private final Listener listener;
    private final WebSocketClient client;
    private final ProviderSockets.Entry entry;
    private final Function<Throwable, ConnectFailure> judge;
    private State state = State.CONNECTING;
    private @Nullable WebSocket socket;
    private @Nullable Buffer fragments;
    private long timer;
    private long openedAtNanos;
    private boolean pongMissing;

    // Shared with the thread that cuts.
    private volatile @Nullable Channel channel;
    private volatile boolean cut;

    /**
     * @param client for this socket alone: closing it also ends a connection that is still being made
     * @param judge says what it means that a connection was not made
     */
    ProviderSocket(
            Vertx vertx,
            WebSocketClient client,
            EgressPermit permit,
            ProviderSockets sockets,
            LinkTimings timings,
            Function<Throwable, ConnectFailure> judge,
            Listener listener) {
        this.vertx = vertx;
        this.context = vertx.getOrCreateContext();
        this.client = client;
        this.permit = permit;
        this.timings = timings;
        this.judge = judge;
        this.listener = listener;
        this.entry = sockets.opened(this::cut);
    }

    void connect(WebSocketConnectOptions request) {
        timer = vertx.setTimer(
                timings.connect(),
                fired -> end(
                        FailureReason.TIMEOUT,
                        "The provider did not accept the connection within " + timings.connect() + " ms."));
        var connecting = client.webSocket();
        connecting.frameHandler(this::frame);
        connecting.pongHandler(pong -> pongMissing = false);
        connecting.exceptionHandler(this::broken);
        connecting.closeHandler(closed -> closedByPeer());
        connecting.drainHandler(drained -> {
            if (state == State.OPEN) {
                listener.drained();
            }
        });
        connecting.connect(request).onSuccess(this::connected).onFailure(failure -> {
            entry.close();
            client.close();
            // Later, because a failure may be known before connect() returned.
            context.runOnContext(later -> failedToConnect(failure));
        });
    }

    private void failedToConnect(Throwable failure) {
        if (cut || !permit.open()) {
            end(FailureReason.EGRESS_CLOSED, NOT_ALLOWED);
        } else {
            ConnectFailure meaning = judge.apply(failure);
            end(meaning.reason(), meaning.sentence());
        }
    }

    private void connected(WebSocket accepted) {
        Channel accepting =
                ((WebSocketInternal) accepted).channelHandlerContext().channel();
        channel = accepting;
        accepting.closeFuture().addListener(closed -> {
            entry.close();
            client.close();
        });
        if (cut || state == State.OVER) {
            PermitGate.reset(accepting);
            return;
        }
        PermitGate.install(accepting, permit);
        socket = accepted;
        state = State.OPEN;
        openedAtNanos = System.nanoTime();
        vertx.cancelTimer(timer);
        timer = vertx.setPeriodic(timings.ping(), fired -> ping());
        listener.opened();
    }

    /**
     * Sends a text message.
     *
     * @return false when it was not sent, because the socket is not open or the permit is closed
     */
    boolean send(String message) {
        WebSocket open = socket;
        if (state != State.OPEN || open == null || !permit.open()) {
            return false;
        }
        open.writeTextMessage(message);
        return true;
    }

    /**
     * Sends a text message that is bytes already; they are copied.
     *
     * @return false when it was not sent, because the socket is not open or the permit is closed
     */
    boolean send(byte[] message, int length) {
        WebSocket open = socket;
        if (state != State.OPEN || open == null || !permit.open()) {
            return false;
        }
        // On the heap: the frame is copied on its way to the wire, and nobody would release a pooled buffer.
        ByteBuf text = Unpooled.copiedBuffer(message, 0, length);
        // The public way to a text frame leads through a String, which would be coded and copied twice for each frame.
        open.writeFrame(new WebSocketFrameImpl(WebSocketFrameType.TEXT, text, true));
        return true;
    }

    /** Whether the far side does not take what was written; only valid while open. */
    boolean isCongested() {
        WebSocket open = socket;
        return state == State.OPEN && open != null && !open.isClosed() && open.writeQueueFull();
    }

    /** Ends it: with a farewell when that is allowed, and in any case soon. Idempotent. */
    void close() {
        State before = state;
        finish();
        WebSocket open = socket;
        if (before != State.OPEN || open == null || !permit.open()) {
            cut();
            return;
        }
        open.close((short) 1000);
        vertx.setTimer(timings.farewell(), fired -> cut());
    }

    /** Ends it at once and without a farewell. From any thread, any number of times. */
    void cut() {
        cut = true;
        Channel open = channel;
        if (open == null) {
            client.close();
        } else {
            PermitGate.reset(open);
        }
    }

    private void ping() {
        if (pongMissing) {
            end(
                    FailureReason.STALLED,
                    "The provider neither spoke nor answered a ping within " + timings.ping() + " ms.");
            return;
        }
        WebSocket open = socket;
        if (open != null && permit.open()) {
            pongMissing = true;
            open.writePing(Buffer.buffer());
        }
    }

    private void frame(WebSocketFrame frame) {
        pongMissing = false;
        if (state == State.OVER || !(frame.isText() || frame.isContinuation())) {
            return;
        }
        Buffer data = frame.binaryData();
        Buffer earlier = fragments;
        if (data.length() + (earlier == null ? 0 : earlier.length()) > MAX_MESSAGE_BYTES) {
            oversized();
            return;
        }
        Buffer all = earlier == null ? data : earlier.appendBuffer(data);
        if (frame.isFinal()) {
            fragments = null;
            listener.message(all.getBytes());
        } else {
            fragments = earlier == null ? data.copy() : all;
        }
    }

    private void broken(Throwable failure) {
        if (ProviderTrouble.isOversized(failure)) {
            oversized();
        }
        // Everything else also closes the socket.
    }

    private void oversized() {
        end(FailureReason.PROTOCOL, "The provider sent a message of more than " + MAX_MESSAGE_BYTES + " bytes.");
    }

    private void closedByPeer() {
        WebSocket closed = socket;
        Short code = closed == null ? null : closed.closeStatusCode();
        String told = closed == null ? null : closed.closeReason();
        String reason = told == null ? "" : ProviderTrouble.withoutKeys(told);
        if (cut || !permit.open()) {
            end(FailureReason.EGRESS_CLOSED, NOT_ALLOWED);
            return;
        }
        int number = code == null ? 1006 : code;
        boolean young = closed == null || System.nanoTime() - openedAtNanos < timings.young() * 1_000_000L;
        end(
                ProviderTrouble.ofClose(number, reason, young),
                "The provider closed the connection (" + number + (reason.isEmpty() ? "" : " " + reason) + ").");
    }

    private void end(FailureReason reason, String sentence) {
        if (state != State.OVER) {
            finish();
            cut();
            listener.gone(reason, sentence);
        }
    }

    private void finish() {
        state = State.OVER;
        vertx.cancelTimer(timer);
    }
}
