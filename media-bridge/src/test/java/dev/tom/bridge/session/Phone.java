package dev.tom.bridge.session;

import dev.tom.bridge.audio.AudioFormat;
import dev.tom.bridge.telephony.Capability;
import dev.tom.bridge.telephony.PlayoutTraits;
import dev.tom.bridge.telephony.TelephonyListener;
import dev.tom.bridge.telephony.TelephonySocket;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.LongSupplier;

/** A telephone leg: says what a test wants, on an event-loop context of its own, and writes down what it hears. */
final class Phone implements TelephonySocket {

    /** A frame or order that came from the bridge; frames by their first sample. */
    record Got(long at, String what) {}

    final List<Got> got = new CopyOnWriteArrayList<>();
    volatile boolean slow;
    volatile boolean paused;
    volatile Set<Capability> capabilities = Set.of(Capability.CLEAR, Capability.HANG_UP, Capability.TRANSFER);
    final Context context;
    private final LongSupplier nowMillis;
    private TelephonyListener listener = RefusedLeg.INSTANCE;
    private volatile int frames;

    Phone(Vertx vertx, LongSupplier nowMillis) {
        this.context = vertx.getOrCreateContext();
        this.nowMillis = nowMillis;
    }

    /** Rings; on the phone's context. */
    void connect(CallDesk desk, String callId) {
        listener = desk.accepted(this);
        listener.started(new TelephonyListener.CallStart(callId, "hash", AudioFormat.NARROWBAND));
    }

    /** Sends the next frame of 20 ms and lets the call tick; on the phone's context. */
    void frame(boolean voice) {
        sendFrame(voice);
        tick();
    }

    void sendFrame(boolean voice) {
        listener.audio(Frames.caller(++frames, voice, AudioFormat.NARROWBAND));
    }

    /** Time goes on without audio, as on hold. */
    void tick() {
        if (listener instanceof CallSession call) {
            call.tick(nowMillis.getAsLong());
        }
    }

    void audioEnds() {
        listener.audioEnded();
    }

    void hangsUp() {
        listener.stopped("closed by the switch: 1000");
    }

    /** How many frames it has sent; the number of the last one. */
    int sent() {
        return frames;
    }

    /** The numbers of the answers that were heard, frame by frame, without padding. */
    List<Integer> heard() {
        return got.stream()
                .map(Got::what)
                .filter(what -> what.matches("-?\\d+") && !what.equals("0"))
                .map(Integer::valueOf)
                .toList();
    }

    /** The numbers of the answers in the order in which they began. */
    List<Integer> answers() {
        return got.stream()
                .map(Got::what)
                .filter(what -> what.matches("[1-9]\\d*"))
                .map(Integer::valueOf)
                .distinct()
                .toList();
    }

    @Override
    public PlayoutTraits traits() {
        return new PlayoutTraits(160, 80, 80, 40);
    }

    @Override
    public Set<Capability> capabilities() {
        return capabilities;
    }

    @Override
    public void transfer(String extension) {
        got.add(new Got(nowMillis.getAsLong(), "transfer " + extension));
    }

    @Override
    public void hangUp(String reason) {
        got.add(new Got(nowMillis.getAsLong(), "hang-up"));
        close(1000, reason);
    }

    @Override
    public void play(short[] frame) {
        got.add(new Got(nowMillis.getAsLong(), String.valueOf(frame[0])));
    }

    @Override
    public void endOfAnswer() {
        got.add(new Got(nowMillis.getAsLong(), "end"));
    }

    @Override
    public void clear() {
        got.add(new Got(nowMillis.getAsLong(), "clear"));
    }

    @Override
    public boolean writeQueueFull() {
        return slow;
    }

    @Override
    public boolean paused() {
        return paused;
    }

    @Override
    public void close(int code, String reason) {
        got.add(new Got(nowMillis.getAsLong(), "close " + code));
        context.runOnContext(_ -> listener.stopped("closed by the bridge: " + code));
    }
}
