package dev.tom.bridge.caller;

import dev.tom.bridge.audio.AudioFormat;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What a switch with {@code mod_audio_fork} makes of streamed audio before the caller hears it (protocols.md B5): a pre-buffer that
 * gives nothing away below 1280 samples the first time and 640 later, messages cut into pieces of 512 samples, a kill that takes effect
 * at the next tick and leaves the pre-buffer alone. One call; not thread-safe.
 */
public final class SwitchBuffer {

    /** The switch has no bound; two minutes are more than any bridge sends ahead. What is beyond is dropped and counted. */
    static final int BOUND_SECONDS = 120;

    static final int MAX_MARKS = 30;

    private static final int FIRST_THRESHOLD = 1_280;
    private static final int LATER_THRESHOLD = 640;
    private static final int PIECE = 512;

    /** A mark that was reached, or dropped by a kill. */
    public record Mark(String name, boolean cleared) {}

    private record Placed(String name, long position) {}

    private final int frameSamples;
    private final int boundSamples;
    private final short[] held = new short[FIRST_THRESHOLD + PIECE];
    private final ArrayDeque<Placed> marks = new ArrayDeque<>();
    private final List<Mark> answers = new ArrayList<>();
    private short[] queue = new short[8_192];
    private int from;
    private int to;
    private int heldSamples;
    private int threshold = FIRST_THRESHOLD;
    private boolean killing;
    private long arrived;
    private long played;
    private long dropped;

    public SwitchBuffer(AudioFormat format) {
        frameSamples = format.samplesPerFrame();
        boundSamples = BOUND_SECONDS * format.sampleRate();
    }

    /** Streamed audio came. */
    public void arrived(short[] pcm, int length) {
        for (int at = 0; at < length; at += PIECE) {
            int piece = Math.min(PIECE, length - at);
            System.arraycopy(pcm, at, held, heldSamples, piece);
            heldSamples += piece;
            arrived += piece;
            if (heldSamples >= threshold) {
                threshold = LATER_THRESHOLD;
                enqueue(held, heldSamples);
                heldSamples = 0;
            }
        }
    }

    /** A whole file came ({@code playAudio}); it does not pass the pre-buffer. */
    public void file(short[] pcm) {
        arrived += pcm.length;
        enqueue(pcm, pcm.length);
    }

    /** {@code killAudio}: what is queued at the next tick is not heard. */
    public void kill() {
        killing = true;
    }

    /** A mark behind the audio that came so far; the 31st is ignored. */
    public void mark(String name) {
        if (marks.size() < MAX_MARKS) {
            marks.add(new Placed(name, arrived));
        }
    }

    /** Forgets the marks, without an answer. */
    public void clearMarks() {
        marks.clear();
    }

    /** The next 20 ms that the caller hears; a new array. */
    public short[] tick() {
        if (killing) {
            killing = false;
            played += to - from;
            from = to;
            marks.forEach(mark -> answers.add(new Mark(mark.name, true)));
            marks.clear();
        }
        int length = Math.min(frameSamples, to - from);
        short[] heard = Arrays.copyOf(Arrays.copyOfRange(queue, from, from + length), frameSamples);
        from += length;
        played += length;
        while (!marks.isEmpty() && (marks.peek().position <= played || from == to)) {
            answers.add(new Mark(marks.remove().name, false));
        }
        return heard;
    }

    /** Answers to marks since the last call, in order. */
    public List<Mark> takeMarks() {
        List<Mark> taken = List.copyOf(answers);
        answers.clear();
        return taken;
    }

    /** Samples that did not fit. */
    public long droppedSamples() {
        return dropped;
    }

    private void enqueue(short[] pcm, int length) {
        int fitting = Math.min(length, boundSamples - (to - from));
        dropped += length - fitting;
        played += length - fitting;
        if (to + fitting > queue.length) {
            queue = Arrays.copyOfRange(queue, from, from + Math.max(queue.length, 2 * (to - from + fitting)));
            to -= from;
            from = 0;
        }
        System.arraycopy(pcm, 0, queue, to, fitting);
        to += fitting;
    }
}
