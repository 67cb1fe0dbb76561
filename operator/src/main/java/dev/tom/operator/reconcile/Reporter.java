package dev.tom.operator.reconcile;

import dev.tom.crds.v1alpha1.TestWindowStatus;
import dev.tom.operator.apply.Applied;
import dev.tom.operator.apply.Applier;
import dev.tom.operator.observability.EventPublisher;
import dev.tom.operator.observability.LogKeys;
import dev.tom.operator.observability.WindowMeters;
import dev.tom.operator.observe.World;
import dev.tom.operator.report.ReportBook;
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
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says what was decided: report, status, Events, meters, in this order. Thread-safe. */
public final class Reporter {

    private static final Logger LOG = LoggerFactory.getLogger(Reporter.class);

    private final Applier applier;
    private final ReportBook book = new ReportBook();
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
     * @param rollout whether a change of the pods waits
     * @return false when the TestWindow had changed in the meantime, so that nothing was remembered: decide again
     */
    boolean report(World world, Decision decision, Fact rollout) {
        Instant now = clock.instant();
        ReportBook.Page page = book.page(world, decision, now);
        Optional<WindowReport> report = page.told();
        boolean going = world.observed().deletedAt().isPresent();
        Applied written = going ? new Applied(0, List.of()) : applier.apply(page.changes(), world.objects());
        var facts = new ArrayList<>(decision.facts());
        facts.add(rollout);
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
        book.forget(world.window());
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

    private static List<Notice> notices(
            World world, Decision decision, List<Fact> facts, Optional<WindowReport> report) {
        var notices = new ArrayList<>(decision.notices());
        Fact before = world.observed().history().facts().get(FactType.REPORT_WRITTEN);
        boolean wasWritten = before != null && before.truth() == Truth.TRUE;
        boolean isWritten = facts.getLast().truth() == Truth.TRUE;
        boolean first = (isWritten && !wasWritten) || (decision.release() && !wasWritten);
        report.filter(told -> first || (isWritten && corrected(world, told)))
                .ifPresent(told -> notices.add(new Notice(Notice.Kind.REPORT_WRITTEN, sentence(told))));
        return notices;
    }

    /** The ledger has found something out about a bridge that died shortly before the end. */
    private static boolean corrected(World world, WindowReport report) {
        TestWindowStatus status = world.window().getStatus();
        return status != null
                && status.report() != null
                && (!Integer.valueOf(report.totals().calls())
                                .equals(status.report().calls())
                        || !report.totals()
                                .costEur()
                                .toPlainString()
                                .equals(status.report().costEur()));
    }

    private static String sentence(WindowReport report) {
        return "Verdict %s: %s Calls %d, minutes %s, failovers %d, cost %s EUR."
                .formatted(
                        report.judgement().verdict().text(),
                        report.judgement().why(),
                        report.totals().calls(),
                        report.totals().minutes().toPlainString(),
                        report.totals().failovers(),
                        report.totals().costEur().toPlainString());
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
        Optional<Fact> closed = fact(decision, FactType.EGRESS_CLOSED);
        return new WindowMeters.Figures(
                decision.phase(),
                decision.egress() instanceof Egress.Open || world.observed().policy(),
                closed.filter(fact -> fact.truth() == Truth.TRUE).isPresent(),
                fact(decision, FactType.EGRESS_ENFORCED).map(Fact::truth).orElse(Truth.UNKNOWN),
                closed.filter(fact -> fact.reason() == Reason.PROVIDER_SOCKETS_OPEN)
                                .isPresent()
                        ? world.observed().providerSockets()
                        : 0,
                decision.endsAt(),
                decision.closedLateMillis());
    }

    private static Optional<Fact> fact(Decision decision, FactType type) {
        return decision.facts().stream().filter(fact -> fact.type() == type).findFirst();
    }
}
