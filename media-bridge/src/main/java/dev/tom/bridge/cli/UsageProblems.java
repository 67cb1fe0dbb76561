package dev.tom.bridge.cli;

import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * Says that a command was used wrongly, and that nothing was done: two is also the exit code of a slow provider, so the sentence has to
 * make the difference.
 */
public final class UsageProblems implements IParameterExceptionHandler {

    @Override
    public int handleParseException(ParameterException problem, String[] args) {
        CommandLine line = problem.getCommandLine();
        PrintWriter err = line.getErr();
        String name = line.getCommandSpec().qualifiedName();
        err.println(name + ": " + problem.getMessage());
        if (!UnmatchedArgumentException.printSuggestions(problem, err)) {
            err.println("Usage: " + name + " --help lists what there is.");
        }
        err.println(name + ": nothing was done, the usage is wrong (exit code 2)");
        err.flush();
        return CommandLine.ExitCode.USAGE;
    }
}
