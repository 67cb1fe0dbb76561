package dev.tom.bridge.cli;

import dev.tom.bridge.audio.AudioFormat;
import java.time.Duration;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** Checks of option values, with the sentence that names option and range. */
final class Ranges {

    private Ranges() {}

    static int whole(CommandSpec spec, String option, int value, int least, int most) {
        if (value < least || value > most) {
            throw new ParameterException(
                    spec.commandLine(), option + "=" + value + " is not valid: give " + least + " to " + most);
        }
        return value;
    }

    static Duration seconds(CommandSpec spec, String option, Duration value, long least, long most) {
        if (value.toSeconds() < least || value.toSeconds() > most) {
            throw new ParameterException(
                    spec.commandLine(),
                    option + "=" + value.toSeconds() + "s is not valid: give " + least + "s to " + most + "s");
        }
        return value;
    }

    static AudioFormat rate(CommandSpec spec, int rate) {
        if (rate != 8_000 && rate != 16_000) {
            throw new ParameterException(spec.commandLine(), "--rate=" + rate + " is not valid: give 8000 or 16000");
        }
        return AudioFormat.ofRate(rate);
    }
}
