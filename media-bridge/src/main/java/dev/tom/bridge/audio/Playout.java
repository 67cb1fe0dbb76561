package dev.tom.bridge.audio;

import java.util.ArrayDeque;

/**
 * Gives answer audio to a phone at the pace at which it is heard. Models the far side's buffer: it is filled up to the lead, then gets
 * one frame for each frame that it plays, by absolute deadlines, so that neither late ticks nor stalls shift the pace. Sounds queue
 * behind each other and never overlap.
 *
 * <p>Times are milliseconds of one monotonic clock. One call; not thread-safe; allocates per answer, not per frame.
 */
public final class Playout {

    /** Bound of the queue. Providers speak faster than real time, so a long answer waits here. */
    public static final int BOUND_SECONDS = 120;

    /** Long before any time of the clock; differences to it do not overflow. */
    public static final long NEVER = Long.MIN_VALUE / 2;

    /** A frame whose loudest sample is below this (-42 dBFS) is silence. */
    private static final int SILENCE_PEAK = 256;
    /** A tick may come so much early without being wasted. */
    private static final int EARLY_MILLIS = AudioFormat.FRAME_MILLIS / 2;

    /**
     * What the far side's buffering asks for, all in milliseconds.
     *
     * @param lead how much it is kept ahead
     * @param tailPadding zeros after an answer
     * @param clearPadding zeros before a clear
     * @param clearPause silence after a clear
     */
    public record Pacing(int lead, int tailPadding, int clearPadding, int clearPause) {}

    /** Where frames go and who hears of it; called from inside {@link #pump}, {@link #hold} and {@link #flush}. */
    public interface Output {
        /** One frame for the phone, borrowed. */
        void play(short[] frame);

        /** The first frame of this answer that is not silent was just played. */
        void firstVoiced(String answerId, long nowMillis);

        /** The last frame of this answer, padding included, was played. */
        void written(String answerId);

        /** The far side has played all of this answer. */
        void played(String answerId);

        /** The far side has played what there was, and more was promised. Told once until more comes. */
        void ranDry(String answerId);
    }

    private final Pacing pacing;
    private final int boundFrames;
    private final short[] frame;
    private final short[] zeros;
    private final ArrayDeque<Sound> sounds = new ArrayDeque<>();
    private final FrameQueue queue;
    private boolean held;
    private long farEmptyAt = NEVER;
    private long quietUntil = NEVER;
    private long lastVoicedAt = NEVER;
    private long droppedFrames;

    public Playout(AudioFormat format, Pacing pacing) {
        this.pacing = pacing;
        frame = new short[format.samplesPerFrame()];
        zeros = new short[frame.length];
        boundFrames = BOUND_SECONDS * 1_000 / AudioFormat.FRAME_MILLIS;
        // What the far side may hold can be taken back.
        queue = new FrameQueue(frame.length, pacing.lead / AudioFormat.FRAME_MILLIS + 2);
    }

    /** A new sound follows those that are queued. */
    public void begin(String answerId) {
        sounds.addLast(new Sound(answerId));
    }

    /**
     * Queues a copy of one frame of the sound that began last.
     *
     * @return false when the queue is full: the frame is dropped and counted
     */
    public boolean offer(short[] newest) {
        if (sounds.isEmpty() || queue.size() >= boundFrames) {
            droppedFrames++;
            return false;
        }
        queue.add(newest);
        Sound last = sounds.getLast();
        last.receivedFrames++;
        last.dry = false;
        return true;
    }

    /** No more frames follow for the sound that began last. */
    public void end() {
        if (!sounds.isEmpty()) {
            sounds.getLast().ended = true;
        }
    }

    /** Plays what is due. To be called when frames were queued and at least every 20 ms while {@link #busy()}. */
    public void pump(long nowMillis, Output output) {
        while (!held
                && nowMillis >= quietUntil
                && buffered(nowMillis) < Math.max(pacing.lead - EARLY_MILLIS, EARLY_MILLIS)) {
            if (!playNext(nowMillis, output)) {
                break;
            }
        }
        tellWhatIsOver(nowMillis, output);
    }

    /**
     * Stops sending, until {@link #resume} or {@link #flush}. What the far side has not played is taken back, so that nothing is lost and
     * nothing is heard twice; the frame that it is playing counts as played. Plays the clear padding when the far side holds audio.
     *
     * @param drops whether the far side can drop what it holds; otherwise it plays that to its end
     * @return whether the far side holds audio and must be told to drop it now
     */
    public boolean hold(long nowMillis, boolean drops, Output output) {
        held = true;
        if (!drops || farEmptyAt <= nowMillis) {
            return false;
        }
        takeBack(nowMillis);
        clearFarSide(nowMillis, output);
        return true;
    }

    /** Lets {@link #pump} go on after a {@link #hold}. */
    public void resume() {
        held = false;
    }

    /**
     * Drops everything that was not played. Plays the clear padding when the far side still holds audio.
     *
     * @return whether the far side still holds audio and must be told to drop it
     */
    public boolean flush(long nowMillis, Output output) {
        boolean farSideHolds = farEmptyAt > nowMillis;
        drop();
        if (farSideHolds) {
            clearFarSide(nowMillis, output);
        }
        return farSideHolds;
    }

