package dev.tom.testkit;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;

/**
 * A caller behind a far side that plays what it gets from one queue, a frame each 20 ms: what the dialects without a pre-buffer have in
 * common. Sends a frame each 20 ms by absolute deadlines, silence included.
 *
 * <p>Lives on an event loop of its own; all public methods may be called from any thread.
 */
public abstract sealed class PacedCaller permits AsteriskCaller, TwilioCaller {

    private static final long FRAME_NANOS = 20_000_000;

    /**
     * How the socket ended.
     *
     * @param code close code; 1006 when there was no close frame
     */
    public record Closed(int code, String reason) {}

    private record Mark(String name, long position) {}

    private final Vertx vertx;
    private final WebSocketClient client;
    private final Context context;
    private final int frameSamples;
    private final CallRecord record;
    private final Ear ear;
    private final ArrayDeque<Saying> sayings = new ArrayDeque<>();
    private final SampleQueue queue = new SampleQueue();
    private final ArrayDeque<Mark> marks = new ArrayDeque<>();
    private final CompletableFuture<Closed> closed = new CompletableFuture<>();
    private long queued;
    private boolean over;
    private long nextFrameAt;

    /** The socket; on the caller's context only. */
    final WebSocket socket;

    PacedCaller(Vertx vertx, WebSocketClient client, WebSocket socket, int rate) {
        this.vertx = vertx;
        this.client = client;
        this.socket = socket;
        this.context = vertx.getOrCreateContext();
        this.frameSamples = rate / 50;
        this.record = new CallRecord(rate);
        this.ear = new Ear(record);
    }

    static <C extends PacedCaller> CompletableFuture<C> dial(
            Vertx vertx, URI url, List<String> subprotocols, BiFunction<WebSocketClient, WebSocket, C> caller) {
        CompletableFuture<C> dialled = new CompletableFuture<>();
        vertx.getOrCreateContext().runOnContext(_ -> {
            WebSocketClient client = vertx.createWebSocketClient(new WebSocketClientOptions());
            WebSocketConnectOptions options = new WebSocketConnectOptions().setAbsoluteURI(url.toString());
            subprotocols.forEach(options::addSubProtocol);
            client.connect(options)
                    .onSuccess(socket -> {
                        C made = caller.apply(client, socket);
                        ((PacedCaller) made).start();
                        dialled.complete(made);
                    })
                    .onFailure(refused -> {
                        client.close();
                        dialled.completeExceptionally(refused);
                    });
        });
        return dialled;
    }

    private void start() {
        socket.textMessageHandler(this::text);
        socket.binaryMessageHandler(this::binary);
        socket.closeHandler(_ -> ended());
        socket.exceptionHandler(_ -> ended());
        begin();
        nextFrameAt = System.nanoTime() + FRAME_NANOS;
        schedule();
    }

    /** The first messages. */
    abstract void begin();

    abstract void sendFrame(short[] samples);

    abstract void text(String message);

    abstract void binary(Buffer message);

    /** Everything in front of this mark was played. */
    abstract void reached(String mark);

    /** A frame was taken from the queue, or would have been. */
    abstract void ticked();

    /** What is not played now, though it is queued. */
    boolean holdsBack() {
        return false;
    }

    /** Samples of an answer. */
    final void queue(short[] samples) {
        record.arrived(new CallRecord.Arrival.Audio(MonotonicClock.now(), samples));
        queue.add(samples, 0, samples.length);
        queued += samples.length;
    }

    /** A control message of the bridge. */
    final void noted(JsonObject json) {
        record.arrived(new CallRecord.Arrival.Text(MonotonicClock.now(), json));
    }

    final void mark(String name) {
        marks.add(new Mark(name, queued));
    }

    /** Empties the queue; gives the names of the marks that were in it. */
    final List<String> flush() {
        queue.clear();
        List<String> open = marks.stream().map(Mark::name).toList();
        marks.clear();
        return open;
    }

    final int queuedFrames() {
        return queue.size() / frameSamples;
    }

    final void onContext(Runnable action) {
        context.runOnContext(_ -> action.run());
    }

    /** Says this after what is being said, and completes when the last frame of it left. */
    public final CompletableFuture<Spoken> say(Speech words) {
        Saying saying = new Saying(words.wav(frameSamples * 50).samples(), frameSamples * 50);
        onContext(() -> {
            if (over) {
                saying.done().completeExceptionally(new IllegalStateException("the call is over"));
            } else {
                sayings.add(saying);
            }
        });
        return saying.done();
    }

    /** Sends any text at once. */
    public final void sendText(String text) {
        onContext(() -> socket.writeTextMessage(text));
    }

    /** Sends any binary message at once. */
    public final void sendBinary(byte[] message) {
        onContext(() -> socket.writeBinaryMessage(Buffer.buffer(message)));
    }

    /** What happened so far. */
    public final CallRecord record() {
        return record;
    }

    /** Completes when the socket is gone, whoever ended it. */
    public final CompletableFuture<Closed> closed() {
        return closed;
    }

    /** Completes with the time of the first audible frame heard at or after this instant, past or future. */
    public final CompletableFuture<Instant> heardAfter(Instant instant) {
        return ear.heardAfter(instant);
    }

    /** Completes when nothing audible was heard for so long, counted from now. */
    public final CompletableFuture<Instant> silentFor(Duration duration) {
        return ear.silentFor(duration);
    }

    private void schedule() {
        long nanos = nextFrameAt - System.nanoTime();
        vertx.setTimer(Math.max(1, (nanos + 500_000) / 1_000_000), _ -> {
            while (!over && System.nanoTime() >= nextFrameAt - 500_000) {
                tick();
                nextFrameAt += FRAME_NANOS;
            }
            if (!over) {
                schedule();
            }
        });
    }

    private void tick() {
        Instant now = MonotonicClock.now();
        short[] said = new short[frameSamples];
        if (!sayings.isEmpty() && sayings.element().next(said, now)) {
            sayings.remove();
        }
        sendFrame(said);
        short[] heard = new short[frameSamples];
        if (!holdsBack()) {
            short[] taken = queue.take(frameSamples);
            System.arraycopy(taken, 0, heard, 0, taken.length);
        }
        long played = queued - queue.size();
        while (!marks.isEmpty() && marks.element().position <= played) {
            reached(marks.remove().name);
        }
        CallRecord.Frame frame = new CallRecord.Frame(now, said, heard);
        record.ticked(frame);
        ear.heard(frame);
        ticked();
    }

    private void ended() {
        if (over) {
            return;
        }
        over = true;
        Short code = socket.closeStatusCode();
        String reason = socket.closeReason();
        closed.complete(new Closed(code == null ? 1006 : code, reason == null ? "" : reason));
        sayings.forEach(saying -> saying.done().completeExceptionally(new IllegalStateException("the call is over")));
        ear.over();
        client.close();
    }
}
