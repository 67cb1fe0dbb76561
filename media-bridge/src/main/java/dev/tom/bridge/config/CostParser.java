package dev.tom.bridge.config;

import dev.tom.bridge.cost.CostSettings;
import dev.tom.bridge.cost.FsyncPolicy;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/** The settings of the cost ledger. Pure. */
final class CostParser {

    private CostParser() {}

    static CostSettings parse(Values values) {
        String tariff = values.text(Setting.COST_TARIFF);
        return new CostSettings(
                Path.of(values.text(Setting.COST_LOG_DIR)),
                tariff.isEmpty() ? Optional.empty() : Optional.of(Path.of(tariff)),
                FsyncPolicy.valueOf(values.choice(Setting.COST_LOG_FSYNC).toUpperCase(Locale.ROOT)));
    }
}
