package dev.tom.bench.profile;

import dev.tom.testkit.Await;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;

/** Callers speak into answers: how long old audio goes on, and whether any comes after the kill. */
public final class InterruptRun {

    private static final int CALLS = 10;
    private static final double SECONDS_PER_ROUND = 12;

    private InterruptRun() {}

    /** @param times how many interruptions */
    public static Outcome run(Rig rig, int times, double warmUpSeconds) {
        JsonObject heard;
        int calls = Math.min(CALLS, times);
        try (Stage stage = Stage.bridge(rig, Stage.Play.interrupt(calls))) {
            Await.pause(Math.round(1_000 * warmUpSeconds));
            stage.callers().tell("begin");
            double atMost = 20 + SECONDS_PER_ROUND * times / calls;
            Await.holdsWithin(
                    Duration.ofMillis(Math.round(atMost * 1_000)),
                    Stage.LOOK_MILLIS,
                    () -> count(stage.callers().tell("look")) >= times);
            heard = stage.callers().tell("end");
        }
        String table = new Table()
                .row("from the caller's first voiced sample", "p50 / p99 / longest, ms", "aim")
                .row(
                        "to the last frame of the answer at full loudness",
                        Table.times(heard.getJsonObject("fullUntil")),
                        "")
                .row(
                        "to the last frame of the old answer",
                        Table.times(heard.getJsonObject("oldUntil")),
                        "p99 below 60")
                .row("to the killAudio", Table.times(heard.getJsonObject("killed")), "p99 below 60")
                .row("interruptions", Long.toString(count(heard)), Integer.toString(times))
                .toString();
        List<Outcome.Fact> facts = List.of(
                Outcome.Fact.all("interruptions cut the answer", count(heard), times),
                Outcome.Fact.none("frames of an old answer after its killAudio", heard.getLong("stale")),
                Outcome.Fact.none("interruptions not heard", heard.getLong("unanswered")),
                Outcome.Fact.none("sockets closed", heard.getLong("closed")));
        return new Outcome("barge-in, " + times + " times", table, facts, new JsonObject().put("callers", heard));
    }

    private static long count(JsonObject heard) {
        return heard.getJsonObject("killed").getLong("count");
    }
}
