package dev.tom.bench;

import dev.tom.bench.profile.EgressRun;
import dev.tom.bench.profile.FailoverRun;
import dev.tom.bench.profile.InterruptRun;
import dev.tom.bench.profile.LoadRun;
import dev.tom.bench.profile.Outcome;
import dev.tom.bench.profile.Rig;
import dev.tom.bench.profile.SoakRun;
import dev.tom.testkit.RunFailure;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The profiles as commands. */
final class ProfileCommands {

    private static final String DEFAULT = " (default: ${DEFAULT-VALUE})";

    private ProfileCommands() {}

    /** Runs profiles one after the other, prints each, and says whether every fact held. */
    private static int run(Place place, List<Function<Rig, Outcome>> profiles) throws IOException {
        List<Outcome> outcomes = new ArrayList<>();
        try {
            for (Function<Rig, Outcome> profile : profiles) {
                Outcome outcome = profile.apply(place.rig());
                System.out.print(outcome.text());
                outcomes.add(outcome);
            }
        } catch (RunFailure e) {
            System.err.println("The bench cannot go on: " + e.getMessage());
            return CommandLine.ExitCode.SOFTWARE;
        }
        place.write(outcomes);
        boolean held = outcomes.stream().allMatch(Outcome::held);
        System.out.println(held ? "\nEvery fact held." : "\nA fact was broken.");
        return held ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
    }

    @Command(
            name = "load",
            mixinStandardHelpOptions = true,
            sortOptions = false,
            description = "Real-time audio both ways: latency, loss, cost; the relay first, then the bridge.")
    static final class Load implements Callable<Integer> {
        @Mixin
        Place place = new Place();

        @Option(names = "--calls", defaultValue = "100", description = "calls at once" + DEFAULT)
        int calls;

        @Option(names = "--seconds", defaultValue = "30", description = "measured, for each of both" + DEFAULT)
        double seconds;

        @Option(names = "--warm-up", defaultValue = "20", description = "seconds before, for the compiler" + DEFAULT)
        double warmUp;

        @Option(
                names = "--protocol-relay",
                description = "also a relay that speaks the provider's protocol: what that costs without a bridge")
        boolean protocolRelay;

        @Override
        public Integer call() throws IOException {
            return run(place, List.of(rig -> LoadRun.run(rig, calls, protocolRelay, warmUp, seconds)));
        }
    }

    @Command(
            name = "barge-in",
            mixinStandardHelpOptions = true,
            sortOptions = false,
            description = "Callers speak into answers.")
    static final class BargeIn implements Callable<Integer> {
        @Mixin
        Place place = new Place();

        @Option(names = "--times", defaultValue = "200", description = "interruptions" + DEFAULT)
        int times;

        @Option(names = "--warm-up", defaultValue = "10", description = "seconds before" + DEFAULT)
        double warmUp;

        @Override
        public Integer call() throws IOException {
            return run(place, List.of(rig -> InterruptRun.run(rig, times, warmUp)));
        }
    }

    @Command(
            name = "failover",
            mixinStandardHelpOptions = true,
            sortOptions = false,
            description = "The provider's connections are reset in mid-answer.")
    static final class Failover implements Callable<Integer> {
        @Mixin
        Place place = new Place();

        @Option(names = "--calls", defaultValue = "50", description = "calls that lose their provider" + DEFAULT)
        int calls;

        @Override
        public Integer call() throws IOException {
            return run(place, List.of(rig -> FailoverRun.run(rig, calls)));
        }
    }

    @Command(
            name = "egress",
            mixinStandardHelpOptions = true,
            sortOptions = false,
            description = "EGRESS_UNTIL comes under live calls.")
    static final class Egress implements Callable<Integer> {
        @Mixin
        Place place = new Place();

        @Option(names = "--calls", defaultValue = "100", description = "calls at once" + DEFAULT)
        int calls;

        @Option(names = "--window", defaultValue = "30", description = "seconds until the deadline" + DEFAULT)
        int window;

        @Override
        public Integer call() throws IOException {
            return run(place, List.of(rig -> EgressRun.run(rig, calls, window)));
        }
    }

    @Command(
            name = "soak",
            mixinStandardHelpOptions = true,
            sortOptions = false,
            description = "Calls come and go for a long time.")
    static final class Soak implements Callable<Integer> {
        @Mixin
        Place place = new Place();

        @Option(names = "--calls", defaultValue = "50", description = "calls at once" + DEFAULT)
        int calls;

        @Option(names = "--minutes", defaultValue = "10", description = "how long" + DEFAULT)
        double minutes;

        @Override
        public Integer call() throws IOException {
            return run(place, List.of(rig -> SoakRun.run(rig, calls, minutes)));
        }
    }

    @Command(
            name = "all",
            mixinStandardHelpOptions = true,
            sortOptions = false,
            description = "Every profile but the soak.")
    static final class All implements Callable<Integer> {
        @Mixin
        Place place = new Place();

        @Option(names = "--quick", description = "small and short, for a build: what has to hold, not what is fast")
        boolean quick;

        @Override
        public Integer call() throws IOException {
            List<Function<Rig, Outcome>> profiles = quick
                    ? List.of(
                            rig -> LoadRun.run(rig, 20, false, 3, 6),
                            rig -> InterruptRun.run(rig, 10, 1),
                            rig -> FailoverRun.run(rig, 10),
                            rig -> EgressRun.run(rig, 20, 15))
                    : List.of(
                            rig -> LoadRun.run(rig, 100, true, 20, 30),
                            rig -> InterruptRun.run(rig, 200, 10),
                            rig -> FailoverRun.run(rig, 50),
                            rig -> EgressRun.run(rig, 100, 30));
            return run(place, profiles);
        }
    }
}
