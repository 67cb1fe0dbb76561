package dev.tom.bench.side;

import dev.tom.bench.wire.Loop;
import dev.tom.bench.wire.Mark;
import dev.tom.bench.wire.Peer;
import dev.tom.bench.wire.Sound;
import java.nio.charset.StandardCharsets;
import java.util.Random;

/** One caller: sends a frame each 20 ms, listens to what comes, and speaks as its manner asks. */
final class Phone implements Peer.Listener {

    private static final int FRAME_BYTES = 2 * Mark.FRAME_SAMPLES;
    /** 1.2 s: a short question. */
    private static final int QUESTION_FRAMES = 60;
    /** 0.8 s of an interruption, at least. */
    private static final int INTERRUPTION_FRAMES = 40;
    /** 4 s: who is not heard by then never will be. */
    private static final int LOUDEST_FRAMES = 200;
    /** 1 s of local audio is an answer. */
    private static final int LOCAL_FRAMES = 50;

    private static final byte[] KILL = "killAudio".getBytes(StandardCharsets.US_ASCII);

    private final Callers callers;
    private final Loop loop;
    private final int index;
    private final Heard heard;
    private final Mark mark = new Mark();
    private final Random random;
    private Peer peer;

    private int seq;
    private int clock;
    private int life;
    private int lives;
    private boolean hungUp;
    private HeardAnswer answer;
    private int voicedFrames;
    private int patience;
    private Interruption interruption = new Interruption();
    private boolean cutSent;
    private long cutNanos;
    private long lastProviderNanos;
    private int localFrames;
    private boolean answered;

    Phone(Callers callers, Loop loop, int index) {
        this.callers = callers;
        this.loop = loop;
        this.index = index;
        heard = callers.heard();
        random = new Random(index);
        answer = nothing();
        peer = dial();
    }

    private Peer dial() {
        Callers.Script script = callers.script();
        life = script.lifeSeconds() == 0
                ? Integer.MAX_VALUE
                : script.lifeSeconds() * 25 + random.nextInt(script.lifeSeconds() * 50);
        // Whole cycles apart in phase, so that the callers do not speak all at once.
        clock = -(index * 37 + lives++) % script.cycleFrames();
        String authorization =
                script.authorization().isEmpty() ? "" : "authorization: " + script.authorization() + "\r\n";
        String request = "GET " + script.path() + " HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\n"
                + "Connection: Upgrade\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n"
                + "Sec-WebSocket-Protocol: audio.drachtio.org\r\n" + authorization + "\r\n";
        return loop.connect(script.port(), request, _ -> this);
    }

    @Override
    public void open(String head) {
        byte[] metadata = ("{\"callId\":\"bench-" + index + "-" + lives + "\",\"from\":\"+4930" + (1_000_000 + index)
                        + "\"}")
                .getBytes(StandardCharsets.US_ASCII);
        peer.text(metadata, metadata.length);
    }

    @Override
    public void closed(String how) {
        if (!hungUp && life > 0) {
            heard.closed(how);
        }
    }

    boolean isOpen() {
        return peer.isOpen();
    }

    /** Whether it heard an answer since the measurement began. */
    boolean answered() {
        return answered;
    }

    /** Whether it heard a local answer. */
    boolean local() {
        return localFrames >= LOCAL_FRAMES;
    }

    /** Whether it has nothing left to do. */
    boolean done() {
        return callers.script().manner() == Callers.Manner.CUT && cutSent && local();
    }

    /** The measurement begins: the answer that runs is not counted. */
    void begin() {
        answer = nothing();
        answered = false;
        interruption = new Interruption();
    }

    void forgetLocal() {
        localFrames = 0;
    }

    void hangUp() {
        hungUp = true;
        peer.close();
    }

    /** Every 20 ms. */
    void frameTime() {
        if (hungUp) {
            return;
        }
        if (life-- == 0) {
            peer.close();
            life--;
        } else if (life < 0 && !peer.isOpen()) {
            peer = dial();
            answer = nothing();
            return;
        }
        if (!peer.isOpen()) {
            return;
        }
        boolean voice = switch (callers.script().manner()) {
            case TALK -> talk();
            case INTERRUPT -> interrupt();
            case CUT -> askThenCut();
        };
        send(voice);
    }

