package dev.tom.bench;

import dev.tom.bench.side.SideCommands;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** Command line of the bench. Exit code 0: every fact held; 1: one was broken, or the bench could not run; 2: wrong usage. */
@Command(
        name = "infra/bench/run",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        synopsisSubcommandLabel = "(load | barge-in | failover | egress | soak | all)",
        description = "Puts the bridge under load beside a bare relay, each side in a process of its own.",
        subcommands = {
            ProfileCommands.Load.class,
            ProfileCommands.BargeIn.class,
            ProfileCommands.Failover.class,
            ProfileCommands.Egress.class,
            ProfileCommands.Soak.class,
            ProfileCommands.All.class,
            SideCommands.CallersCommand.class,
            SideCommands.ProviderCommand.class,
            SideCommands.RelayCommand.class,
            SideCommands.WorkerCommand.class
        })
public final class BenchMain {

    private BenchMain() {}

    public static void main(String[] args) {
        int code = new CommandLine(new BenchMain()).execute(args);
        if (code != 0 || args.length == 0 || !SideCommands.staysUp(args[0])) {
            System.exit(code);
        }
    }
}
