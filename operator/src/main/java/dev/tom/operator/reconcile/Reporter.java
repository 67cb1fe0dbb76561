package dev.tom.operator.reconcile;

import dev.tom.operator.apply.Applied;
import dev.tom.operator.apply.Applier;
import dev.tom.operator.desired.Change;
import dev.tom.operator.observability.EventPublisher;
import dev.tom.operator.observability.LogKeys;
import dev.tom.operator.observability.WindowMeters;
import dev.tom.operator.observe.World;
import dev.tom.operator.report.WindowReport;
import dev.tom.operator.status.StatusPatch;
import dev.tom.operator.window.Decision;
import dev.tom.operator.window.Egress;
import dev.tom.operator.window.Fact;
import dev.tom.operator.window.FactType;
import dev.tom.operator.window.Notice;
import dev.tom.operator.window.Reason;
import dev.tom.operator.window.Truth;
import dev.tom.operator.window.WindowPhase;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says what was decided: report, status, Events, meters, in this order. Thread-safe. */
public final class Reporter {

    private static final Logger LOG = LoggerFactory.getLogger(Reporter.class);

    private final Applier applier;
    private final StatusPatch statusPatch;
    private final EventPublisher events;
    private final WindowMeters meters;
    private final InstantSource clock;

    public Reporter(
            Applier applier, StatusPatch statusPatch, EventPublisher events, WindowMeters meters, InstantSource clock) {
        this.applier = applier;
        this.statusPatch = statusPatch;
        this.events = events;
        this.meters = meters;
        this.clock = clock;
    }

    /**
     * Reports a decision that was carried out.
     *
     * @return false when the TestWindow had changed in the meantime, so that nothing was remembered: decide again
     */
    boolean report(World world, Decision decision) {
        Instant now = clock.instant();
        WindowReport report =
                WindowReport.of(world.window(), world.observed().history(), world.objects(), world.statuses());
        boolean going = world.observed().deletedAt().isPresent();
        Applied written = going
                ? new Applied(0, List.of())
                : applier.apply(
                        List.of(new Change.Present(report.configMap(world.window(), decision))), world.objects());
        var facts = new ArrayList<>(decision.facts());
        facts.add(reportWritten(decision, written, going));
        meters.show(
                world.window().getMetadata().getNamespace(),
                world.window().getMetadata().getName(),
                figures(world, decision));
        StatusPatch.Outcome outcome = statusPatch.write(world, decision, facts, report, now);
        if (outcome == StatusPatch.Outcome.STALE) {
            return false;
        }
        notices(world, decision, facts, report).forEach(notice -> publish(world, decision, notice, now));
        written.orThrow();
        return true;
    }

    /** The window is gone for good. */
    void forget(World world) {
        meters.forget(
                world.window().getMetadata().getNamespace(),
                world.window().getMetadata().getName());
    }

    private void publish(World world, Decision decision, Notice notice, Instant now) {
        LOG.atInfo()
                .addKeyValue(LogKeys.NAMESPACE, world.window().getMetadata().getNamespace())
                .addKeyValue(LogKeys.WINDOW, world.window().getMetadata().getName())
                .addKeyValue(LogKeys.PHASE, decision.phase().text())
                .addKeyValue(LogKeys.REASON, notice.kind().reason())
                .log(notice.message());
        events.publish(world.window(), notice, now);
    }

    private static List<Notice> notices(World world, Decision decision, List<Fact> facts, WindowReport report) {
        var notices = new ArrayList<>(decision.notices());
        Fact before = world.observed().history().facts().get(FactType.REPORT_WRITTEN);
        boolean wasWritten = before != null && before.truth() == Truth.TRUE;
        boolean isWritten = facts.getLast().truth() == Truth.TRUE;
        if ((isWritten && !wasWritten) || (decision.release() && !wasWritten)) {
            notices.add(new Notice(
                    Notice.Kind.REPORT_WRITTEN,
                    "%s calls %d, minutes %s, failovers %d, cost %s EUR."
                            .formatted(
                                    report.verdict().sentence(),
                                    report.totals().calls(),
                                    report.totals().minutes(),
                                    report.totals().failovers(),
                                    report.totals().costEur())));
        }
        return notices;
    }

    private static Fact reportWritten(Decision decision, Applied written, boolean going) {
        if (going) {
            return new Fact(
                    FactType.REPORT_WRITTEN,
                    Truth.FALSE,
                    Reason.DELETED,
                    "The TestWindow goes; its Event tells the figures.");
        }
        boolean over = decision.phase() == WindowPhase.CLOSED || decision.phase() == WindowPhase.FAILED;
        return over && written.failures().isEmpty()
                ? new Fact(FactType.REPORT_WRITTEN, Truth.TRUE, Reason.WRITTEN, "The report is complete.")
                : new Fact(FactType.REPORT_WRITTEN, Truth.FALSE, Reason.NOT_YET, "The report is being collected.");
    }

    private static WindowMeters.Figures figures(World world, Decision decision) {
        boolean verified = decision.facts().stream()
                .anyMatch(fact -> fact.type() == FactType.EGRESS_CLOSED && fact.truth() == Truth.TRUE);
        return new WindowMeters.Figures(
                decision.phase(),
                decision.egress() instanceof Egress.Open || world.observed().policy(),
                verified,
                decision.endsAt(),
                decision.closedLateMillis());
    }
}
