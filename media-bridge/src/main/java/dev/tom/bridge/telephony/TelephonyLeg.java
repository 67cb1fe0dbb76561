package dev.tom.bridge.telephony;

import dev.tom.bridge.telephony.TelephonyListener.CallStart;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ServerWebSocket;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One telephone socket after its upgrade: from messages to the listener, from frames to messages. Confined to the socket's context.
 *
 * <p>The call begins, and its listener is made, with the metadata; or with audio for which no metadata came in time, which waits so
 * long. A socket that sends neither is closed and was never a call.
 */
final class TelephonyLeg implements TelephonySocket, TelephonyCodec.Wire {

    private static final Logger log = LoggerFactory.getLogger(TelephonyLeg.class);

    private static final Pattern CALL_ID = Pattern.compile("[A-Za-z0-9._:@+-]{1,128}");

    private final Vertx vertx;
    private final Context context;
    private final ServerWebSocket socket;
    private final TelephonyCodec codec;
    private final TelephonyLimits limits;
    private final TelephonyObserver observer;
    private final CallerHash callerHash;
    private final Function<TelephonySocket, TelephonyListener> calls;
    private final TokenBucket messages;
    private final TokenBucket bytes;
    private final Set<Long> timers = new HashSet<>();

    private Optional<TelephonyListener> listener = Optional.empty();
    private Buffer early = Buffer.buffer();
    private boolean audioSeen;
    private boolean audioEnded;
    private boolean closing;
    private boolean stopped;
    private int garbageTexts;

    TelephonyLeg(
            Vertx vertx,
            ServerWebSocket socket,
            TelephonyCodec codec,
            TelephonyLimits limits,
            TelephonyObserver observer,
            CallerHash callerHash,
            Function<TelephonySocket, TelephonyListener> calls) {
        this.vertx = vertx;
        this.context = vertx.getOrCreateContext();
        this.socket = socket;
        this.codec = codec;
        this.limits = limits;
        this.observer = observer;
        this.callerHash = callerHash;
        this.calls = calls;
        long now = System.nanoTime();
        this.messages = new TokenBucket(limits.messagesPerSecond(), limits.messageBurst(), now);
        this.bytes = new TokenBucket(limits.audioBytesPerSecond(), limits.audioBurstBytes(), now);
    }

    /** Begins to listen; to be called in the turn of the event loop in which the upgrade was answered. */
    void open() {
        socket.setWriteQueueMaxSize(limits.writeQueueBytes());
        socket.textMessageHandler(this::onText);
        socket.binaryMessageHandler(this::onBinary);
        socket.exceptionHandler(this::onFault);
        socket.closeHandler(_ -> ended(closeOfFarSide()));
        after(limits.firstSign(), () -> {
            if (listener.isEmpty() && !audioSeen) {
                over(CloseCodes.POLICY, "neither metadata nor audio came in time");
            }
        });
        timers.add(vertx.setPeriodic(limits.ping().toMillis(), _ -> socket.writePing(Buffer.buffer())));
    }

    /** What is no WebSocket any more: the protocol layer read it, and knows the code to close with. */
    private void onFault(Throwable fault) {
        if (fault instanceof CorruptedWebSocketFrameException corrupt) {
            observer.limited("frame");
            over(corrupt.closeStatus().code(), String.valueOf(corrupt.getMessage()));
        } else {
            log.debug("Telephone socket: {}", fault.toString());
        }
    }

    private void onText(String text) {
        if (closing || !within(text.length(), limits.maxTextBytes(), "text")) {
            return;
        }
        switch (codec.text(text)) {
            case TelephonyMessage.Metadata metadata -> start(metadata);
            case TelephonyMessage.Dtmf(char digit) -> listener.ifPresent(call -> call.dtmf(digit));
            case TelephonyMessage.Ignored() -> {
                // marks and remarks of the dialplan are nothing to us
            }
            case TelephonyMessage.Garbage() -> {
                if (++garbageTexts > limits.maxGarbageTexts()) {
                    observer.limited("garbage");
                    over(CloseCodes.POLICY, "too many text messages that are not JSON objects");
                }
            }
        }
    }

    private void onBinary(Buffer message) {
        if (closing || !within(message.length(), limits.maxAudioBytes(), "audio")) {
            return;
        }
        if (message.length() == 0 && codec.emptyMeansAudioEnded()) {
            endAudio();
        } else if (!audioEnded) {
            ByteBuffer pcm = codec.audio(message);
            listener.ifPresentOrElse(call -> call.audio(pcm), () -> keepEarly(pcm));
        }
    }