    private void send(boolean voice) {
        byte[] frame = callers.frame(voice);
        mark.call = index;
        mark.answer = 0;
        mark.seq = seq++;
        mark.command = cutNanos == 1 ? Mark.CUT : 0;
        mark.sentNanos = System.nanoTime();
        if (mark.command == Mark.CUT) {
            cutNanos = mark.sentNanos;
        }
        mark.toPcm(frame);
        peer.binary(frame, FRAME_BYTES);
        if (interruption.wanted()) {
            // The frame was spoken in the 20 ms before it is sent.
            interruption.onset(mark.sentNanos - Mark.FRAME_NANOS);
        }
    }

    private boolean talk() {
        int at = clock++ % callers.script().cycleFrames();
        return at >= 0 && at < QUESTION_FRAMES;
    }

    /** Speaks until it is heard, then at least so long that it is a sentence; after that it waits for the next answer. */
    private boolean interrupt() {
        if (clock++ < 0) {
            return false;
        }
        boolean inAnswer = answer.heardFrames() > 0 && !answer.isKilled();
        if (voicedFrames == 0) {
            // A caller without an answer asks again after a while.
            boolean enough = inAnswer && answer.heardFrames() >= patience;
            boolean forgotten = !inAnswer && ++patience > 150 + LOUDEST_FRAMES;
            boolean begins = clock == 1 || enough || forgotten;
            if (begins && inAnswer) {
                interruption = Interruption.wanted(answer.number());
            }
            voicedFrames = begins ? 1 : 0;
            return begins;
        }
        voicedFrames++;
        boolean unheard = inAnswer && voicedFrames < LOUDEST_FRAMES;
        if (voicedFrames <= INTERRUPTION_FRAMES || unheard) {
            return true;
        }
        heard.unanswered += inAnswer && heard.measuring() ? 1 : 0;
        voicedFrames = 0;
        patience = 50 + random.nextInt(50);
        return false;
    }

    private boolean askThenCut() {
        if (!cutSent && answer.heardFrames() > 40 + index % 40) {
            cutSent = true;
            cutNanos = 1;
        }
        return talk() && !cutSent;
    }

    @Override
    public void text(byte[] bytes, int offset, int length) {
        int last = offset + length - KILL.length;
        for (int at = offset; at <= last; at++) {
            if (java.util.Arrays.equals(bytes, at, at + KILL.length, KILL, 0, KILL.length)) {
                heard.kills += heard.measuring() ? 1 : 0;
                answer.kill();
                interruption.killed(System.nanoTime());
                return;
            }
        }
    }

    @Override
    public void binary(byte[] bytes, int offset, int length) {
        long now = System.nanoTime();
        for (int at = offset; at + FRAME_BYTES <= offset + length; at += FRAME_BYTES) {
            if (mark.fromPcm(bytes, at)) {
                provided(now);
            } else if (Sound.audiblePcm(bytes, at, FRAME_BYTES)) {
                unmarked(now);
            }
        }
    }

    /** A frame of the provider's answer. */
    private void provided(long now) {
        if (mark.answer != answer.number()) {
            answer.finish(heard);
            interruption.finish(heard);
            boolean whole = heard.measuring() && mark.seq == 0;
            answer = new HeardAnswer(mark.answer, callers.script().answerFrames(), whole);
        }
        interruption.old(mark.answer, now);
        lastProviderNanos = now;
        if (heard.measuring()) {
            heard.frames++;
            heard.foreign += mark.call == index ? 0 : 1;
            heard.stale += answer.isKilled() ? 1 : 0;
            heard.doubled += cutSent && localFrames > 0 ? 1 : 0;
            heard.through.nanos(now - mark.sentNanos);
            if (mark.seq == 0) {
                heard.first.nanos(now - mark.sentNanos);
                answered = true;
            }
        }
        if (answer.take(mark, now, heard)) {
            answer.finish(heard);
            answer = nothing(answer.number());
        }
    }

    /** Sound without a mark: an answer that was made softer while the caller interrupts, or the local voice. */
    private void unmarked(long now) {
        interruption.softened(now);
        localFrames++;
        if (localFrames == 1 && cutSent) {
            heard.cutToLocal.nanos(now - cutNanos);
            heard.silence.nanos(now - lastProviderNanos);
        }
    }

    private HeardAnswer nothing() {
        return nothing(0);
    }

    private HeardAnswer nothing(int number) {
        return new HeardAnswer(number, callers.script().answerFrames(), false);
    }
}
