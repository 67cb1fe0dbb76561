package dev.tom.bench.profile;

import dev.tom.testkit.Await;
import dev.tom.testkit.RunFailure;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Provider use ends under live calls: when the last byte left, when the sockets closed, and whether every call goes on. */
public final class EgressRun {

    private static final Duration ALIVE_WITHIN = Duration.ofSeconds(15);
    private static final double LOOK_ON_SECONDS = 3;

    private EgressRun() {}

    /**
     * Runs it.
     *
     * @param afterSeconds how long the window lasts; the calls have to be up by then
     */
    public static Outcome run(Rig rig, int calls, int afterSeconds) {
        JsonObject heard;
        JsonObject served;
        Instant until = Instant.now().plusSeconds(afterSeconds);
        try (Stage stage = Stage.bridge(rig, Stage.Play.talk(calls), until)) {
            Duration left = Duration.between(Instant.now(), until);
            if (left.isNegative()) {
                throw new RunFailure("the calls were up only after the end of the window; give a longer one");
            }
            stage.provider().tell("deadline " + until.toEpochMilli());
            stage.callers().tell("begin");
            Await.pause(left.toMillis());
            Await.holdsWithin(
                    ALIVE_WITHIN,
                    Stage.LOOK_MILLIS,
                    () -> stage.callers().tell("look").getLong("local") >= calls);
            Await.pause(Math.round(1_000 * LOOK_ON_SECONDS));
            heard = stage.callers().tell("end");
            served = stage.provider().tell("end");
        }
        JsonObject after = served.getJsonObject("deadline");
        JsonArray bytes = after.getJsonArray("lastByte");
        JsonArray closes = after.getJsonArray("closed");
        String table = new Table()
                .row("relative to the deadline, ms", "earliest", "latest", "aim")
                .row("last byte to the provider", least(bytes), most(bytes), "at most 0")
                .row("socket closed, as the provider saw it", least(closes), most(closes), "at most 100")
                .row("sockets", Integer.toString(bytes.size()), Integer.toString(closes.size()))
                .toString();
        long late = bytes.stream().filter(at -> (Double) at > 0).count();
        List<Outcome.Fact> facts = List.of(
                Outcome.Fact.none("sockets with a byte after the deadline", late),
                Outcome.Fact.all("provider sockets closed", closes.size(), bytes.size()),
                Outcome.Fact.all("calls alive", heard.getLong("open"), calls),
                Outcome.Fact.all("calls with a local answer", heard.getLong("local"), calls),
                Outcome.Fact.none("sockets of callers closed", heard.getLong("closed")));
        return new Outcome(
                "egress, " + calls + " calls",
                table,
                facts,
                new JsonObject().put("callers", heard).put("provider", served));
    }

    private static String least(JsonArray values) {
        return Table.signed(
                values.stream().mapToDouble(value -> (Double) value).min().orElse(Double.NaN));
    }

    private static String most(JsonArray values) {
        return Table.signed(
                values.stream().mapToDouble(value -> (Double) value).max().orElse(Double.NaN));
    }
}
