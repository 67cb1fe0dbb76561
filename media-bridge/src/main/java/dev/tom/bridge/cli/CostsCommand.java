package dev.tom.bridge.cli;

import dev.tom.bridge.config.Setting;
import dev.tom.bridge.cost.report.CostSums;
import dev.tom.bridge.cost.report.Dimension;
import dev.tom.bridge.cost.report.SumsFormat;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code tom costs}: sums the cost records of a directory. */
@Command(
        name = "costs",
        description = {
            "Sums cost records by day, backend, window, model or how they ended.",
            "A line that is no record is named on stderr and skipped; a record that is there twice is counted once.",
            "Calls that are live now have no record yet."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:summed",
            "1:files could not be read, or --strict and a line was skipped or a record doubled",
            "2:wrong usage, or there is no such directory"
        })
@SuppressWarnings("NullAway.Init") // picocli fills the fields before call()
public final class CostsCommand implements Callable<Integer> {

    private final Map<String, String> environment;

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--dir",
            paramLabel = "DIR",
            description = "Directory of the records (default: COST_LOG_DIR, otherwise data/cost_logs).")
    private @Nullable Path directory;

    @Option(
            names = "--from",
            paramLabel = "DAY",
            description = "First day, UTC, by the end of a segment; such as 2026-12-01.")
    private @Nullable LocalDate from;

    @Option(names = "--to", paramLabel = "DAY", description = "Last day, UTC.")
    private @Nullable LocalDate to;

    @Option(
            names = "--by",
            split = ",",
            paramLabel = "KEY",
            defaultValue = "day,backend,window",
            description = "Columns to sum by: day, backend, window, model, ended_by (default: ${DEFAULT-VALUE}).")
    private List<Dimension> by;

    @ArgGroup
    private @Nullable Shape shape;

    @Option(names = "--strict", description = "Exit 1 when a line was skipped or a record doubled.")
    private boolean strict;

    /** At most one of them. */
    private static final class Shape {
        @Option(names = "--json", description = "One JSON object instead of a table.")
        private boolean json;

        @Option(names = "--csv", description = "Comma-separated rows with a heading instead of a table.")
        private boolean csv;

        private SumsFormat format() {
            return json ? SumsFormat.JSON : csv ? SumsFormat.CSV : SumsFormat.TABLE;
        }
    }

    /** @param environment of the process, as it is */
    public CostsCommand(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
    }

    /** The command, with keys in small letters. */
    public CommandLine commandLine() {
        return new CommandLine(this).setCaseInsensitiveEnumValuesAllowed(true);
    }

    @Override
    public Integer call() {
        PrintWriter err = spec.commandLine().getErr();
        Path records = Optional.ofNullable(directory).orElseGet(this::configured);
        if (!Files.isDirectory(records)) {
            err.println("tom costs: there is no directory " + records + ": name it with --dir or COST_LOG_DIR");
            err.flush();
            return CommandLine.ExitCode.USAGE;
        }
        LocalDate first = Optional.ofNullable(from).orElse(LocalDate.MIN);
        LocalDate last = Optional.ofNullable(to).orElse(LocalDate.MAX);
        if (last.isBefore(first)) {
            err.println("tom costs: --to " + last + " is before --from " + first + ": swap them");
            err.flush();
            return CommandLine.ExitCode.USAGE;
        }
        try {
            var sums = new CostSums(first, last, by, complaint -> err.println("tom costs: " + complaint)).read(records);
            err.flush();
            PrintWriter out = spec.commandLine().getOut();
            SumsFormat format = Optional.ofNullable(shape).map(Shape::format).orElse(SumsFormat.TABLE);
            out.print(format.of(sums));
            out.flush();
            return strict && sums.skipped() + sums.doubled() > 0
                    ? CommandLine.ExitCode.SOFTWARE
                    : CommandLine.ExitCode.OK;
        } catch (IOException e) {
            err.println("tom costs: the records in " + records + " cannot be read: " + e);
            err.flush();
            return CommandLine.ExitCode.SOFTWARE;
        }
    }

    private Path configured() {
        String stated = environment.getOrDefault(Setting.COST_LOG_DIR.name(), "");
        return Path.of(stated.isEmpty() ? Setting.COST_LOG_DIR.defaultValue() : stated);
    }
}
