package dev.tom.operator.chart;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Files of this checkout, named from its top. */
final class Checkout {

    static final Path ROOT = Path.of(System.getProperty("tom.root", ".."));
    static final Path CHART = ROOT.resolve("helm/tom");
    static final Path RULES = ROOT.resolve("infra/monitoring/rules");

    private Checkout() {}

    static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }

    static String read(String file) {
        return read(ROOT.resolve(file));
    }
}
