package dev.tom.bench.side;

import dev.tom.bench.wire.Mark;
import java.util.BitSet;

/**
 * One answer as its frames come: losses, pace, and what the switch's buffer would hold. The switch plays from the eighth frame on
 * (protocols.md B5: 160 ms), one frame each 20 ms; a frame that comes after its time is a gap.
 */
final class HeardAnswer {

    private static final int LEAD_FRAMES = 8;

    private final int number;
    private final int frames;
    private final boolean whole;
    private final BitSet seen = new BitSet();
    private final long[] offsets;
    private long playsFrom;
    private int counted;
    private boolean killed;

    /**
     * @param number of the answer
     * @param frames how many it has
     * @param whole whether it is heard from its beginning and in the time that is measured
     */
    HeardAnswer(int number, int frames, boolean whole) {
        this.number = number;
        this.frames = frames;
        this.whole = whole;
        offsets = new long[frames];
    }

    int number() {
        return number;
    }

    int heardFrames() {
        return counted;
    }

    void kill() {
        killed = true;
    }

    boolean isKilled() {
        return killed;
    }

    /** Takes a frame; returns whether the answer is complete with it. */
    boolean take(Mark mark, long now, Heard heard) {
        if (mark.seq >= frames || seen.get(mark.seq)) {
            return false;
        }
        seen.set(mark.seq);
        counted++;
        offsets[mark.seq] = now - mark.seq * Mark.FRAME_NANOS;
        if (counted == LEAD_FRAMES) {
            playsFrom = now;
        } else if (counted > LEAD_FRAMES && whole) {
            long lead = playsFrom + mark.seq * Mark.FRAME_NANOS - now;
            heard.leastLeadMillis = Math.min(heard.leastLeadMillis, lead / 1e6);
            heard.gaps += lead < 0 ? 1 : 0;
        }
        return mark.seq == frames - 1;
    }

    /** The answer is over: counts what is missing and how steady it was. */
    void finish(Heard heard) {
        if (!whole || killed) {
            return;
        }
        heard.answers++;
        heard.lost += frames - counted;
        long steady = Long.MAX_VALUE;
        for (int i = LEAD_FRAMES; i < frames; i++) {
            steady = seen.get(i) ? Math.min(steady, offsets[i]) : steady;
        }
        for (int i = LEAD_FRAMES; i < frames; i++) {
            if (seen.get(i)) {
                heard.paced.nanos(offsets[i] - steady);
            }
        }
    }
}
