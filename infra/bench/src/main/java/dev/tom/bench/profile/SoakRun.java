package dev.tom.bench.profile;

import dev.tom.testkit.Await;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;

/** Calls that come and go for a long time: what the bridge holds must not grow. */
public final class SoakRun {

    private static final int SAMPLES = 20;
    /** A call lasts between half of it and one and a half. */
    private static final int LIFE_SECONDS = 40;

    private static final int SPARE_SOCKETS = 20;

    /** From here on a soak is long enough to tell a leak from a program that warms up. */
    private static final double MINUTES_THAT_TELL = 5;

    private static final double MOST_GROWTH = 1.25;

    private SoakRun() {}

    /** @param minutes of measurement, after one minute of warm-up */
    public static Outcome run(Rig rig, int calls, double minutes) {
        List<JvmProbe.Holds> samples = new ArrayList<>();
        double every = minutes * 60 / SAMPLES;
        JsonObject heard;
        JsonObject served;
        try (Stage stage = Stage.bridge(rig, Stage.Play.talk(calls).renewedAfter(LIFE_SECONDS));
                JvmProbe probe = JvmProbe.of(stage.subject())) {
            Await.pause(Math.round(1_000 * Math.min(60, minutes * 30)));
            stage.callers().tell("begin");
            stage.provider().tell("begin");
            for (int i = 0; i <= SAMPLES; i++) {
                samples.add(probe.holds());
                Await.pause(i < SAMPLES ? Math.round(1_000 * every) : 0);
            }
            heard = stage.callers().tell("end");
            served = stage.provider().tell("end");
        }
        return outcome(calls, minutes, every, samples, heard, served);
    }

    private static Outcome outcome(
            int calls,
            double minutes,
            double every,
            List<JvmProbe.Holds> samples,
            JsonObject heard,
            JsonObject served) {
        Table table = new Table().row("the bridge holds", "first", "middle", "last", "most", "change per hour");
        line(table, "RSS, MB", samples, every, 1e6, JvmProbe.Holds::rssBytes);
        line(table, "heap after GC, MB", samples, every, 1e6, JvmProbe.Holds::heapBytes);
        line(table, "threads", samples, every, 1, JvmProbe.Holds::threads);
        line(table, "open files", samples, every, 1, JvmProbe.Holds::files);
        line(table, "sockets", samples, every, 1, JvmProbe.Holds::sockets);
        long sockets = samples.stream().mapToLong(JvmProbe.Holds::sockets).max().orElse(0);
        List<Outcome.Fact> facts = new ArrayList<>(List.of(
                new Outcome.Fact(
                        "at most " + sockets + " sockets for " + calls + " calls",
                        sockets <= 3L * calls + SPARE_SOCKETS),
                Outcome.Fact.none("sockets of callers closed", heard.getLong("closed")),
                Outcome.Fact.none("frames of answers lost", heard.getLong("lost")),
                Outcome.Fact.none(
                        "frames of callers lost or doubled", served.getLong("lost") + served.getLong("repeated"))));
        if (minutes >= MINUTES_THAT_TELL) {
            facts.add(flat("RSS", samples, JvmProbe.Holds::rssBytes));
            facts.add(flat("heap after GC", samples, JvmProbe.Holds::heapBytes));
        }
        JsonArray all = new JsonArray();
        samples.forEach(one -> all.add(new JsonObject()
                .put("rssBytes", one.rssBytes())
                .put("heapBytes", one.heapBytes())
                .put("threads", one.threads())
                .put("files", one.files())
                .put("sockets", one.sockets())));
        return new Outcome(
                "soak, " + calls + " calls, " + Table.number(minutes) + " minutes",
                table.toString(),
                facts,
                new JsonObject()
                        .put("secondsBetween", every)
                        .put("samples", all)
                        .put("callers", heard)
                        .put("provider", served));
    }

    private static void line(
            Table table,
            String what,
            List<JvmProbe.Holds> samples,
            double every,
            double unit,
            ToLongFunction<JvmProbe.Holds> value) {
        double[] values = samples.stream()
                .mapToDouble(one -> value.applyAsLong(one) / unit)
                .toArray();
        double most = Double.NEGATIVE_INFINITY;
        for (double one : values) {
            most = Math.max(most, one);
        }
        table.row(
                what,
                Table.number(values[0]),
                Table.number(values[values.length / 2]),
                Table.number(values[values.length - 1]),
                Table.number(most),
                Table.signed(slope(values) * 3_600 / every));
    }

    private static Outcome.Fact flat(String what, List<JvmProbe.Holds> samples, ToLongFunction<JvmProbe.Holds> value) {
        int half = samples.size() / 2;
        double before = mean(samples.subList(0, half), value);
        double after = mean(samples.subList(half, samples.size()), value);
        return new Outcome.Fact(
                "%s %s %% from the first half to the second, at most %+.0f %%"
                        .formatted(what, Table.signed(100 * (after / before - 1)), 100 * (MOST_GROWTH - 1)),
                after <= before * MOST_GROWTH);
    }

    private static double mean(List<JvmProbe.Holds> samples, ToLongFunction<JvmProbe.Holds> value) {
        return samples.stream().mapToLong(value).average().orElseThrow();
    }

    /** Least squares: change per sample. */
    static double slope(double[] values) {
        double middle = (values.length - 1) / 2.0;
        double mean = 0;
        for (double value : values) {
            mean += value / values.length;
        }
        double above = 0;
        double below = 0;
        for (int i = 0; i < values.length; i++) {
            above += (i - middle) * (values[i] - mean);
            below += (i - middle) * (i - middle);
        }
        return below == 0 ? 0 : above / below;
    }
}
