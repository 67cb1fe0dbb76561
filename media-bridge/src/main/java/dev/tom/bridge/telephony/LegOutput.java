package dev.tom.bridge.telephony;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ServerWebSocket;
import java.util.Set;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The outgoing side of one telephone socket: frames and orders to messages, and the close from our side. Confined to its context. */
final class LegOutput implements TelephonySocket, TelephonyCodec.Wire {

    private static final Logger log = LoggerFactory.getLogger(LegOutput.class);

    /** A far side that plays an answer so much later than it should is worth a line in the log. */
    private static final long BEHIND_MILLIS = 1_000;

    private final Context context;
    private final ServerWebSocket socket;
    private final TelephonyCodec codec;
    private final Consumer<String> closed;
    private final AnswerMarks marks = new AnswerMarks();
    private final FarSidePause pause = new FarSidePause();
    private boolean closing;
    private boolean saidBehind;

    /**
     * @param closed hears, in a later turn, that our side has closed, and why
     */
    LegOutput(Vertx vertx, ServerWebSocket socket, TelephonyCodec codec, Consumer<String> closed) {
        this.context = vertx.getOrCreateContext();
        this.socket = socket;
        this.codec = codec;
        this.closed = closed;
    }

    /** Whether the socket is closed or being closed: nothing goes out any more, and nothing that comes in counts. */
    boolean closing() {
        return closing;
    }

    /** The far side has closed. */
    void gone() {
        closing = true;
    }

    /** The call was accepted. */
    void begin() {
        if (!closing) {
            codec.begin(this);
        }
    }

    @Override
    public PlayoutTraits traits() {
        return codec.traits();
    }

    @Override
    public Set<Capability> capabilities() {
        return codec.capabilities();
    }

    @Override
    public void play(short[] frame) {
        if (!closing) {
            codec.play(frame, this);
        }
    }

    @Override
    public void endOfAnswer() {
        if (closing) {
            return;
        }
        codec.endOfAnswer(this);
        if (capabilities().contains(Capability.MARK)) {
            codec.mark(marks.next(System.nanoTime()), this);
        }
    }

    @Override
    public void clear() {
        marks.forget();
        if (!closing) {
            codec.clear(this);
        }
    }

    /** The far side has played this mark. */
    void played(String mark, long nowNanos) {
        marks.reported(mark, nowNanos).ifPresent(millis -> {
            long behind = millis - codec.traits().leadMillis();
            log.debug("The far side played {} {} ms late", mark, behind);
            if (behind > BEHIND_MILLIS && !saidBehind) {
                saidBehind = true;
                log.warn("The far side plays answers {} ms late: its queue does not drain", behind);
            }
        });
    }

    @Override
    public boolean paused() {
        return capabilities().contains(Capability.FLOW_CONTROL) && pause.lasts(codec.paused(), System.nanoTime());
    }

    @Override
    public boolean writeQueueFull() {
        return closing || socket.writeQueueFull();
    }

    @Override
    public void transfer(String extension) {
        if (!closing && capabilities().contains(Capability.TRANSFER)) {
            codec.transfer(extension, this);
        }
    }

    @Override
    public void hangUp(String reason) {
        if (!closing && capabilities().contains(Capability.HANG_UP)) {
            codec.hangUp(this);
        }
        close(CloseCodes.NORMAL, reason);
    }

    /** {@inheritDoc} The listener hears of it in a later turn, whoever closed. */
    @Override
    public void close(int code, String reason) {
        if (closing) {
            return;
        }
        closing = true;
        short accepted = CloseCodes.accepted(code);
        String fitting = CloseCodes.fitting(reason);
        if (accepted != CloseCodes.NORMAL) {
            log.info("Telephone socket closed with {}: {}", accepted, fitting);
        }
        socket.close(accepted, fitting);
        context.runOnContext(_ -> closed.accept("closed by the bridge: " + accepted + " " + fitting));
    }

    @Override
    public void sendBinary(Buffer message) {
        socket.writeBinaryMessage(message);
    }

    @Override
    public void sendText(String message) {
        socket.writeTextMessage(message);
    }
}
