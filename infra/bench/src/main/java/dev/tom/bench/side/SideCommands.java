package dev.tom.bench.side;

import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The sides as commands, for the processes that a profile starts. */
public final class SideCommands {

    private static final Set<String> ON_OTHER_THREADS = Set.of("relay", "worker");

    private SideCommands() {}

    /** Whether the command returns while its side goes on. */
    public static boolean staysUp(String command) {
        return ON_OTHER_THREADS.contains(command);
    }

    /** The callers. */
    @Command(name = "callers", hidden = true)
    public static final class CallersCommand implements Callable<Integer> {
        @Option(names = "--port", required = true)
        int port;

        @Option(names = "--path", required = true)
        String path = "";

        @Option(names = "--authorization")
        String authorization = "";

        @Option(names = "--calls", required = true)
        int calls;

        @Option(names = "--manner", required = true)
        Callers.Manner manner = Callers.Manner.TALK;

        @Option(names = "--cycle-frames", required = true)
        int cycleFrames;

        @Option(names = "--answer-frames", required = true)
        int answerFrames;

        @Option(names = "--life-seconds")
        int lifeSeconds;

        @Override
        public Integer call() {
            Callers.run(new Callers.Script(
                    port, path, authorization, calls, manner, cycleFrames, answerFrames, lifeSeconds));
            return 0;
        }
    }

    /** The provider. */
    @Command(name = "provider", hidden = true)
    public static final class ProviderCommand implements Callable<Integer> {
        @Option(names = "--answer-frames", required = true)
        int answerFrames;

        @Option(names = "--head-frames", required = true)
        int headFrames;

        @Option(names = "--silence-frames", required = true)
        int silenceFrames;

        @Option(names = "--think-frames", required = true)
        int thinkFrames;

        @Override
        public Integer call() {
            Provider.run(new Provider.Script(answerFrames, headFrames, silenceFrames, thinkFrames));
            return 0;
        }
    }

    /** The floor. */
    @Command(name = "relay", hidden = true)
    public static final class RelayCommand implements Callable<Integer> {
        @Option(names = "--loops", required = true)
        int loops;

        @Option(names = "--provider", required = true)
        int provider;

        @Option(names = "--protocol")
        boolean protocol;

        @Override
        public Integer call() {
            Relay.run(loops, provider, protocol);
            return 0;
        }
    }

    /** The stand-in speech worker. */
    @Command(name = "worker", hidden = true)
    public static final class WorkerCommand implements Callable<Integer> {
        @Override
        public Integer call() {
            StandInWorker.run();
            return 0;
        }
    }
}
