package dev.tom.bench.side;

/** One interruption of an answer, from the first sample of the caller's voice to the next answer. Times are of the monotonic clock. */
final class Interruption {

    private int answer = -1;
    private long onset;
    private long lastFull;
    private long lastOld;
    private long killed;

    static Interruption wanted(int answer) {
        Interruption interruption = new Interruption();
        interruption.answer = answer;
        return interruption;
    }

    /** Whether its first frame is still to be sent. */
    boolean wanted() {
        return answer >= 0 && onset == 0;
    }

    void onset(long nanos) {
        onset = nanos;
    }

    /** A frame of this answer came at full loudness. */
    void old(int of, long now) {
        if (of == answer && onset != 0) {
            lastFull = now;
            lastOld = now;
        }
    }

    /** A frame of the old answer came, made softer. */
    void softened(long now) {
        if (onset != 0 && killed == 0) {
            lastOld = now;
        }
    }

    void killed(long now) {
        if (onset != 0 && killed == 0) {
            killed = now;
        }
    }

    /** The next answer has come. */
    void finish(Heard heard) {
        if (onset != 0 && killed != 0 && heard.measuring()) {
            heard.fullUntil.nanos(lastFull - onset);
            heard.oldUntil.nanos(lastOld - onset);
            heard.killed.nanos(killed - onset);
        }
        answer = -1;
        onset = 0;
    }
}
