package dev.tom.testkit;

import io.netty.channel.ChannelOption;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.internal.http.WebSocketInternal;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.concurrent.CompletableFuture;

/**
 * A caller behind a FreeSWITCH with {@code mod_audio_fork}: metadata first, then a frame of 20 ms at a time by absolute deadlines,
 * silence included, until the end; what comes back goes through the switch's buffers before it is heard.
 *
 * <p>Lives on an event loop of its own; all public methods may be called from any thread.
 */
public final class ForkCaller {

    private static final String SUBPROTOCOL = "audio.drachtio.org";
    private static final long FRAME_NANOS = 20_000_000;
    private static final int MAX_MESSAGE_BYTES = 4 << 20;

    /**
     * How the socket ended.
     *
     * @param code close code; 1006 when there was no close frame
     */
    public record Closed(Instant at, int code, String reason) {}

    private final CallerOptions options;
    private final WebSocketClient client;
    private final WebSocket socket;
    private final Context context;
    private final Vertx vertx;
    private final CallRecord record;
    private final SwitchPlayback playback;
    private final ArrayDeque<Saying> sayings = new ArrayDeque<>();
    private final Ear ear;
    private final CompletableFuture<Closed> closed = new CompletableFuture<>();
    private final int frameSamples;
    private boolean sending = true;
    private long sent;
    private boolean over;
    private long nextFrameAt;
    private volatile long framesSent;
    private volatile long leakedSamples;
    private volatile long swallowedSamples;

    private ForkCaller(Vertx vertx, CallerOptions options, WebSocketClient client, WebSocket socket) {
        this.vertx = vertx;
        this.options = options;
        this.client = client;
        this.socket = socket;
        this.context = vertx.getOrCreateContext();
        this.record = new CallRecord(options.rate());
        this.ear = new Ear(record);
        this.playback = new SwitchPlayback(options.rate(), options.playback() == CallerOptions.Playback.STREAM);
        this.frameSamples = options.rate() / 50;
    }

