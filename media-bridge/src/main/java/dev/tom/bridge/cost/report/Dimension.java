package dev.tom.bridge.cost.report;

import java.util.Locale;
import java.util.function.Function;

/** By what records can be summed. */
@SuppressWarnings("ImmutableEnumChecker") // method references
public enum Dimension {
    /** UTC day of the end. */
    DAY(record -> record.day().toString()),
    BACKEND(CostLine::backend),
    WINDOW(CostLine::window),
    MODEL(CostLine::model),
    ENDED_BY(CostLine::endedBy);

    private final Function<CostLine, String> of;

    Dimension(Function<CostLine, String> of) {
        this.of = of;
    }

    /** What a record says; possibly empty. */
    String of(CostLine record) {
        return of.apply(record);
    }

    /** As on the command line and in headings. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
