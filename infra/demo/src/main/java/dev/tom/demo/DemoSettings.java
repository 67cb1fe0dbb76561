package dev.tom.demo;

import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/**
 * How the demo runs.
 *
 * @param root folder of the project, for the programs and the chart
 * @param models folder of the speech models
 * @param output logs, recordings and the demo's certificate go here
 * @param javaHome the JDK that runs operator, bridge and worker
 * @param windowSeconds length of the test window
 * @param provider a real provider instead of the scripted one
 */
record DemoSettings(
        Path root, Path models, Path output, Path javaHome, int windowSeconds, Optional<RealProvider> provider) {

    /** A real provider. */
    record RealProvider(URI url, String apiKey, String model) {
        @Override
        public String toString() {
            return "RealProvider[" + url + ", model=" + model + "]";
        }
    }

    /** The program that runs a jar. */
    String java() {
        return javaHome.resolve("bin/java").toString();
    }
}
