package dev.tom.bench.profile;

import dev.tom.testkit.Await;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;

/** The provider's connection is reset in mid-answer, in every call: how long until the local voice is heard. */
public final class FailoverRun {

    private static final Duration ATMOST = Duration.ofSeconds(90);

    private FailoverRun() {}

    /** @param calls each of which loses its provider once */
    public static Outcome run(Rig rig, int calls) {
        JsonObject heard;
        try (Stage stage = Stage.bridge(rig, Stage.Play.cut(calls))) {
            stage.callers().tell("begin");
            Await.holdsWithin(
                    ATMOST,
                    Stage.LOOK_MILLIS,
                    () -> stage.callers().tell("look").getLong("done") >= calls);
            heard = stage.callers().tell("end");
        }
        String table = new Table()
                .row("connection reset in mid-answer", "p50 / p99 / longest, ms", "aim")
                .row("to the first local frame", Table.times(heard.getJsonObject("cutToLocal")), "at most 1000")
                .row(
                        "last frame of the provider to the first local one",
                        Table.times(heard.getJsonObject("silence")),
                        "")
                .row("calls", Long.toString(heard.getLong("done")), Integer.toString(calls))
                .toString();
        List<Outcome.Fact> facts = List.of(
                Outcome.Fact.all("calls went on with a local answer", heard.getLong("done"), calls),
                Outcome.Fact.none("frames of the provider after the local voice", heard.getLong("doubled")),
                Outcome.Fact.none("sockets closed", heard.getLong("closed")));
        return new Outcome("failover, " + calls + " calls", table, facts, new JsonObject().put("callers", heard));
    }
}
