package dev.tom.bench.side;

import io.vertx.core.json.JsonObject;

/** What all callers heard while it was measured. One thread. */
final class Heard {

    /** Delta written to its frame read, for the first frame of each answer: nothing waits for its time there. */
    final Tally first = new Tally();
    /** The same for every frame; with pacing in between it includes the wait for its time. */
    final Tally through = new Tally();
    /** By how much a frame came later than the steady pace of its answer. */
    final Tally paced = new Tally();
    /** First voiced sample of an interruption to the last frame of the old answer at full loudness. */
    final Tally fullUntil = new Tally();
    /** The same to the last frame of the old answer, softened or not. */
    final Tally oldUntil = new Tally();
    /** The same to the {@code killAudio}. */
    final Tally killed = new Tally();
    /** Cut of the provider's connection to the first frame of local audio. */
    final Tally cutToLocal = new Tally();
    /** Last frame of the provider's answer to the first frame of local audio. */
    final Tally silence = new Tally();

    private final Tally late = new Tally();
    private boolean measuring;
    private String firstRefusal = "";
    long frames;
    long lost;
    long gaps;
    long foreign;
    long stale;
    long doubled;
    long answers;
    long kills;
    long unanswered;
    long closed;
    double leastLeadMillis;

    Heard() {
        begin();
        measuring = false;
    }

    void begin() {
        for (Tally tally : all()) {
            tally.clear();
        }
        frames = 0;
        lost = 0;
        gaps = 0;
        foreign = 0;
        stale = 0;
        doubled = 0;
        answers = 0;
        kills = 0;
        unanswered = 0;
        closed = 0;
        leastLeadMillis = Double.MAX_VALUE;
        measuring = true;
    }

    void end() {
        measuring = false;
    }

    boolean measuring() {
        return measuring;
    }

    void late(long nanos) {
        if (measuring) {
            late.nanos(nanos);
        }
    }

    /** A connection ended and nobody had hung up. */
    void closed(String how) {
        closed++;
        if (firstRefusal.isEmpty()) {
            firstRefusal = how;
        }
    }

    String firstRefusal() {
        return firstRefusal;
    }

    JsonObject toJson() {
        return new JsonObject()
                .put("first", first.toJson())
                .put("through", through.toJson())
                .put("paced", paced.toJson())
                .put("fullUntil", fullUntil.toJson())
                .put("oldUntil", oldUntil.toJson())
                .put("killed", killed.toJson())
                .put("cutToLocal", cutToLocal.toJson())
                .put("silence", silence.toJson())
                .put("late", late.toJson())
                .put("frames", frames)
                .put("lost", lost)
                .put("gaps", gaps)
                .put("foreign", foreign)
                .put("stale", stale)
                .put("doubled", doubled)
                .put("answers", answers)
                .put("kills", kills)
                .put("unanswered", unanswered)
                .put("closed", closed)
                .put("leastLeadMillis", leastLeadMillis == Double.MAX_VALUE ? 0 : leastLeadMillis);
    }

    private Tally[] all() {
        return new Tally[] {first, through, paced, fullUntil, oldUntil, killed, cutToLocal, silence, late};
    }
}
