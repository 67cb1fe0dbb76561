package dev.tom.bridge.caller;

import dev.tom.bridge.audio.AudioFormat;
import io.netty.channel.ConnectTimeoutException;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.UpgradeRejectedException;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.net.ConnectException;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * A call to a bridge as {@code mod_audio_fork} makes it (protocols.md B3 to B5): metadata first, then L16 frames; what comes back passes
 * the switch's buffer before it is {@linkplain #heard() heard}. Confined to the context it was dialled on.
 */
public final class ForkLine implements Line {

    private static final String SUBPROTOCOL = "audio.drachtio.org";
    /** The module gives up at ten seconds, and after following a redirect three times. */
    private static final int UPGRADE_MILLIS = 10_000;

    private static final int MAX_REDIRECTS = 3;
    /** Far more than a bridge sends at once: a second of file playback is 43 kB. */
    private static final int MAX_MESSAGE_BYTES = 4 << 20;

    private static final int MAX_REMARK = 200;
    private static final int NO_CLOSE_FRAME = 1006;

    private final Context context;
    private final ForkCall call;
    private final Listener listener;
    private final WebSocketClient client;
    private final SwitchBuffer buffer;
    private @Nullable WebSocket socket;
    private short[] samples = new short[2_048];
    private int oddByte = -1;
    private boolean over;

    private ForkLine(Vertx vertx, ForkCall call, Listener listener) {
        this.context = vertx.getOrCreateContext();
        this.call = call;
        this.listener = listener;
        this.buffer = new SwitchBuffer(call.format());
        this.client = vertx.createWebSocketClient(new WebSocketClientOptions()
                .setConnectTimeout(UPGRADE_MILLIS)
                .setTcpNoDelay(true)
                .setMaxFrameSize(MAX_MESSAGE_BYTES)
                .setMaxMessageSize(MAX_MESSAGE_BYTES));
    }

    /** Calls; on an event-loop context. The listener hears whether it was accepted. */
    public static ForkLine dial(Vertx vertx, ForkCall call, Listener listener) {
        ForkLine line = new ForkLine(vertx, call, listener);
        line.connect(call.url(), 0);
        return line;
    }

    private void connect(URI url, int redirects) {
        WebSocketConnectOptions request = new WebSocketConnectOptions();
        request.setAbsoluteURI(url.toString()).setTimeout(UPGRADE_MILLIS);
        request.addSubProtocol(SUBPROTOCOL);
        call.authorization().ifPresent(value -> request.addHeader("authorization", value));
        client.connect(request)
                .onSuccess(this::opened)
                // Later, because a failure may be known before connect() returned.
                .onFailure(failure -> context.runOnContext(_ -> refused(url, failure, redirects)));
    }

    private void opened(WebSocket accepted) {
        if (over) {
            accepted.close();
            return;
        }
        socket = accepted;
        accepted.binaryMessageHandler(this::binary);
        accepted.textMessageHandler(this::text);
        accepted.closeHandler(_ -> closed());
        listener.connected();
        if (!call.metadata().isEmpty()) {
            accepted.writeTextMessage(call.metadata().encode());
        }
        listener.ready();
    }

    private void refused(URI url, Throwable failure, int redirects) {
        if (over) {
            return;
        }
        if (failure instanceof UpgradeRejectedException rejected
                && rejected.getStatus() == 302
                && redirects < MAX_REDIRECTS) {
            Optional<URI> elsewhere = location(url, rejected);
            if (elsewhere.isPresent()) {
                connect(elsewhere.get(), redirects + 1);
                return;
            }
        }
        finish(ending(call.at(url).place(), failure));
    }

