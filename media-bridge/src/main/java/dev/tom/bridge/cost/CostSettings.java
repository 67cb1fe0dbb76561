package dev.tom.bridge.cost;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Where cost records go and what they are priced with.
 *
 * @param directory for the daily files, made when missing
 * @param tariff a tariff file; empty: the built-in one
 */
public record CostSettings(Path directory, Optional<Path> tariff) {}
