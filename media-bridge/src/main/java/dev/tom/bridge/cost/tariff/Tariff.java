package dev.tom.bridge.cost.tariff;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The prices of one file: one version, or several that follow each other. Immutable.
 *
 * @param versions in the order of time, none overlapping another
 */
public record Tariff(List<TariffVersion> versions) {

    private static final String BUILT_IN = "/tariffs/default-2026-11.json";

    public Tariff {
        versions = List.copyOf(versions);
    }

    /** The tariff that is used when no file is named. */
    public static Tariff builtIn() {
        try (InputStream in = Tariff.class.getResourceAsStream(BUILT_IN)) {
            if (in == null) {
                throw new IllegalStateException("the program lacks its resource " + BUILT_IN);
            }
            return TariffFile.parse(new String(in.readAllBytes(), StandardCharsets.UTF_8), BUILT_IN);
        } catch (IOException e) {
            throw new IllegalStateException("the program's resource " + BUILT_IN + " cannot be read", e);
        }
    }

    /** @throws TariffException when the file cannot be read or understood */
    public static Tariff read(Path file) {
        try {
            return TariffFile.parse(Files.readString(file), file.toString());
        } catch (IOException e) {
            throw new TariffException("COST_TARIFF=" + file + " cannot be read: check the path");
        }
    }

    /** The version that holds at the start of a segment; empty in a gap between versions. */
    public Optional<TariffVersion> at(Instant start) {
        return versions.stream().filter(version -> version.holdsAt(start)).findAny();
    }
}