    private static Optional<URI> location(URI from, UpgradeRejectedException rejected) {
        String location =
                rejected.getHeaders() == null ? null : rejected.getHeaders().get("location");
        try {
            return Optional.ofNullable(location).map(from::resolve).filter(to -> to.getHost() != null);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** What a failed call means, in one sentence. */
    static Ending ending(String place, Throwable failure) {
        return switch (failure) {
            case UpgradeRejectedException rejected
            when rejected.getStatus() == 404 ->
                new Ending(
                        "refused_404",
                        "Nothing takes telephone sockets at " + place + ": a bridge does at /v1/fork."
                                + said(rejected));
            case UpgradeRejectedException rejected ->
                new Ending(
                        "refused_" + rejected.getStatus(),
                        "The bridge at " + place + " refused the call with HTTP " + rejected.getStatus()
                                + advice(rejected.getStatus()) + said(rejected));
            case UnknownHostException _ ->
                new Ending("unreachable", "The name in " + place + " does not resolve: check the address.");
            case ConnectTimeoutException _ ->
                new Ending("timeout", "Nobody answers at " + place + ": check address and network.");
            case ConnectException _ ->
                new Ending("unreachable", "No bridge listens at " + place + ": check that it runs, and the address.");
            case SSLException tls -> new Ending("tls", "TLS with " + place + " failed: " + oneLine(tls.getMessage()));
            default ->
                new Ending(
                        "unreachable",
                        "The bridge at " + place + " cannot be reached: " + oneLine(failure.getMessage()));
        };
    }

    private static String advice(int status) {
        return switch (status) {
            case 401, 403 -> ": check --token or --user.";
            case 429 -> ": it has as many calls or tries as it takes.";
            case 503 -> ": it drains or is full.";
            default -> ".";
        };
    }

    private static String said(UpgradeRejectedException rejected) {
        Buffer body = rejected.getBody();
        String remark = body == null ? "" : oneLine(body.toString());
        return remark.isEmpty() ? "" : " It says: " + remark;
    }

    private static String oneLine(@Nullable String text) {
        String plain = String.valueOf(text).replaceAll("\\p{Cntrl}+", " ").strip();
        return plain.length() > MAX_REMARK ? plain.substring(0, MAX_REMARK) + " …" : plain;
    }

    @Override
    public void say(short[] frame) {
        WebSocket open = socket;
        if (open != null && !over) {
            byte[] bytes = new byte[2 * frame.length];
            for (int i = 0; i < frame.length; i++) {
                bytes[2 * i] = (byte) frame[i];
                bytes[2 * i + 1] = (byte) (frame[i] >> 8);
            }
            open.writeBinaryMessage(Buffer.buffer(bytes));
        }
    }

    /** The next 20 ms of what the caller hears; answers the marks that were reached. A new array. */
    public short[] heard() {
        short[] heard = buffer.tick();
        WebSocket open = socket;
        List<SwitchBuffer.Mark> marks = buffer.takeMarks();
        if (open != null && !over) {
            marks.forEach(mark -> open.writeTextMessage(new JsonObject()
                    .put("type", "mark")
                    .put(
                            "data",
                            new JsonObject()
                                    .put("name", mark.name())
                                    .put("event", mark.cleared() ? "cleared" : "playout"))
                    .encode()));
        }
        return heard;
    }

    @Override
    public void close() {
        if (!over) {
            over = true;
            WebSocket open = socket;
            if (open != null) {
                // The client goes after the farewell: it would reset the connection.
                open.close((short) 1000).onComplete(_ -> client.close());
            } else {
                client.close();
            }
        }
    }

    private void binary(Buffer message) {
        if (!over) {
            int length = linear(message.getBytes());
            buffer.arrived(samples, length);
            listener.audio(samples, length);
        }
    }

    /** Into {@code samples}; a message may end in the middle of one. */
    private int linear(byte[] message) {
        int carried = oddByte >= 0 ? 1 : 0;
        int total = message.length + carried;
        if (samples.length < total / 2) {
            samples = new short[total / 2];
        }
        for (int i = 0; i < total / 2; i++) {
            int low = 2 * i - carried;
            samples[i] = (short) ((low < 0 ? oddByte : message[low] & 0xFF) | message[low + 1] << 8);
        }
        if (message.length > 0) {
            oddByte = total % 2 == 0 ? -1 : message[message.length - 1] & 0xFF;
        }
        return total / 2;
    }

    private void text(String message) {
        if (over) {
            return;
        }
        JsonObject json;
        try {
            json = new JsonObject(message);
        } catch (DecodeException e) {
            return; // the module ignores it, too
        }
        JsonObject data = json.getValue("data") instanceof JsonObject object ? object : new JsonObject();
        switch (String.valueOf(json.getValue("type"))) {
            case "killAudio" -> {
                buffer.kill();
                listener.killed();
            }
            case "mark" -> buffer.mark(String.valueOf(data.getValue("name")));
            case "clearMarks" -> buffer.clearMarks();
            case "playAudio" -> file(data);
            default -> {
                // The module makes an event of it and nothing else happens.
            }
        }
    }

    /** The raw kind, which is the one a bridge sends. */
    private void file(JsonObject data) {
        try {
            byte[] content = Base64.getDecoder().decode(String.valueOf(data.getValue("audioContent")));
            short[] pcm = new short[content.length / 2];
            for (int i = 0; i < pcm.length; i++) {
                pcm[i] = (short) ((content[2 * i] & 0xFF) | content[2 * i + 1] << 8);
            }
            int rate = data.getValue("sampleRate") instanceof Integer told ? told : 8_000;
            short[] fitting =
                    new Recording(rate, pcm).atRate(call.format().sampleRate()).samples();
            buffer.file(fitting);
            listener.audio(fitting, fitting.length);
        } catch (IllegalArgumentException e) {
            listener.troubled(new Ending("protocol", "The bridge sent a playAudio that is none."));
        }
    }

    private void closed() {
        WebSocket gone = socket;
        if (over || gone == null) {
            return;
        }
        Short told = gone.closeStatusCode();
        int code = told == null ? NO_CLOSE_FRAME : told;
        String reason = gone.closeReason() == null ? "" : oneLine(gone.closeReason());
        finish(
                code == NO_CLOSE_FRAME
                        ? new Ending("broken", "The connection to the bridge broke.")
                        : new Ending(
                                "closed_" + code,
                                "The bridge closed the call (" + code + (reason.isEmpty() ? "" : " " + reason) + ")."));
    }

    private void finish(Ending ending) {
        over = true;
        client.close();
        listener.ended(ending);
    }

    /** The format of the call, both ways. */
    public AudioFormat format() {
        return call.format();
    }
}
