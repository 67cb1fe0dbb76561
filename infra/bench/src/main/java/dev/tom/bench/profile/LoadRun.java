package dev.tom.bench.profile;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;

/** So many calls through the relay, then through the bridge, with the same callers and the same provider: what the bridge adds. */
public final class LoadRun {

    private LoadRun() {}

    /**
     * Runs both.
     *
     * @param warmUpSeconds until the compiler is done
     */
    public static Outcome run(Rig rig, int calls, double warmUpSeconds, double seconds) {
        Stage.Play play = Stage.Play.talk(calls);
        JsonObject relay;
        try (Stage stage = Stage.relay(rig, play)) {
            relay = stage.measure(calls, warmUpSeconds, seconds);
        }
        JsonObject bridge;
        try (Stage stage = Stage.bridge(rig, play)) {
            bridge = stage.measure(calls, warmUpSeconds, seconds);
        }
        double ratio = bridge.getDouble("cpuMicrosPerCallSecond") / relay.getDouble("cpuMicrosPerCallSecond");
        JsonObject figures =
                new JsonObject().put("relay", relay).put("bridge", bridge).put("cpuRatio", ratio);
        return new Outcome("load, " + calls + " calls", table(relay, bridge, ratio), facts(calls, bridge), figures);
    }

    private static List<Outcome.Fact> facts(int calls, JsonObject bridge) {
        JsonObject heard = bridge.getJsonObject("callers");
        JsonObject served = bridge.getJsonObject("provider");
        return List.of(
                Outcome.Fact.none(
                        "frames of callers lost or doubled", served.getLong("lost") + served.getLong("repeated")),
                Outcome.Fact.none("frames of answers lost", heard.getLong("lost")),
                Outcome.Fact.none(
                        "frames that belong to another call", heard.getLong("foreign") + served.getLong("foreign")),
                Outcome.Fact.none("messages that the provider did not understand", served.getLong("malformed")),
                Outcome.Fact.none("sockets closed", heard.getLong("closed")),
                Outcome.Fact.all("calls heard an answer", heard.getLong("answered"), calls));
    }

    private static String table(JsonObject relay, JsonObject bridge, double ratio) {
        JsonObject floor = relay.getJsonObject("callers");
        JsonObject heard = bridge.getJsonObject("callers");
        return new Table()
                .row("", "bare relay", "bridge", "ratio", "aim")
                .row("CPU per call-second, us", cpu(relay), cpu(bridge), Table.number(ratio), "at most 2.5, better 1.6")
                .row("up: phone to provider, ms", up(relay), up(bridge), "", "p99 at most 10, better 5")
                .row(
                        "down: first frame of an answer, ms",
                        Table.times(floor.getJsonObject("first")),
                        Table.times(heard.getJsonObject("first")),
                        "",
                        "p99 at most 10, better 5")
                .row(
                        "down: each frame behind its pace, ms",
                        Table.times(floor.getJsonObject("paced")),
                        Table.times(heard.getJsonObject("paced")),
                        "",
                        "p99 at most 10")
                .row("down: gaps inside answers", gaps(floor), gaps(heard), "", "0")
                .row("least audio ahead at the phone, ms", lead(floor), lead(heard), "", "above 0")
                .row("frames up / down / answers", counts(relay), counts(bridge))
                .row("frames lost up / down", lost(relay), lost(bridge), "", "0 / 0")
                .row(
                        "allocated per call-second, kB",
                        Table.number(relay.getDouble("allocatedBytesPerCallSecond") / 1e3),
                        Table.number(bridge.getDouble("allocatedBytesPerCallSecond") / 1e3))
                .row("GC pauses: number, total, longest, ms", pauses(relay), pauses(bridge))
                .row(
                        "RSS, MB",
                        Table.number(relay.getDouble("rssMegabytes")),
                        Table.number(bridge.getDouble("rssMegabytes")))
                .row("share of a core: measured", share(relay, "cpuShareOfCore"), share(bridge, "cpuShareOfCore"))
                .row("share of a core: callers / provider", others(relay), others(bridge))
                .row(
                        "callers behind their own clock, ms",
                        Table.times(floor.getJsonObject("late")),
                        Table.times(heard.getJsonObject("late")),
                        "",
                        "times are p50 / p99 / longest")
                .toString();
    }

    private static String cpu(JsonObject run) {
        return Table.number(run.getDouble("cpuMicrosPerCallSecond"));
    }

    private static String up(JsonObject run) {
        return Table.times(run.getJsonObject("provider").getJsonObject("up"));
    }

    private static String gaps(JsonObject heard) {
        return Long.toString(heard.getLong("gaps"));
    }

    private static String lead(JsonObject heard) {
        return Table.number(heard.getDouble("leastLeadMillis"));
    }

    private static String counts(JsonObject run) {
        JsonObject heard = run.getJsonObject("callers");
        return run.getJsonObject("provider").getLong("received") + " / " + heard.getLong("frames") + " / "
                + heard.getLong("answers");
    }

    private static String lost(JsonObject run) {
        return run.getJsonObject("provider").getLong("lost") + " / "
                + run.getJsonObject("callers").getLong("lost");
    }

    private static String pauses(JsonObject run) {
        JsonArray pauses = run.getJsonArray("gcPausesMillis");
        double total = pauses.stream().mapToDouble(pause -> (Double) pause).sum();
        double longest =
                pauses.stream().mapToDouble(pause -> (Double) pause).max().orElse(0);
        return pauses.size() + ", " + Table.number(total) + ", " + Table.number(longest);
    }

    private static String share(JsonObject run, String which) {
        return Table.number(run.getDouble(which));
    }

    private static String others(JsonObject run) {
        return share(run, "callersShareOfCore") + " / " + share(run, "providerShareOfCore");
    }
}
