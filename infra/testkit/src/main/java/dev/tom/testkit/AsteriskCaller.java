package dev.tom.testkit;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A caller behind Asterisk's {@code chan_websocket}: {@code MEDIA_START}, then media in the channel's codec. Does what the driver does:
 * drops what does not fill a frame, says {@code MEDIA_XOFF} when its queue is long and drops what is more than it can hold, ignores
 * texts that are too long, and hangs up on a command that is no JSON or a message that is too large.
 */
public final class AsteriskCaller extends PacedCaller {

    private static final int MAX_TEXT_BYTES = 128;
    private static final int MAX_MESSAGE_BYTES = 65_500;

    /**
     * The channel.
     *
     * @param format ulaw, alaw, slin or slin16
     * @param json the form of the control messages
     * @param xoffFrames when so many frames are queued, the bridge has to wait
     * @param xonFrames when fewer are queued, it may go on
     * @param mostFrames more are dropped
     */
    public record Channel(String format, boolean json, int xoffFrames, int xonFrames, int mostFrames) {
        /** As the driver has it. */
        public static Channel of(String format, boolean json) {
            return new Channel(format, json, 900, 800, 1_000);
        }

        private int rate() {
            return format.equals("slin16") ? 16_000 : 8_000;
        }

        private int frameBytes() {
            return rate() / 50 * (format.startsWith("slin") ? 2 : 1);
        }
    }

    private final Channel channel;
    private volatile boolean paused;
    private volatile boolean full;
    private final AtomicInteger droppedFrames = new AtomicInteger();
    private final AtomicInteger xoffs = new AtomicInteger();
    private volatile boolean answered;

    private AsteriskCaller(Vertx vertx, WebSocketClient client, WebSocket socket, Channel channel) {
        super(vertx, client, socket, channel.rate());
        this.channel = channel;
    }

    /** Calls. Completes when the upgrade was accepted and audio flows; fails when it was refused. */
    public static CompletableFuture<AsteriskCaller> dial(Vertx vertx, URI url, Channel channel) {
        return dial(
                vertx, url, List.of("media"), (client, socket) -> new AsteriskCaller(vertx, client, socket, channel));
    }

    @Override
    void begin() {
        if (!"media".equals(socket.subProtocol())) {
            end();
            return;
        }
        if (channel.json) {
            socket.writeTextMessage(new JsonObject()
                    .put("event", "MEDIA_START")
                    .put("connection_id", "tom")
                    .put("channel", "WebSocket/tom/0x1")
                    .put("channel_id", "pbx-1.42")
                    .put("format", channel.format)
                    .put("optimal_frame_size", channel.frameBytes())
                    .put("ptime", 20)
                    .put("channel_variables", new JsonObject().put("MEDIA_WEBSOCKET_CONNECTION_ID", "tom"))
                    .encode());
        } else {
            socket.writeTextMessage(
                    "MEDIA_START connection_id:tom channel:WebSocket/tom/0x1 channel_id:pbx-1.42 format:"
                            + channel.format + " optimal_frame_size:" + channel.frameBytes() + " ptime:20");
        }
    }

    @Override
    void sendFrame(short[] samples) {
        socket.writeBinaryMessage(Buffer.buffer(
                switch (channel.format) {
                    case "ulaw" -> WireFormat.PCMU.encode(samples, 0, samples.length);
                    case "alaw" -> WireFormat.PCMA.encode(samples, 0, samples.length);
                    default -> WireFormat.PCM24.encode(samples, 0, samples.length);
                }));
    }

    private short[] decode(byte[] bytes) {
        return switch (channel.format) {
            case "ulaw" -> WireFormat.PCMU.decode(bytes);
            case "alaw" -> WireFormat.PCMA.decode(bytes);
            default -> WireFormat.PCM24.decode(bytes);
        };
    }

    private void event(String name, String key, String value) {
        if (channel.json) {
            JsonObject json = new JsonObject().put("event", name).put("channel_id", "pbx-1.42");
            socket.writeTextMessage((key.isEmpty() ? json : json.put(key, value)).encode());
        } else {
            socket.writeTextMessage(key.isEmpty() ? name : name + " " + key + ":" + value);
        }
    }

    /** A key. */
    public void dtmf(char digit) {
        onContext(() -> event("DTMF_END", "digit", String.valueOf(digit)));
    }

    /** The channel hangs up: close 1000. */
    public CompletableFuture<Closed> hangUp() {
        onContext(this::end);
        return closed();
    }

    private void end() {
        socket.close((short) 1000);
    }

    /** Plays nothing for a while, as a paused queue does: it fills until the bridge has to wait. */
    public void pause(boolean now) {
        paused = now;
    }

    /** How often the bridge was told to wait. */
    public int xoffs() {
        return xoffs.get();
    }

    /** Frames that the driver dropped: they came while the queue was full, or did not fill a frame. */
    public int droppedFrames() {
        return droppedFrames.get();
    }

    /** Whether the bridge answered the channel. */
    public boolean answered() {
        return answered;
    }

    @Override
    void binary(Buffer message) {
        if (message.length() > MAX_MESSAGE_BYTES) {
            end();
            return;
        }
        int frame = channel.frameBytes();
        if (message.length() % frame != 0) {
            droppedFrames.incrementAndGet();
        }
        for (int at = 0; at + frame <= message.length(); at += frame) {
            if (queuedFrames() >= channel.mostFrames) {
                droppedFrames.incrementAndGet();
            } else {
                queue(decode(Arrays.copyOfRange(message.getBytes(), at, at + frame)));
            }
        }
        if (!full && queuedFrames() >= channel.xoffFrames) {
            full = true;
            xoffs.incrementAndGet();
            event("MEDIA_XOFF", "", "");
        }
    }

    @Override
    void text(String message) {
        if (message.getBytes(StandardCharsets.UTF_8).length > MAX_TEXT_BYTES) {
            noted(new JsonObject().put("type", "TOO_LONG"));
            return;
        }
        String command;
        String id;
        if (channel.json) {
            try {
                JsonObject json = new JsonObject(message);
                command = json.getString("command", "");
                id = json.getString("correlation_id", "");
            } catch (DecodeException e) {
                event("ERROR", "error_text", "Unable to parse JSON command");
                end();
                return;
            }
        } else {
            int blank = message.indexOf(' ');
            command = blank < 0 ? message : message.substring(0, blank);
            id = blank < 0 ? "" : message.substring(blank + 1);
        }
        noted(new JsonObject().put("type", command));
        switch (command) {
            case "FLUSH_MEDIA" -> flush();
            case "MARK_MEDIA" -> mark(id);
            case "HANGUP" -> end();
            case "ANSWER" -> answered = true;
            default -> {
                // the driver logs that it does not know the command
            }
        }
    }

    @Override
    void reached(String mark) {
        event("MEDIA_MARK_PROCESSED", "correlation_id", mark);
    }

    @Override
    boolean holdsBack() {
        return paused;
    }

    @Override
    void ticked() {
        if (full && !paused && queuedFrames() < channel.xonFrames) {
            full = false;
            event("MEDIA_XON", "", "");
        }
    }
}
