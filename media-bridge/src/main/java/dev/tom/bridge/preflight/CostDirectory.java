package dev.tom.bridge.preflight;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Whether cost records can be written. Asks the file system; writes nothing. */
final class CostDirectory {

    /** A record has about 1 kB, so this is room for a day of very many calls; below it somebody should look. */
    static final long MIN_FREE_BYTES = 64L << 20;

    private final Path directory;

    CostDirectory(Path directory) {
        this.directory = directory;
    }

    Finding look() {
        if (!Files.isDirectory(directory) || !Files.isWritable(directory)) {
            return Finding.bad(
                    "not_writable",
                    "COST_LOG_DIR=" + directory
                            + " cannot be written: give this user the right to, or mount it writable.");
        }
        try {
            return Files.getFileStore(directory).getUsableSpace() < MIN_FREE_BYTES
                    ? Finding.bad(
                            "no_room",
                            "COST_LOG_DIR=" + directory + " has less than " + (MIN_FREE_BYTES >> 20)
                                    + " MB free: make room, or mount a larger volume.")
                    : Finding.good("writable");
        } catch (IOException e) {
            return Finding.open(
                    "unknown", "The free space of COST_LOG_DIR=" + directory + " cannot be read: check the volume.");
        }
    }
}
