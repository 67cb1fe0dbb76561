package dev.tom.kube;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Locale;

/** Names of operating systems, architectures and versions as the folders of kube-api-test have them. */
final class Platform {

    /** Orders folders named {@code 1.34.4-linux-amd64} by their version. */
    static final Comparator<Path> BY_VERSION = (left, right) -> Arrays.compare(numbers(left), numbers(right));

    private Platform() {}

    /** For example {@code linux-amd64}. */
    static String ofThisMachine() {
        return name(System.getProperty("os.name"), System.getProperty("os.arch"));
    }

    static String name(String system, String architecture) {
        String os = system.toLowerCase(Locale.ROOT).contains("mac") ? "darwin" : "linux";
        String arch = architecture.equals("aarch64") ? "arm64" : "amd64";
        return os + "-" + arch;
    }

    private static int[] numbers(Path folder) {
        String version = folder.getFileName().toString().split("-", 2)[0];
        return Arrays.stream(version.split("\\.")).mapToInt(Platform::number).toArray();
    }

    private static int number(String part) {
        return part.matches("\\d{1,6}") ? Integer.parseInt(part) : 0;
    }
}
