package dev.tom.bridge.soak;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Properties;

/**
 * A soak's result as one HTML page that loads nothing: the charting library, its style and the JSON document are in it. The page draws
 * everything, numbers included, from that one document.
 */
public final class SoakPage {

    private static final String UPLOT_VERSION = "/META-INF/maven/org.webjars.npm/uplot/pom.properties";
    private static final String UPLOT = "/META-INF/resources/webjars/uplot/";

    private SoakPage() {}

    /** @param document from {@link SoakJson} */
    public static String of(JsonObject document) {
        String library = UPLOT + uplotVersion();
        // In this order: the document comes last, because nothing in it may be taken for a place to fill.
        return text("report.html")
                .replace("/*report.css*/", text("report.css"))
                .replace("/*report.js*/", text("report.js"))
                .replace("/*uplot.css*/", text(library + "/dist/uPlot.min.css"))
                .replace("/*uplot.js*/", text(library + "/dist/uPlot.iife.min.js"))
                .replace("/*uplot-license*/", text(library + "/LICENSE").replace("--", "- -"))
                .replace("/*document*/", embedded(document));
    }

    /** JSON that no text in it can end the script element of. */
    private static String embedded(JsonObject document) {
        return document.encode().replace("<", "\\u003c");
    }

    private static String uplotVersion() {
        Properties properties = new Properties();
        try (InputStream in = resource(UPLOT_VERSION)) {
            properties.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return properties.getProperty("version");
    }

    private static String text(String name) {
        try (InputStream in = resource(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static InputStream resource(String name) {
        InputStream in = SoakPage.class.getResourceAsStream(name);
        if (in == null) {
            throw new IllegalStateException("missing resource " + name);
        }
        return in;
    }
}
