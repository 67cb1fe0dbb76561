package dev.tom.bridge.cli;

import dev.tom.bridge.audio.AudioFormat;
import dev.tom.bridge.caller.ForkCall;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** How a tool proves itself to a bridge and what it says about the call. */
final class BridgeAccess {

    @ArgGroup
    private @Nullable Proof proof;

    @Option(
            names = "--metadata",
            paramLabel = "JSON",
            defaultValue = "{}",
            description = "First message of a call, as the dialplan would give it (default: a call id only).")
    private String metadata = "{}";

    /** One of them. */
    private static final class Proof {
        @Option(names = "--token", paramLabel = "TOKEN", description = "Token of the bridge, sent as bearer header.")
        private @Nullable String token;

        @Option(
                names = "--token-file",
                paramLabel = "FILE",
                description = "The same from a file, one token a line; calls take them in turn.")
        private @Nullable Path tokenFile;

        @Option(names = "--user", paramLabel = "USER:PASSWORD", description = "For a bridge with basic authentication.")
        private @Nullable String user;
    }

    /**
     * The calls, to be used in turn: one for each token.
     *
     * @throws NotMeasured when the token file cannot be used
     * @throws IllegalArgumentException with one sentence, when an option is wrong
     */
    List<ForkCall> calls(String url, AudioFormat format) throws NotMeasured {
        ForkCall plain = ForkCall.of(url, format, Optional.empty(), metadata);
        if (proof == null) {
            return List.of(plain);
        }
        if (proof.tokenFile != null) {
            return tokens(proof.tokenFile).stream().map(plain::withBearer).toList();
        }
        if (proof.token != null) {
            return List.of(plain.withBearer(proof.token));
        }
        String user = String.valueOf(proof.user);
        if (user.indexOf(':') < 1) {
            throw new IllegalArgumentException("--user is not valid: give USER:PASSWORD");
        }
        return List.of(new ForkCall(plain.url(), format, Optional.of(ForkCall.basic(user)), plain.metadata()));
    }

    private static List<String> tokens(Path file) throws NotMeasured {
        try {
            List<String> tokens = Files.readAllLines(file).stream()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty())
                    .toList();
            if (tokens.isEmpty()) {
                throw new NotMeasured("The token file " + file + " is empty: give one token a line");
            }
            return tokens;
        } catch (IOException e) {
            throw new NotMeasured("The token file " + file + " cannot be read: check its name and its rights");
        }
    }
}
