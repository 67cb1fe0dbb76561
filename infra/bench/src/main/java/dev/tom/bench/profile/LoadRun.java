package dev.tom.bench.profile;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/** So many calls through the relay, then through the bridge, with the same callers and the same provider: what the bridge adds. */
public final class LoadRun {

    private LoadRun() {}

    /**
     * Runs them one after the other.
     *
     * @param withProtocol also a relay that speaks the provider's protocol: what JSON, base64 and G.711 cost without a bridge
     * @param warmUpSeconds until the compiler is done
     */
    public static Outcome run(Rig rig, int calls, boolean withProtocol, double warmUpSeconds, double seconds) {
        Stage.Play play = Stage.Play.talk(calls);
        List<Supplier<Stage>> stages = new ArrayList<>();
        stages.add(() -> Stage.relay(rig, play, false));
        if (withProtocol) {
            stages.add(() -> Stage.relay(rig, play, true));
        }
        stages.add(() -> Stage.bridge(rig, play));
        List<JsonObject> runs = new ArrayList<>();
        for (Supplier<Stage> start : stages) {
            try (Stage stage = start.get()) {
                runs.add(stage.measure(calls, warmUpSeconds, seconds));
            }
        }
        double floor = runs.getFirst().getDouble("cpuMicrosPerCallSecond");
        JsonObject figures = new JsonObject();
        for (JsonObject run : runs) {
            run.put("cpuRatio", run.getDouble("cpuMicrosPerCallSecond") / floor);
            figures.put(run.getString("subject"), run);
        }
        return new Outcome("load, " + calls + " calls", table(runs), facts(calls, runs.getLast()), figures);
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

    private static String table(List<JsonObject> runs) {
        Table table = new Table();
        row(table, "", runs, run -> run.getString("subject"), "aim");
        row(table, "CPU per call-second, us", runs, LoadRun::cpu, "");
        row(table, "  as a multiple of the bare relay", runs, LoadRun::ratio, "at most 2.5, better 1.6");
        row(table, "up: phone to provider, ms", runs, LoadRun::up, "p99 at most 10, better 5");
        row(table, "down: first frame of an answer, ms", runs, run -> heard(run, "first"), "p99 at most 10, better 5");
        row(table, "down: each frame behind its pace, ms", runs, run -> heard(run, "paced"), "p99 at most 10");
        row(table, "down: gaps inside answers", runs, LoadRun::gaps, "0");
        row(table, "least audio ahead at the phone, ms", runs, LoadRun::lead, "above 0");
        row(table, "frames up / down / answers", runs, LoadRun::counts, "");
        row(table, "frames lost up / down", runs, LoadRun::lost, "0 / 0");
        row(table, "allocated per call-second, kB", runs, LoadRun::allocated, "");
        row(table, "GC pauses: number, total, longest, ms", runs, LoadRun::pauses, "");
        row(table, "RSS, MB", runs, run -> number(run, "rssMegabytes"), "");
        row(table, "share of a core: measured", runs, run -> number(run, "cpuShareOfCore"), "");
        row(table, "share of a core: callers / provider", runs, LoadRun::others, "");
        row(table, "callers behind their own clock, ms", runs, run -> heard(run, "late"), "");
        return table + "  Times are median / 99 % / longest.\n";
    }

    private static void row(
            Table table, String label, List<JsonObject> runs, Function<JsonObject, String> cell, String aim) {
        List<String> cells = new ArrayList<>(List.of(label));
        runs.forEach(run -> cells.add(cell.apply(run)));
        cells.add(aim);
        table.row(cells.toArray(String[]::new));
    }

    private static String cpu(JsonObject run) {
        return number(run, "cpuMicrosPerCallSecond");
    }

    private static String ratio(JsonObject run) {
        return number(run, "cpuRatio");
    }

    private static String allocated(JsonObject run) {
        return Table.number(run.getDouble("allocatedBytesPerCallSecond") / 1e3);
    }

    private static String heard(JsonObject run, String tally) {
        return Table.times(run.getJsonObject("callers").getJsonObject(tally));
    }

    private static String up(JsonObject run) {
        return Table.times(run.getJsonObject("provider").getJsonObject("up"));
    }

    private static String gaps(JsonObject run) {
        return Long.toString(run.getJsonObject("callers").getLong("gaps"));
    }

    private static String lead(JsonObject run) {
        return number(run.getJsonObject("callers"), "leastLeadMillis");
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

    private static String number(JsonObject run, String which) {
        return Table.number(run.getDouble(which));
    }

    private static String others(JsonObject run) {
        return number(run, "callersShareOfCore") + " / " + number(run, "providerShareOfCore");
    }
}
