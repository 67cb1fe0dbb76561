package dev.tom.bench.side;

import dev.tom.bench.wire.Mark;
import dev.tom.bench.wire.Peer;
import dev.tom.bench.wire.Sound;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** One connection of the provider: hears frames, finds turns in them, and gives answers frame by frame. */
final class Conversation implements Peer.Listener {

    private static final int VOICED_FRAMES_FOR_ONSET = 3;
    private static final byte[] APPEND = ascii("input_audio_buffer.append");
    private static final byte[] AUDIO = ascii("\"audio\":");

    private final Provider provider;
    private final Peer peer;
    private final Mark mark = new Mark();
    private final byte[] pcm = Sound.pcmFrame(Sound.ANSWER);
    private final RealtimeVoice realtime;

    private boolean raw;
    private int call = -1;
    private int expectedSeq;
    private int voiced;
    private int quiet;
    private boolean speaking;
    private int answer;
    private int thinking;
    private int sent;
    private boolean answering;
    private long closedNanos;

    Conversation(Provider provider, Peer peer, int number) {
        this.provider = provider;
        this.peer = peer;
        realtime = new RealtimeVoice(peer, number);
    }

    @Override
    public void open(String head) {
        raw = head.startsWith("GET /raw");
        if (!raw) {
            if (!head.toLowerCase(java.util.Locale.ROOT).contains("authorization: bearer ")) {
                provider.malformed();
            }
            realtime.created();
        }
    }

    @Override
    public void text(byte[] bytes, int offset, int length) {
        if (raw) {
            provider.malformed();
        } else if (find(APPEND, bytes, offset, Math.min(length, 200)) >= 0) {
            append(bytes, offset, length);
        } else {
            command(new String(bytes, offset, length, StandardCharsets.UTF_8));
        }
    }

    /** Audio of the caller, decoded only as far as it is looked at; the frames of one message are whole. */
    private void append(byte[] bytes, int offset, int length) {
        int key = find(AUDIO, bytes, offset, length);
        int from = key < 0 ? -1 : indexOf((byte) '"', bytes, key + AUDIO.length, offset + length);
        int to = from < 0 ? -1 : indexOf((byte) '"', bytes, from + 1, offset + length);
        if (to < 0) {
            provider.malformed();
            return;
        }
        byte[] codes = Base64.getDecoder().decode(java.util.Arrays.copyOfRange(bytes, from + 1, to));
        if (codes.length == 0 || codes.length % Mark.FRAME_SAMPLES != 0) {
            provider.malformed();
        }
        for (int at = 0; at + Mark.FRAME_SAMPLES <= codes.length; at += Mark.FRAME_SAMPLES) {
            heard(mark.fromMuLaw(codes, at), Sound.audibleMuLaw(codes, at + Mark.FRAME_SAMPLES - 32, 32));
        }
    }

    private void command(String json) {
        switch (realtime.command(json)) {
            case UNDERSTOOD -> {
                // answered already
            }
            case ANSWER -> {
                if (!answering) {
                    begin();
                }
            }
            case CANCEL -> cancel();
            case UNKNOWN -> provider.malformed();
        }
    }

    @Override
    public void binary(byte[] bytes, int offset, int length) {
        if (!raw) {
            provider.malformed();
            return;
        }
        for (int at = offset; at + 2 * Mark.FRAME_SAMPLES <= offset + length; at += 2 * Mark.FRAME_SAMPLES) {
            heard(mark.fromPcm(bytes, at), Sound.audiblePcm(bytes, at + 2 * Mark.FRAME_SAMPLES - 64, 64));
        }
    }

    @Override
    public void closed(String how) {
        closedNanos = System.nanoTime();
        answering = false;
    }

    boolean isOpen() {
        return peer.isOpen();
    }

    long lastReadNanos() {
        return peer.lastReadNanos();
    }

    long closedNanos() {
        return closedNanos;
    }

    /** Index of the call, -1 before its first frame. */
    int calledBy() {
        return call;
    }

    private void heard(boolean marked, boolean voice) {
        if (marked) {
            boolean first = call < 0;
            boolean foreign = !first && call != mark.call;
            provider.heard(mark, foreign, first ? 0 : mark.seq - expectedSeq);
            call = mark.call;
            expectedSeq = mark.seq + 1;
            if (mark.command == Mark.CUT) {
                peer.reset();
                return;
            }
        } else {
            provider.heardWithoutMark();
        }
        turn(voice);
    }

    private void turn(boolean voice) {
        voiced = voice ? voiced + 1 : 0;
        quiet = voice ? 0 : quiet + 1;
        if (!speaking && voiced >= VOICED_FRAMES_FOR_ONSET) {
            speaking = true;
            thinking = 0;
            if (!raw) {
                realtime.speechStarted();
            }
            cancel();
        } else if (speaking && quiet >= provider.script().silenceFrames()) {
            speaking = false;
            thinking = provider.script().thinkFrames();
            if (!raw) {
                realtime.speechStopped();
            }
        }
    }

    /** Every 20 ms. */
    void frameTime() {
        if (!peer.isOpen()) {
            return;
        }
        if (thinking > 0 && --thinking == 0) {
            begin();
        } else if (answering) {
            frames(1);
        }
    }

    private void begin() {
        answer++;
        sent = 0;
        answering = true;
        if (!raw) {
            realtime.answerBegins(answer);
        }
        frames(provider.script().headFrames());
    }

    private void frames(int count) {
        for (int i = 0; i < count && sent < provider.script().answerFrames(); i++) {
            mark.call = Math.max(call, 0);
            mark.answer = answer;
            mark.seq = sent++;
            mark.command = 0;
            mark.sentNanos = System.nanoTime();
            if (raw) {
                mark.toPcm(pcm);
                peer.binary(pcm, pcm.length);
            } else {
                realtime.delta(mark);
            }
        }
        if (sent == provider.script().answerFrames()) {
            answering = false;
            provider.answered();
            if (!raw) {
                realtime.answerEnds("completed", sent);
            }
        }
    }

    private void cancel() {
        if (answering) {
            answering = false;
            if (!raw) {
                realtime.answerEnds("cancelled", sent);
            }
        }
    }

    private static int find(byte[] what, byte[] bytes, int offset, int length) {
        for (int at = offset; at + what.length <= offset + length; at++) {
            if (bytes[at] == what[0] && java.util.Arrays.equals(bytes, at, at + what.length, what, 0, what.length)) {
                return at;
            }
        }
        return -1;
    }

    private static int indexOf(byte what, byte[] bytes, int from, int to) {
        for (int at = from; at < to; at++) {
            if (bytes[at] == what) {
                return at;
            }
        }
        return -1;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