    /** Whether a message is within the bounds; closes the socket when it is not. */
    private boolean within(int length, int most, String kind) {
        long now = System.nanoTime();
        if (length > most) {
            observer.limited(kind);
            over(CloseCodes.TOO_BIG, kind + " message of more than " + most + " bytes");
        } else if (!messages.take(1, now)) {
            observer.limited("messages");
            over(CloseCodes.POLICY, "more than " + limits.messagesPerSecond() + " messages a second");
        } else if (!bytes.take(length, now)) {
            observer.limited("bytes");
            over(CloseCodes.POLICY, "more than " + limits.audioBytesPerSecond() + " bytes a second");
        } else {
            return true;
        }
        return false;
    }

    private void keepEarly(ByteBuffer pcm) {
        if (!audioSeen) {
            audioSeen = true;
            after(limits.metadataPatience(), this::startWithoutMetadata);
        }
        byte[] copy = new byte[pcm.remaining()];
        pcm.get(copy);
        early.appendBytes(copy);
        if (early.length() > limits.maxAudioBytes()) {
            startWithoutMetadata();
        }
    }

    private void endAudio() {
        if (!audioEnded) {
            audioEnded = true;
            audioSeen = true;
            listener.ifPresentOrElse(
                    TelephonyListener::audioEnded, () -> after(limits.metadataPatience(), this::startWithoutMetadata));
        }
    }

    private void startWithoutMetadata() {
        if (listener.isEmpty() && !closing) {
            start(new TelephonyMessage.Metadata("", "", "the switch sent no metadata"));
        }
    }

    private void start(TelephonyMessage.Metadata metadata) {
        if (listener.isPresent()) {
            return;
        }
        String callId = CALL_ID.matcher(metadata.callId()).matches() ? metadata.callId() : "leg-" + UUID.randomUUID();
        if (!metadata.remark().isEmpty()) {
            log.warn("Call {}: {}", callId, metadata.remark());
        }
        TelephonyListener call = calls.apply(this);
        listener = Optional.of(call);
        call.started(new CallStart(callId, callerHash.of(metadata.number()), codec.format()));
        if (early.length() > 0 && !closing) {
            call.audio(ByteBuffer.wrap(early.getBytes()).order(ByteOrder.LITTLE_ENDIAN));
        }
        early = Buffer.buffer();
        if (audioEnded && !closing) {
            call.audioEnded();
        }
    }

    @Override
    public PlayoutTraits traits() {
        return codec.traits();
    }

    @Override
    public void play(short[] frame) {
        if (!closing) {
            codec.play(frame, this);
        }
    }

    @Override
    public void endOfAnswer() {
        if (!closing) {
            codec.endOfAnswer(this);
        }
    }

    @Override
    public void clear() {
        if (!closing) {
            codec.clear(this);
        }
    }

    @Override
    public Set<Capability> capabilities() {
        return codec.capabilities();
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
        over(CloseCodes.NORMAL, reason);
    }

    @Override
    public boolean writeQueueFull() {
        return closing || socket.writeQueueFull();
    }

    @Override
    public void close(int code, String reason) {
        over(code, reason);
    }

    @Override
    public void binary(Buffer message) {
        socket.writeBinaryMessage(message);
    }

    @Override
    public void text(String message) {
        socket.writeTextMessage(message);
    }

    /** Closes from our side. The listener hears of it in a later turn, whoever closed. */
    private void over(int code, String reason) {
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
        context.runOnContext(_ -> ended("closed by the bridge: " + accepted + " " + fitting));
    }

    private String closeOfFarSide() {
        Short code = socket.closeStatusCode();
        String reason = socket.closeReason();
        return code == null || code == CloseCodes.NO_CLOSE_FRAME
                ? "the connection broke"
                : "closed by the switch: " + code + (reason == null || reason.isEmpty() ? "" : " " + reason);
    }

    private void ended(String reason) {
        closing = true;
        timers.forEach(vertx::cancelTimer);
        timers.clear();
        if (!stopped) {
            stopped = true;
            listener.ifPresent(call -> call.stopped(reason));
        }
    }

    private void after(Duration delay, Runnable action) {
        timers.add(vertx.setTimer(delay.toMillis(), timer -> {
            timers.remove(timer);
            action.run();
        }));
    }
}
