package dev.tom.bench;

import dev.tom.bench.profile.Outcome;
import dev.tom.bench.profile.Rig;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options that all profiles share: where it runs and where the results go. */
final class Place {

    @Option(
            names = "--cores",
            paramLabel = "N",
            defaultValue = "1",
            description =
                    "cores of the bridge and of the relay: 1 pins them to the first core and the other sides to the"
                            + " rest; with more, or on a machine with one core, all share all (default: ${DEFAULT-VALUE})")
    int cores;

    @Option(names = "--jvm", paramLabel = "OPTIONS", defaultValue = "", description = "JVM options of bridge and relay")
    String jvm = "";

    @Option(names = "--json", paramLabel = "FILE", description = "write all figures as JSON")
    @Nullable
    Path json;

    @Option(
            names = "--output",
            paramLabel = "DIR",
            description = "logs and the report (default: target/bench below the project)")
    @Nullable
    Path output;

    @Option(names = "--root", hidden = true, required = true)
    Path root = Path.of("");

    Rig rig() {
        int machine = Runtime.getRuntime().availableProcessors();
        boolean apart = cores == 1 && machine > 1;
        return new Rig(
                root.toAbsolutePath(),
                folder(),
                Path.of(System.getProperty("java.home")).resolve("bin/java").toString(),
                apart ? "0" : "",
                apart ? "1-" + (machine - 1) : "",
                cores,
                jvm.isBlank() ? List.of() : List.of(jvm.strip().split("\\s+")));
    }

    /** Writes the figures and the report. */
    void write(List<Outcome> outcomes) throws IOException {
        JsonArray all = new JsonArray();
        outcomes.forEach(outcome -> all.add(outcome.toJson()));
        if (json != null) {
            Files.createDirectories(json.toAbsolutePath().getParent());
            Files.writeString(json, new JsonObject().put("outcomes", all).encodePrettily() + "\n");
        }
        Path page = folder().resolve("report.html");
        Files.createDirectories(folder());
        Files.writeString(page, Report.page(outcomes));
        System.out.println("\nLogs and " + page);
    }

    private Path folder() {
        return (output == null ? root.resolve("target/bench") : output).toAbsolutePath();
    }
}
