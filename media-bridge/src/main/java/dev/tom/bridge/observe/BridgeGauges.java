package dev.tom.bridge.observe;

import dev.tom.bridge.call.admission.Rung;
import dev.tom.bridge.egress.EgressSnapshot;
import dev.tom.bridge.session.DeskSnapshot;
import dev.tom.bridge.speech.BackendKind;
import java.util.function.IntSupplier;
import java.util.function.Supplier;

/** The metrics that are read where they live. */
public final class BridgeGauges {

    private BridgeGauges() {}

    public static void bind(MeterBook book, Supplier<DeskSnapshot> desk, Supplier<EgressSnapshot> egress) {
        for (BackendKind kind : BackendKind.values()) {
            book.gauge(Meters.REALTIME_BACKEND, () -> desk.get().newCallsGoTo() == kind ? 1 : 0, kind.label());
        }
        for (Rung rung : Rung.values()) {
            book.gauge(Meters.OVERLOAD, () -> desk.get().rung() == rung ? 1 : 0, rung.label());
        }
        book.gauge(Meters.CALLS_ACTIVE, () -> desk.get().activeCalls());
        book.gauge(Meters.EGRESS_ALLOWED, () -> egress.get().allowed() ? 1 : 0);
        book.gauge(
                Meters.EGRESS_DEADLINE,
                () -> egress.get()
                        .until()
                        .map(until -> until.toEpochMilli() / 1_000.0)
                        .orElse(0.0));
        book.gauge(Meters.PROVIDER_SOCKETS, () -> egress.get().sockets());
    }

    /** @param recordsWaiting records that are not on the disk yet */
    public static void bindCosts(MeterBook book, IntSupplier recordsWaiting) {
        book.gauge(Meters.COST_RECORDS_WAITING, recordsWaiting::getAsInt);
    }
}
