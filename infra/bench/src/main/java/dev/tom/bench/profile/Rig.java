package dev.tom.bench.profile;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What every run needs.
 *
 * @param root folder of the project, for the bridge's jar
 * @param output logs go here
 * @param java the program that runs a jar
 * @param subjectCores where the bridge or the relay runs, as taskset takes it; empty: anywhere
 * @param otherCores where callers and provider run
 * @param loops event loops of the relay: as many as the bridge has cores
 * @param jvm options of the bridge's and the relay's JVM
 */
public record Rig(
        Path root, Path output, String java, String subjectCores, String otherCores, int loops, List<String> jvm) {

    /** A side of ours, by its hidden command. */
    Child side(String name, String cores, List<String> jvmOptions, List<String> arguments) {
        List<String> command = new ArrayList<>(List.of(java));
        command.addAll(jvmOptions);
        command.addAll(
                List.of("-jar", root.resolve("infra/bench/target/bench.jar").toString()));
        command.addAll(arguments);
        return Child.start(name, cores, command, Map.of(), log(name));
    }

    /** Lean and without a compiler that competes for the core later on. */
    Child helper(String name, List<String> arguments) {
        return side(name, otherCores, List.of("-Xms128m", "-Xmx512m", "-XX:+UseSerialGC"), arguments);
    }

    Path log(String name) {
        try {
            Files.createDirectories(output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return output.resolve(name + ".log");
    }

    static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
