package dev.tom.bridge.cli;

import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code tom}: names the commands. */
@Command(
        name = "tom",
        description = "Carries telephone calls to a realtime speech provider or to the local pipeline.",
        subcommands = HelpCommand.class,
        mixinStandardHelpOptions = true,
        versionProvider = TomCommand.Version.class,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:done", "1:failed", "2:wrong usage or settings"})
@SuppressWarnings("NullAway.Init") // picocli fills the field
public final class TomCommand implements Runnable {

    /** Commands that run for a person, not for a pod. */
    public static final Set<String> TOOLS = Set.of("probe", "soak", "call");

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(), "Name a command: bridge starts the media bridge, help lists all");
    }

    /** The version of the jar. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = TomCommand.class.getPackage().getImplementationVersion();
            return new String[] {"tom " + (version == null ? "(not packaged)" : version)};
        }
    }
}