    /** Drops what was not sent; what the far side holds is still played by it. */
    public void drop() {
        held = false;
        sounds.clear();
        queue.clear();
    }

    /** Whether there is anything to do for {@link #pump}. */
    public boolean busy() {
        return !sounds.isEmpty();
    }

    /** Whether something is queued or the far side still plays. */
    public boolean audible(long nowMillis) {
        return queue.size() > 0 || farEmptyAt > nowMillis;
    }

    /** How much of this answer the far side has played, in milliseconds; 0 for an unknown one. */
    public long playedMillis(String answerId, long nowMillis) {
        for (Sound sound : sounds) {
            if (sound.id.equals(answerId)) {
                long sent = sound.sentFrames * (long) AudioFormat.FRAME_MILLIS;
                return sent - Math.clamp(sound.heardAt - nowMillis, 0, sent);
            }
        }
        return 0;
    }

    /** How much of this answer was queued so far, in milliseconds; 0 for an unknown one. */
    public long receivedMillis(String answerId) {
        for (Sound sound : sounds) {
            if (sound.id.equals(answerId)) {
                return sound.receivedFrames * (long) AudioFormat.FRAME_MILLIS;
            }
        }
        return 0;
    }

    /** When the far side begins to play the frame that was given to {@link Output#play} last. */
    public long lastBegins() {
        return farEmptyAt - AudioFormat.FRAME_MILLIS;
    }

    /** When the last frame that was not silent was played; {@link #NEVER} before the first. */
    public long lastVoicedAt() {
        return lastVoicedAt;
    }

    /** Frames dropped because the queue was full. */
    public long droppedFrames() {
        return droppedFrames;
    }

    private boolean playNext(long nowMillis, Output output) {
        Sound sound = firstUnwritten();
        if (sound == Sound.NONE) {
            return false;
        }
        if (sound.sentFrames < sound.receivedFrames) {
            playFrame(sound, nowMillis, output);
            return true;
        }
        if (!sound.ended) {
            return false;
        }
        if (sound.paddedMillis < pacing.tailPadding && sound.sentFrames > 0) {
            sound.paddedMillis += AudioFormat.FRAME_MILLIS;
            occupy(nowMillis);
            output.play(zeros);
            return true;
        }
        sound.written = true;
        if (sound.sentFrames > 0) {
            output.written(sound.id);
        }
        return true;
    }

    private void playFrame(Sound sound, long nowMillis, Output output) {
        queue.take(frame);
        sound.sentFrames++;
        occupy(nowMillis);
        sound.heardAt = farEmptyAt;
        output.play(frame);
        if (voiced(frame)) {
            lastVoicedAt = nowMillis;
            if (!sound.voiced) {
                sound.voiced = true;
                output.firstVoiced(sound.id, nowMillis);
            }
        }
    }

    private void tellWhatIsOver(long nowMillis, Output output) {
        while (!sounds.isEmpty()) {
            Sound first = sounds.getFirst();
            if (first.heardAt > nowMillis) {
                return;
            }
            if (first.written) {
                sounds.removeFirst();
                output.played(first.id);
                continue;
            }
            if (!first.ended && !first.dry && first.sentFrames > 0 && first.sentFrames == first.receivedFrames) {
                first.dry = true;
                output.ranDry(first.id);
            }
            return;
        }
    }

    private Sound firstUnwritten() {
        for (Sound sound : sounds) {
            if (!sound.written) {
                return sound;
            }
        }
        return Sound.NONE;
    }

    private void takeBack(long nowMillis) {
        int unheard = 0;
        for (Sound sound : sounds) {
            unheard += sound.takeBack(nowMillis);
        }
        queue.putBack(unheard);
    }

    private void clearFarSide(long nowMillis, Output output) {
        farEmptyAt = nowMillis;
        quietUntil = nowMillis + pacing.clearPause;
        for (int padded = 0; padded < pacing.clearPadding; padded += AudioFormat.FRAME_MILLIS) {
            output.play(zeros);
        }
    }

    private long buffered(long nowMillis) {
        return Math.max(0, farEmptyAt - nowMillis);
    }

    /** One more frame lies in the far side's buffer. */
    private void occupy(long nowMillis) {
        farEmptyAt = Math.max(farEmptyAt, nowMillis) + AudioFormat.FRAME_MILLIS;
    }

    private static boolean voiced(short[] samples) {
        for (short sample : samples) {
            if (sample >= SILENCE_PEAK || sample <= -SILENCE_PEAK) {
                return true;
            }
        }
        return false;
    }

    /** One answer on its way. */
    private static final class Sound {
        static final Sound NONE = new Sound("");

        final String id;
        int receivedFrames;
        int sentFrames;
        int paddedMillis;
        boolean ended;
        boolean voiced;
        boolean dry;
        boolean written;
        long heardAt = NEVER;

        Sound(String id) {
            this.id = id;
        }

        /** Its frames that the far side has not begun to play are not sent any more. Returns how many. */
        int takeBack(long nowMillis) {
            int unheard = (int) Math.clamp((heardAt - nowMillis) / AudioFormat.FRAME_MILLIS, 0L, sentFrames);
            if (unheard > 0) {
                sentFrames -= unheard;
                paddedMillis = 0;
                written = false;
            }
            heardAt = sentFrames == 0 ? NEVER : Math.min(heardAt, nowMillis);
            return unheard;
        }
    }
}
