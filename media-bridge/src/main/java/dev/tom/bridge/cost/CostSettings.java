package dev.tom.bridge.cost;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where cost records go and what they are priced with.
 *
 * @param directory for the daily files and the journal, made when missing
 * @param tariff a tariff file; empty: the built-in one
 * @param fsync when records are forced to the disk
 */
public record CostSettings(Path directory, Optional<Path> tariff, FsyncPolicy fsync) {

    /**
     * Makes the directory. A directory that can never be written is a mistake in the settings; a full disk is not, and a bridge starts on
     * it: its calls matter more than its accounts, which wait in memory.
     *
     * @return what is wrong, in one sentence that says what to do; empty when records can be written, now or when there is room
     */
    public Optional<String> problem() {
        try {
            Files.createDirectories(directory);
        } catch (IOException e) {
            return String.valueOf(e.getMessage()).contains("No space left")
                    ? Optional.empty()
                    : Optional.of("COST_LOG_DIR=" + directory + " cannot be made ("
                            + e.getClass().getSimpleName() + "): name a directory that this user may write");
        }
        return Files.isWritable(directory)
                ? Optional.empty()
                : Optional.of(
                        "COST_LOG_DIR=" + directory
                                + " cannot be written: give this user the right to, mount it writable, or name another directory");
    }
}
