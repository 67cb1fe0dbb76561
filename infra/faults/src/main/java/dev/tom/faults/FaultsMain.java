package dev.tom.faults;

import dev.tom.testkit.RunFailure;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Command line of the fault matrix. Exit code 0: every cell holds; 1: one does not, or the matrix could not run; 2: wrong usage. */
@Command(
        name = "infra/faults/run",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Makes one call for every fault of a provider at every moment of a call, with the real bridge and real speech engines,",
            "and prints what became of each. All 54 cells take about 14 minutes."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:every cell holds", "1:a cell does not hold, or the matrix could not run", "2:wrong usage"})
public final class FaultsMain implements Callable<Integer> {

    /** One loud, one silent, one harmless and one that renews the session. */
    private static final List<ProviderFault> QUICK = List.of(
            ProviderFault.REFUSE_401,
            ProviderFault.TCP_RESET,
            ProviderFault.MUTE,
            ProviderFault.GARBAGE,
            ProviderFault.SESSION_EXPIRED);

    @Option(
            names = "--only",
            split = ",",
            paramLabel = "FAULT",
            description = "only these faults, by name (--list names them)")
    List<String> only = List.of();

    @Option(
            names = "--moment",
            split = ",",
            paramLabel = "MOMENT",
            description = "only at these moments: ${COMPLETION-CANDIDATES}")
    Set<Moment> moments = EnumSet.allOf(Moment.class);

    @Option(names = "--quick", description = "five faults that stand for the others")
    boolean quick;

    @Option(names = "--list", description = "list the faults and what a call has to make of each, and end")
    boolean list;

    @Option(names = "--json", paramLabel = "FILE", description = "write the table as JSON")
    @Nullable
    Path json;

    @Option(
            names = "--output",
            paramLabel = "DIR",
            description = "logs and recordings (default: target/faults below the project)")
    @Nullable
    Path output;

    @Option(names = "--root", hidden = true, required = true)
    Path root = Path.of("");

    @Option(names = "--models", hidden = true, required = true)
    Path models = Path.of("");

    public static void main(String[] args) {
        System.exit(new CommandLine(new FaultsMain()).execute(args));
    }

    @Override
    public Integer call() throws IOException {
        if (list) {
            Arrays.stream(ProviderFault.values())
                    .forEach(fault -> System.out.printf(
                            "%-16s %s%n", fault.label(), fault.expected().text()));
            return CommandLine.ExitCode.OK;
        }
        List<ProviderFault> faults = new ArrayList<>(quick ? QUICK : List.of(ProviderFault.values()));
        if (!only.isEmpty()) {
            faults.clear();
            for (String name : only) {
                Optional<ProviderFault> fault = ProviderFault.labelled(name.strip());
                if (fault.isEmpty()) {
                    System.err.println("--only " + name + " is no fault: --list names them");
                    return CommandLine.ExitCode.USAGE;
                }
                faults.add(fault.get());
            }
        }
        Path folder = (output == null ? root.resolve("target/faults") : output).toAbsolutePath();
        Files.createDirectories(folder);
        try {
            return run(faults, folder);
        } catch (RunFailure e) {
            System.err.println("The matrix cannot go on: " + e.getMessage());
            return CommandLine.ExitCode.SOFTWARE;
        }
    }

    private int run(List<ProviderFault> faults, Path folder) throws IOException {
        long start = System.nanoTime();
        List<Judgement> judgements = new ArrayList<>();
        List<String> broken = new ArrayList<>();
        try (Rig rig = new Rig(root.toAbsolutePath(), models.toAbsolutePath(), folder)) {
            System.err.println("the bridge and its speech engines are starting; logs in " + folder);
            rig.awaitReady();
            Reference reference = Reference.measure(rig);
            rig.scriptLocalAnswers(4 * faults.size() * Moment.values().length);
            System.out.println(Table.HEADER);
            for (ProviderFault fault : faults) {
                for (Moment moment : moments) {
                    one(rig, reference, fault, moment, folder)
                            .ifPresentOrElse(
                                    judgement -> {
                                        judgements.add(judgement);
                                        System.out.println(Table.row(judgement));
                                    },
                                    () -> broken.add(fault.label() + ", " + moment.label()));
                }
            }
        }
        long held = judgements.stream().filter(Judgement::holds).count();
        int cells = judgements.size() + broken.size();
        System.out.printf(
                "%d of %d cells hold; %d s%n",
                held, cells, Duration.ofNanos(System.nanoTime() - start).toSeconds());
        if (json != null) {
            write(judgements, broken, json);
        }
        return held == cells ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
    }

    /** A call that cannot be told to its end breaks its cell, not the matrix. */
    private static Optional<Judgement> one(
            Rig rig, Reference reference, ProviderFault fault, Moment moment, Path folder) {
        try {
            Evidence seen = new Cell(rig, fault, moment).run();
            Judgement judgement = Judgement.of(fault, moment, seen, reference);
            if (!judgement.holds()) {
                seen.record()
                        .stereo()
                        .write(folder.resolve(fault.name().toLowerCase(java.util.Locale.ROOT) + "-"
                                + moment.name().toLowerCase(java.util.Locale.ROOT) + ".wav"));
            }
            return Optional.of(judgement);
        } catch (RunFailure e) {
            rig.requireAlive();
            System.out.println(Table.broken(fault, moment, String.valueOf(e.getMessage())));
            return Optional.empty();
        }
    }

    private static void write(List<Judgement> judgements, List<String> broken, Path file) throws IOException {
        JsonArray cells = new JsonArray();
        for (Judgement judgement : judgements) {
            cells.add(new JsonObject()
                    .put("fault", judgement.fault().label())
                    .put("moment", judgement.moment().label())
                    .put("outcome", judgement.outcome().text())
                    .put("gapMillis", judgement.gapMillis())
                    .put("lostWords", judgement.lostWords())
                    .put("staleFrames", judgement.staleFrames())
                    .put("problems", new JsonArray(judgement.problems())));
        }
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.writeString(
                file,
                new JsonObject()
                        .put("cells", cells)
                        .put("notToldToTheEnd", new JsonArray(broken))
                        .encodePrettily());
    }
}
