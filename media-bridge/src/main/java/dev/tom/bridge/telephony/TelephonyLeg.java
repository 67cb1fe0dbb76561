package dev.tom.bridge.telephony;

import dev.tom.bridge.telephony.TelephonyListener.CallStart;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.vertx.core.AsyncResult;
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
import java.util.function.Function;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The incoming side of one telephone socket after its upgrade: from messages to the listener. Confined to the socket's context.
 *
 * <p>The call begins, and its listener is made, with the metadata and when the gate let it pass; or with audio for which no metadata
 * came in time, which waits so long. A socket that sends neither is closed and was never a call.
 */
final class TelephonyLeg implements MessageAssembly.Messages, LiveLegs.Leg {

    private static final Logger log = LoggerFactory.getLogger(TelephonyLeg.class);

    /** What text from outside is not written to the log with: control characters, and digits that may be a number. */
    private static final Pattern UNSAFE = Pattern.compile("\\P{Print}|[0-9]{4,}");

    /**
     * What all legs of a server share.
     *
     * @param calls makes the listener of a leg that becomes a call
     */
    record Surroundings(
            Vertx vertx,
            TelephonyLimits limits,
            TelephonyObserver observer,
            CallerHash callerHash,
            LiveLegs live,
            Function<TelephonySocket, TelephonyListener> calls) {}

    private final Surroundings around;
    private final Context context;
    private final TelephonyLimits limits;
    private final ServerWebSocket socket;
    private final TelephonyCodec codec;
    private final LegOutput output;
    private final LegGate gate;
    private final Runnable gone;
    private final MessageBounds bounds;
    private final CallerBacklog backlog;
    private final Set<Long> timers = new HashSet<>();

    private Optional<TelephonyListener> listener = Optional.empty();
    private Buffer early = Buffer.buffer();
    private boolean introduced;
    private boolean audioSeen;
    private boolean audioEnded;
    private boolean stopped;
    private String callId = "";
    private volatile CallBinding binding;
    private volatile long heardNanos;

    /** @param gone runs once when the socket is gone */
    TelephonyLeg(Surroundings around, ServerWebSocket socket, TelephonyCodec codec, LegGate gate, Runnable gone) {
        this.around = around;
        this.context = around.vertx().getOrCreateContext();
        this.limits = around.limits();
        this.socket = socket;
        this.codec = codec;
        this.output = new LegOutput(around.vertx(), socket, codec, this::ended);
        this.gate = gate;
        this.gone = gone;
        this.binding = gate.binding();
        this.heardNanos = System.nanoTime();
        this.bounds = new MessageBounds(limits, System.nanoTime());
        this.backlog = new CallerBacklog((int) limits.callerAudioAge().toMillis());
    }

    /** Begins to listen; to be called in the turn of the event loop in which the upgrade was answered. */
    void open() {
        socket.setWriteQueueMaxSize(limits.writeQueueBytes());
        socket.frameHandler(new MessageAssembly(limits.maxFrameBytes(), this)::frame);
        socket.exceptionHandler(this::onFault);
        socket.closeHandler(_ -> ended(closeOfFarSide()));
        after(limits.firstSign(), () -> {
            if (listener.isEmpty() && (binding.bound() || !audioSeen)) {
                output.close(
                        CloseCodes.POLICY,
                        audioSeen ? "no metadata came in time" : "neither metadata nor audio came in time");
            }
        });
        timers.add(around.vertx().setPeriodic(limits.ping().toMillis(), _ -> socket.writePing(Buffer.buffer())));
    }

    /** What is no WebSocket any more: the protocol layer read it, and knows the code to close with. */
    private void onFault(Throwable fault) {
        if (fault instanceof CorruptedWebSocketFrameException corrupt) {
            around.observer().limited("frame");
            output.close(corrupt.closeStatus().code(), String.valueOf(corrupt.getMessage()));
        } else {
            log.debug("Telephone socket: {}", fault.getClass().getSimpleName());
        }
    }

    @Override
    public void text(Buffer message) {
        long now = System.nanoTime();
        heardNanos = now;
        if (!output.closing() && within(bounds.text(message.length(), now))) {
            take(codec.text(message), now);
        }
    }

    @Override
    public void binary(Buffer message) {
        long now = System.nanoTime();
        heardNanos = now;
        if (!output.closing() && within(bounds.audio(message.length(), now))) {
            take(codec.binary(message), now);
        }
    }

    private boolean within(Optional<MessageBounds.Excess> excess) {
        excess.ifPresent(bound -> {
            around.observer().limited(bound.name());
            output.close(bound.code(), bound.sentence());
        });
        return excess.isEmpty();
    }

    private void take(TelephonyMessage message, long nowNanos) {
        switch (message) {
            case TelephonyMessage.Audio(ByteBuffer pcm) -> audio(pcm, nowNanos);
            case TelephonyMessage.Metadata metadata -> introduce(metadata);
            case TelephonyMessage.AudioEnded() -> endAudio();
            case TelephonyMessage.Dtmf(char digit) -> listener.ifPresent(call -> call.dtmf(digit));
            case TelephonyMessage.Marked(String name) -> output.played(name, nowNanos);
            case TelephonyMessage.Stopped() -> output.close(CloseCodes.NORMAL, "the call is over");
            case TelephonyMessage.Unusable(String sentence) -> {
                around.observer().refused(CloseCodes.AS_BAD_REQUEST);
                output.close(CloseCodes.POLICY, sentence);
            }
            case TelephonyMessage.Complaint(String text) ->
                log.warn(
                        "The far side complains: {}",
                        UNSAFE.matcher(CloseCodes.fitting(text)).replaceAll("?"));
            case TelephonyMessage.Ignored() -> {
                // remarks and reports are nothing to us
            }
            case TelephonyMessage.Garbage() -> within(bounds.garbage());
        }
    }

