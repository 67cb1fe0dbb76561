package dev.tom.bench;

import dev.tom.bench.profile.Outcome;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.zip.DataFormatException;
import org.HdrHistogram.Histogram;

/** The report: one page that needs nothing from anywhere, with distributions and memory over time as curves (uPlot). */
final class Report {

    private static final String LIBRARY = "META-INF/resources/webjars/uplot/1.6.30/dist/";
    /** Up to here the curve goes: 99.99 %. */
    private static final int NINES = 4;

    private Report() {}

    static String page(List<Outcome> outcomes) throws IOException {
        StringBuilder body = new StringBuilder();
        JsonArray plots = new JsonArray();
        for (Outcome outcome : outcomes) {
            body.append("<h2>")
                    .append(outcome.profile())
                    .append("</h2><pre>")
                    .append(escaped(outcome.text()))
                    .append("</pre>");
            walk(outcome.profile(), outcome.figures(), plots);
            overTime(outcome, plots);
        }
        return template()
                .replace("@CSS@", library("uPlot.min.css"))
                .replace("@LIBRARY@", library("uPlot.iife.min.js"))
                .replace("@BODY@", body)
                .replace("@PLOTS@", plots.encode());
    }

    /** Every tally that counted something becomes a curve. */
    private static void walk(String title, JsonObject figures, JsonArray plots) {
        for (Map.Entry<String, Object> field : figures) {
            if (field.getValue() instanceof JsonObject inner) {
                String below = title + " · " + field.getKey();
                if (inner.containsKey("histogram")) {
                    if (inner.getLong("count") > 1) {
                        plots.add(curve(below, inner.getString("histogram")));
                    }
                } else {
                    walk(below, inner, plots);
                }
            }
        }
    }

    /** Megabytes over minutes, where a profile looked again and again. */
    private static void overTime(Outcome outcome, JsonArray plots) {
        JsonArray samples = outcome.figures().getJsonArray("samples", new JsonArray());
        if (samples.isEmpty()) {
            return;
        }
        double every = outcome.figures().getDouble("secondsBetween");
        for (String what : List.of("rssBytes", "heapBytes")) {
            JsonArray minutes = new JsonArray();
            JsonArray megabytes = new JsonArray();
            for (int i = 0; i < samples.size(); i++) {
                minutes.add(i * every / 60);
                megabytes.add(samples.getJsonObject(i).getLong(what) / 1e6);
            }
            plots.add(new JsonObject()
                    .put("title", outcome.profile() + " · " + what)
                    .put("over", "minutes")
                    .put("unit", "MB")
                    .put("x", minutes)
                    .put("y", megabytes));
        }
    }

    /** Milliseconds over the number of nines: 1 is 90 %, 2 is 99 %. */
    private static JsonObject curve(String title, String coded) {
        JsonArray nines = new JsonArray();
        JsonArray millis = new JsonArray();
        try {
            Histogram histogram = Histogram.decodeFromCompressedByteBuffer(
                    ByteBuffer.wrap(Base64.getDecoder().decode(coded)), 0);
            for (double x = 0; x <= NINES; x += 0.05) {
                nines.add(x);
                millis.add(histogram.getValueAtPercentile(100 * (1 - Math.pow(10, -x))) / 1e3);
            }
        } catch (DataFormatException e) {
            throw new IllegalStateException(e);
        }
        return new JsonObject()
                .put("title", title)
                .put("over", "share")
                .put("unit", "ms")
                .put("x", nines)
                .put("y", millis);
    }

    private static String template() throws IOException {
        return resource("report.html");
    }

    private static String library(String file) throws IOException {
        return resource(LIBRARY + file);
    }

    private static String resource(String name) throws IOException {
        try (InputStream in = Report.class.getClassLoader().getResourceAsStream(name)) {
            if (in == null) {
                throw new IOException(name + " is not in the jar");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;");
    }
}
