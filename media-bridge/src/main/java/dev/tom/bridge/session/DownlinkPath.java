package dev.tom.bridge.session;

import dev.tom.bridge.audio.AudioFormat;
import dev.tom.bridge.audio.EchoPath;
import dev.tom.bridge.audio.Framer;
import dev.tom.bridge.audio.Playout;
import dev.tom.bridge.call.CallEvent;
import dev.tom.bridge.telephony.Capability;
import dev.tom.bridge.telephony.PlayoutTraits;
import dev.tom.bridge.telephony.TelephonySocket;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * From the backend to the phone: {@link #accept} names every step. Lets through only the audio of the answer that the machine took, so
 * nothing of an older one can follow a barge-in or a move.
 */
final class DownlinkPath implements Playout.Output {

    private static final Logger LOG = LoggerFactory.getLogger(DownlinkPath.class);
    private static final String NO_ANSWER = "";

    private final TelephonySocket socket;
    private final EchoPath echo;
    private final CallObserver observer;
    private final Consumer<CallEvent> events;
    private final Framer framer;
    private final Playout playout;
    private String current = NO_ANSWER;
    private boolean begun;
    private boolean dry;

    /**
     * @param echo is told what is played
     * @param events hears what the playout reports; called from inside {@link #pump} too, so it must not act at once
     */
    DownlinkPath(
            AudioFormat format,
            EchoPath echo,
            TelephonySocket socket,
            CallObserver observer,
            Consumer<CallEvent> events) {
        this.echo = echo;
        this.socket = socket;
        this.observer = observer;
        this.events = events;
        framer = new Framer(format);
        PlayoutTraits traits = socket.traits();
        playout = new Playout(
                format,
                new Playout.Pacing(
                        traits.leadMillis(),
                        traits.tailPaddingMillis(),
                        traits.clearPaddingMillis(),
                        traits.clearPauseMillis()));
    }

    /** Audio of the answer that was taken, any length. */
    void accept(short[] pcm, int length, long nowMillis) {
        begin();
        framer.put(pcm, length);
        queueFrames();
        pump(nowMillis);
    }

    /** Opens the way for the audio of this answer. */
    void take(String answerId) {
        current = answerId;
        begun = false;
        dry = false;
    }

    /** Whether audio of this answer has a way to the phone. */
    boolean takes(String answerId) {
        return current.equals(answerId);
    }

    /** Whether the next audio is the first of the answer, or the first after it ran dry. */
    boolean awaited() {
        return !begun || dry;
    }

    /** No more audio of this answer follows. */
    void complete(String answerId, long nowMillis) {
        if (!takes(answerId)) {
            return;
        }
        current = NO_ANSWER;
        if (begun) {
            framer.padToFrame();
            queueFrames();
            playout.end();
            pump(nowMillis);
        }
    }

    /**
     * Drops what is queued and makes the far side drop what it holds. A far side that asked to wait holds much, whatever the playout
     * reckons; one that cannot drop plays on to the end of its short lead.
     */
    void stop(long nowMillis) {
        current = NO_ANSWER;
        framer.clear();
        if (!socket.capabilities().contains(Capability.CLEAR)) {
            boolean audible = playout.audible(nowMillis);
            playout.drop();
            if (audible) {
                socket.clear();
            }
        } else if (playout.flush(nowMillis, this) || socket.paused()) {
            clear(nowMillis);
        }
    }

    /**
     * Pauses at once; the far side drops what it has not played, if it can. One that asked to wait may hold more than the playout can take
     * back; that little is lost.
     */
    void hold(long nowMillis) {
        boolean drops = socket.capabilities().contains(Capability.CLEAR);
        if (playout.hold(nowMillis, drops, this) || (drops && socket.paused())) {
            clear(nowMillis);
        }
    }

    /** Goes on where the far side was. */
    void resume(long nowMillis) {
        playout.resume();
        pump(nowMillis);
    }

    /** Plays a phrase of our own behind what is queued; its end is told under this id. */
    void playPhrase(String id, short[] pcm, long nowMillis) {
        playout.begin(id);
        framer.clear();
        framer.put(pcm, pcm.length);
        framer.padToFrame();
        queueFrames();
        playout.end();
        pump(nowMillis);
    }

    /** Plays what is due, unless the far side asked to wait; at least every {@value AudioFormat#FRAME_MILLIS} ms. */
    void pump(long nowMillis) {
        if (playout.busy() && !socket.paused()) {
            playout.pump(nowMillis, this);
        }
    }

    Playout playout() {
        return playout;
    }

    @Override
    public void play(short[] frame) {
        try {
            if (socket.writeQueueFull()) {
                // The phone's network is slower than speech: this frame would come too late, so the next one goes in
                // its place.
                observer.backpressure("phone", 1);
            } else {
                socket.play(frame);
                echo.played(frame, playout.lastBegins());
            }
        } catch (IllegalStateException e) {
            // The socket is closed and the call has not heard of it yet.
            LOG.debug("a frame for a closed phone socket: {}", e.getMessage());
        }
    }

    @Override
    public void firstVoiced(String answerId, long nowMillis) {
        events.accept(new CallEvent.AnswerHeard(answerId, nowMillis));
    }

    @Override
    public void written(String answerId) {
        socket.endOfAnswer();
    }

    @Override
    public void played(String answerId) {
        events.accept(new CallEvent.AnswerPlayed(answerId));
    }

    @Override
    public void ranDry(String answerId) {
        dry = takes(answerId);
        events.accept(new CallEvent.AnswerRanDry(answerId));
    }

    private void clear(long nowMillis) {
        socket.clear();
        echo.cleared(nowMillis);
    }

    private void begin() {
        if (!begun) {
            framer.clear();
            playout.begin(current);
            begun = true;
        }
        dry = false;
    }

    private void queueFrames() {
        long dropped = playout.droppedFrames();
        while (framer.next()) {
            playout.offer(framer.frame());
        }
        if (playout.droppedFrames() > dropped) {
            observer.backpressure("playout", playout.droppedFrames() - dropped);
        }
    }
}