    private void audio(ByteBuffer pcm, long nowNanos) {
        if (audioEnded) {
            return;
        }
        boolean wasKeeping = backlog.keeping();
        if (listener.isEmpty()) {
            keepEarly(pcm);
        } else if (!backlog.keepsBack(pcm, bytesPerSecond(), nowNanos)) {
            listener.get().audio(pcm);
        } else if (!wasKeeping) {
            after(Duration.ofMillis(CallerBacklog.LOOK_MILLIS), this::lookAtBacklog);
        }
    }

    private void lookAtBacklog() {
        if (output.closing() || !backlog.keeping()) {
            return;
        }
        give(backlog.look(bytesPerSecond()));
        if (backlog.keeping()) {
            after(Duration.ofMillis(CallerBacklog.LOOK_MILLIS), this::lookAtBacklog);
        }
    }

    private void give(ByteBuffer pcm) {
        long dropped = backlog.takeDroppedFrames(bytesPerSecond());
        if (dropped > 0) {
            around.observer().stale(dropped);
        }
        if (pcm.hasRemaining()) {
            listener.ifPresent(call -> call.audio(pcm));
        }
    }

    private int bytesPerSecond() {
        return 2 * codec.format().sampleRate();
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
            if (introduced) {
                output.close(CloseCodes.FAULT, "who connects could not be checked in time");
            } else if (binding.bound()) {
                output.close(CloseCodes.POLICY, "no metadata came with the first " + limits.maxAudioBytes() + " bytes");
            } else {
                startWithoutMetadata();
            }
        }
    }

    private void endAudio() {
        if (!audioEnded) {
            give(backlog.release());
            audioEnded = true;
            audioSeen = true;
            listener.ifPresentOrElse(
                    TelephonyListener::audioEnded, () -> after(limits.metadataPatience(), this::startWithoutMetadata));
        }
    }

    /** A socket that was opened for one call waits for the name of the call. */
    private void startWithoutMetadata() {
        if (!binding.bound()) {
            introduce(new TelephonyMessage.Metadata("", "", "", "the switch sent no metadata"));
        }
    }

    /** The first metadata counts. While the gate decides, audio waits. */
    private void introduce(TelephonyMessage.Metadata metadata) {
        if (introduced || output.closing()) {
            return;
        }
        introduced = true;
        gate.pass(metadata).onComplete(decided -> admit(metadata, decided));
    }

    private void admit(TelephonyMessage.Metadata metadata, AsyncResult<LegGate.Pass> decided) {
        if (output.closing()) {
            return;
        }
        LegGate.Pass pass = decided.succeeded()
                ? decided.result()
                : new LegGate.Pass.Stopped("It could not be checked who connects");
        switch (pass) {
            case LegGate.Pass.Through(CallBinding proven) -> {
                binding = proven;
                start(metadata);
            }
            case LegGate.Pass.Stopped(String sentence) -> {
                around.observer().refused(CloseCodes.AS_UNAUTHORIZED);
                output.close(CloseCodes.POLICY, sentence);
            }
        }
    }

    private void start(TelephonyMessage.Metadata metadata) {
        callId = CallName.of(metadata, around.callerHash());
        if (binding.contradicts(metadata.callId())) {
            mixedUp("metadata", "the metadata names another call than the one this socket was opened for");
            return;
        }
        if (!around.live().claim(callId, this, System.nanoTime())) {
            mixedUp("twice", "this call is live on another socket");
            return;
        }
        if (!metadata.remark().isEmpty()) {
            log.warn("Call {}: {}", callId, metadata.remark());
        }
        TelephonyListener call = around.calls().apply(output);
        output.begin();
        listener = Optional.of(call);
        call.started(new CallStart(callId, around.callerHash().of(metadata.number()), codec.format()));
        if (early.length() > 0 && !output.closing()) {
            call.audio(ByteBuffer.wrap(early.getBytes()).order(ByteOrder.LITTLE_ENDIAN));
        }
        early = Buffer.buffer();
        if (audioEnded && !output.closing()) {
            call.audioEnded();
        }
    }

    /** No audio has moved yet, in either direction. */
    private void mixedUp(String how, String sentence) {
        log.error("Call {}: {}: a switch that mixes up its calls must be restarted", callId, sentence);
        around.observer().mixedUp(how);
        early = Buffer.buffer();
        output.close(CloseCodes.POLICY, sentence);
    }

    @Override
    public CallBinding binding() {
        return binding;
    }

    @Override
    public long heardNanos() {
        return heardNanos;
    }

    @Override
    public void replaced() {
        context.runOnContext(_ -> output.close(CloseCodes.POLICY, "a newer socket has this call"));
    }

    /** Without its reason, which is text from outside and may tell a number. */
    private String closeOfFarSide() {
        Short code = socket.closeStatusCode();
        return code == null || code == CloseCodes.NO_CLOSE_FRAME
                ? "the connection broke"
                : "closed by the switch: " + code;
    }

    private void ended(String reason) {
        output.gone();
        timers.forEach(around.vertx()::cancelTimer);
        timers.clear();
        if (!stopped) {
            stopped = true;
            around.live().release(callId, this);
            gone.run();
            listener.ifPresent(call -> call.stopped(reason));
        }
    }

    private void after(Duration delay, Runnable action) {
        timers.add(around.vertx().setTimer(delay.toMillis(), timer -> {
            timers.remove(timer);
            action.run();
        }));
    }
}
