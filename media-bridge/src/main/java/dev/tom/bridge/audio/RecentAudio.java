package dev.tom.bridge.audio;

import java.util.function.Consumer;

/**
 * The caller's last words, kept until they are answered, so that another backend can hear them again. Holds the open question with
 * {@value #PRE_ROLL_MILLIS} ms before its onset, at most {@value #BOUND_SECONDS} s of it (the newest); without a question only what a
 * question may begin with. One call; not thread-safe; memory grows with the longest question and then stays.
 */
public final class RecentAudio {

    /** Bound: longer questions lose their beginning. */
    public static final int BOUND_SECONDS = 15;
    /** What is kept from before an onset, so that no soft consonant is cut. */
    public static final int PRE_ROLL_MILLIS = 300;

    /** An onset may become a question so much later: as long as it is undecided whether the caller interrupts an answer. */
    static final int UNDECIDED_MILLIS = 1_200;

    private static final long NO_QUESTION = -1;

    private final short[] frame;
    private final int preRollSamples;
    private final int undecidedSamples;
    private final int boundSamples;
    private short[] ring;
    private long start;
    private long end;
    private long question = NO_QUESTION;
    private long given;
    private long lostSamples;

    public RecentAudio(AudioFormat format) {
        frame = new short[format.samplesPerFrame()];
        preRollSamples = PRE_ROLL_MILLIS / AudioFormat.FRAME_MILLIS * frame.length;
        undecidedSamples = UNDECIDED_MILLIS / AudioFormat.FRAME_MILLIS * frame.length;
        boundSamples = BOUND_SECONDS * format.sampleRate();
        ring = new short[format.sampleRate()];
    }

    /** Keeps a copy of the newest frame. */
    public void add(short[] newest) {
        makeRoom(newest.length);
        int at = (int) (end % ring.length);
        int first = Math.min(newest.length, ring.length - at);
        System.arraycopy(newest, 0, ring, at, first);
        System.arraycopy(newest, first, ring, 0, newest.length - first);
        end += newest.length;
    }

    /**
     * The caller began to speak; what is kept from here on is the question. A question that is still open goes on instead.
     *
     * @param backMillis how long ago the first voiced sample was, 0 or more
     */
    public void questionBegan(long backMillis) {
        if (question != NO_QUESTION) {
            return;
        }
        question = onset(backMillis);
    }

    /** The question was answered, or was none. */
    public void forgetQuestion() {
        question = NO_QUESTION;
    }

    /** All that is kept up to now belongs to a turn that was given away; {@link #replayOnset} does not give it again. */
    public void turnGiven() {
        given = end;
    }

    /**
     * Gives the beginning of a turn that was just noticed: its first voiced sample and the pre-roll, up to now.
     *
     * @param backMillis how long ago the first voiced sample was, 0 or more
     * @param sink takes one frame after the other; the array is borrowed
     */
    public void replayOnset(long backMillis, Consumer<short[]> sink) {
        replay(Math.max(given, onset(backMillis)), sink);
    }

    /** Whether there is a question to hear again. */
    public boolean holdsQuestion() {
        return question != NO_QUESTION;
    }

    /** Length of the question that is held, pre-roll included, in samples. */
    public long questionSamples() {
        return question == NO_QUESTION ? 0 : end - question;
    }

    /** How much of questions was lost to the bound since the beginning of the call, in samples. */
    public long lostSamples() {
        return lostSamples;
    }

    /**
     * Gives the question from its pre-roll to now.
     *
     * @param sink takes one frame after the other; the array is borrowed
     */
    public void replayQuestion(Consumer<short[]> sink) {
        if (question != NO_QUESTION) {
            replay(question, sink);
        }
    }

    private long onset(long backMillis) {
        long back = (backMillis + AudioFormat.FRAME_MILLIS - 1) / AudioFormat.FRAME_MILLIS * frame.length;
        return Math.max(start, end - back - preRollSamples);
    }

    private void replay(long from, Consumer<short[]> sink) {
        for (long position = from; position + frame.length <= end; position += frame.length) {
            int at = (int) (position % ring.length);
            int first = Math.min(frame.length, ring.length - at);
            System.arraycopy(ring, at, frame, 0, first);
            System.arraycopy(ring, 0, frame, first, frame.length - first);
            sink.accept(frame);
        }
    }

    private void makeRoom(int samples) {
        if (question == NO_QUESTION) {
            start = Math.max(start, end + samples - undecidedSamples - preRollSamples);
        }
        long needed = end + samples - start;
        if (needed > ring.length && ring.length < boundSamples) {
            grow((int) Math.min(boundSamples, 2L * ring.length));
        }
        if (needed > ring.length) {
            start = end + samples - ring.length;
            if (question != NO_QUESTION && question < start) {
                lostSamples += start - question;
                question = start;
            }
        }
    }

    private void grow(int capacity) {
        short[] larger = new short[capacity];
        for (long position = start; position < end; position++) {
            larger[(int) (position % capacity)] = ring[(int) (position % ring.length)];
        }
        ring = larger;
    }
}