    /**
     * Calls. Completes when the upgrade was accepted and audio flows; fails with {@link
     * io.vertx.core.http.UpgradeRejectedException} when it was refused.
     */
    public static CompletableFuture<ForkCaller> dial(Vertx vertx, CallerOptions options) {
        CompletableFuture<ForkCaller> dialled = new CompletableFuture<>();
        vertx.getOrCreateContext().runOnContext(_ -> {
            WebSocketClient client = vertx.createWebSocketClient(new WebSocketClientOptions()
                    .setMaxFrameSize(MAX_MESSAGE_BYTES)
                    .setMaxMessageSize(MAX_MESSAGE_BYTES));
            WebSocketConnectOptions connect = new WebSocketConnectOptions()
                    .setAbsoluteURI(options.url().toString())
                    .addSubProtocol(SUBPROTOCOL);
            options.basicAuth()
                    .ifPresent(pair -> connect.addHeader(
                            "authorization",
                            "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8))));
            client.connect(connect)
                    .onSuccess(socket -> {
                        ForkCaller caller = new ForkCaller(vertx, options, client, socket);
                        caller.start();
                        dialled.complete(caller);
                    })
                    .onFailure(refused -> {
                        client.close();
                        dialled.completeExceptionally(refused);
                    });
        });
        return dialled;
    }

    private void start() {
        socket.binaryMessageHandler(this::binary);
        socket.textMessageHandler(this::text);
        socket.closeHandler(_ -> ended());
        socket.exceptionHandler(_ -> ended());
        if (!options.metadata().isEmpty()) {
            socket.writeTextMessage(options.metadata());
        }
        nextFrameAt = System.nanoTime() + FRAME_NANOS;
        schedule();
    }

    /** Says this after what is being said, and completes when the last frame of it left. */
    public CompletableFuture<Spoken> say(Wav words) {
        Saying saying = new Saying(words.atRate(options.rate()).samples(), options.rate());
        context.runOnContext(_ -> {
            if (over) {
                saying.done().completeExceptionally(new IllegalStateException("the call is over"));
            } else {
                sayings.add(saying);
            }
        });
        return saying.done();
    }

    public CompletableFuture<Spoken> say(Speech words) {
        return say(words.wav(options.rate()));
    }

    /** Sends a text message, as the dialplan's application would. */
    public void sendText(String text) {
        context.runOnContext(_ -> socket.writeTextMessage(text));
    }

    /** A key, in the shape of jambonz. */
    public void dtmf(char digit) {
        sendText(new JsonObject()
                .put("event", "dtmf")
                .put("dtmf", String.valueOf(digit))
                .put("duration", "1600")
                .encode());
    }

    /** Sends any binary message at once. */
    public void sendBinary(byte[] message) {
        context.runOnContext(_ -> socket.writeBinaryMessage(Buffer.buffer(message)));
    }

    /** Hold: no frames until {@link #resume()}; the call goes on. */
    public void hold() {
        context.runOnContext(_ -> sending = false);
    }

    public void resume() {
        context.runOnContext(_ -> sending = true);
    }

    /** The module's graceful shutdown: an empty binary message, no more audio, the socket stays. */
    public void shutDownGracefully() {
        context.runOnContext(_ -> {
            sending = false;
            socket.writeBinaryMessage(Buffer.buffer());
        });
    }

    /** The caller hangs up: close 1000. */
    public CompletableFuture<Closed> hangUp() {
        context.runOnContext(_ -> socket.close((short) 1000));
        return closed;
    }

    /** The switch dies: TCP reset. */
    public void reset() {
        var channel = ((WebSocketInternal) socket).channelHandlerContext().channel();
        channel.config().setOption(ChannelOption.SO_LINGER, 0);
        var unused = channel.pipeline().firstContext().close();
    }

    /** What happened so far. */
    public CallRecord record() {
        return record;
    }

    /** Completes when the socket is gone, whoever ended it. */
    public CompletableFuture<Closed> closed() {
        return closed;
    }

    public boolean isOpen() {
        return !closed.isDone();
    }

    /** Frames of caller audio sent. */
    public long framesSent() {
        return framesSent;
    }

    /** Audible old audio that a kill left behind in the switch, to be heard in front of the next answer, in milliseconds. */
    public long leakedMillis() {
        return leakedSamples * 1_000 / options.rate();
    }

    /** Audible new audio that the switch dropped because it came too soon after a kill, in milliseconds. */
    public long swallowedMillis() {
        return swallowedSamples * 1_000 / options.rate();
    }

    /** Completes with the time of the first audible frame heard at or after this instant, past or future. */
    public CompletableFuture<Instant> heardAfter(Instant instant) {
        return ear.heardAfter(instant);
    }

    /** Completes when nothing audible was heard for so long, counted from now. */
    public CompletableFuture<Instant> silentFor(Duration duration) {
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
        if (sending) {
            if (!sayings.isEmpty() && sayings.element().next(said, now)) {
                sayings.remove();
            }
            socket.writeBinaryMessage(bytes(said));
            framesSent = ++sent;
        }
        CallRecord.Frame frame = new CallRecord.Frame(now, said, playback.tick());
        record.ticked(frame);
        leakedSamples = playback.leakedSamples();
        swallowedSamples = playback.swallowedSamples();
        for (SwitchPlayback.MarkEvent mark : playback.takeMarkEvents()) {
            JsonObject data =
                    new JsonObject().put("name", mark.name()).put("event", mark.cleared() ? "cleared" : "playout");
            socket.writeTextMessage(
                    new JsonObject().put("type", "mark").put("data", data).encode());
        }
        ear.heard(frame);
    }

    private static Buffer bytes(short[] samples) {
        byte[] bytes = new byte[2 * samples.length];
        for (int i = 0; i < samples.length; i++) {
            bytes[2 * i] = (byte) samples[i];
            bytes[2 * i + 1] = (byte) (samples[i] >> 8);
        }
        return Buffer.buffer(bytes);
    }

    private void binary(Buffer message) {
        Instant now = MonotonicClock.now();
        record.arrived(new CallRecord.Arrival.Audio(now, playback.binary(message.getBytes())));
    }

    private void text(String message) {
        Instant now = MonotonicClock.now();
        JsonObject json;
        try {
            json = new JsonObject(message);
        } catch (DecodeException e) {
            json = new JsonObject().put("unreadable", message);
        }
        record.arrived(new CallRecord.Arrival.Text(now, json));
        JsonObject data = json.getValue("data") instanceof JsonObject object ? object : new JsonObject();
        switch (json.getString("type", "")) {
            case "killAudio" -> playback.kill();
            case "mark" -> playback.mark(data.getString("name", ""));
            case "clearMarks" -> playback.clearMarks();
            case "playAudio" ->
                playback.file(file(data, "audioContentType", "audioContent")
                        .atRate(options.rate())
                        .samples());
            case "streamAudio" ->
                playback.file(file(data, "audioDataType", "audioData")
                        .atRate(options.rate())
                        .samples());
            default -> {
                // The module turns it into an event of the switch and nothing else happens.
            }
        }
    }

    private static Wav file(JsonObject data, String typeKey, String contentKey) {
        byte[] content = Base64.getDecoder().decode(data.getString(contentKey, ""));
        if (!"raw".equals(data.getString(typeKey))) {
            return Wav.parse(content);
        }
        short[] samples = new short[content.length / 2];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = (short) ((content[2 * i] & 0xff) | content[2 * i + 1] << 8);
        }
        return Wav.mono(data.getInteger("sampleRate", 8_000), samples);
    }

    private void ended() {
        if (over) {
            return;
        }
        over = true;
        Short code = socket.closeStatusCode();
        String reason = socket.closeReason();
        closed.complete(new Closed(MonotonicClock.now(), code == null ? 1006 : code, reason == null ? "" : reason));
        IllegalStateException gone = new IllegalStateException("the call is over");
        sayings.forEach(saying -> saying.done().completeExceptionally(gone));
        ear.over();
        client.close();
    }
}
