package dev.tom.operator.window;

import static dev.tom.operator.window.Fact.no;
import static dev.tom.operator.window.Fact.unknown;
import static dev.tom.operator.window.Fact.yes;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The conditions of preflight: the summary, then one for each check. Once a window is over they stay as they were. */
final class PreflightFacts {

    private PreflightFacts() {}

    static List<Fact> of(Observed observed, WindowPhase phase) {
        var facts = new ArrayList<Fact>();
        facts.add(summary(observed, phase));
        if (phase.ended()) {
            facts.addAll(PreflightChecks.remembered(observed.history()).values());
        } else {
            for (Check check : Check.values()) {
                facts.add(observed.preflight().result(check));
            }
        }
        return facts;
    }

    private static Fact summary(Observed observed, WindowPhase phase) {
        Optional<Fact> before = Optional.ofNullable(observed.history().facts().get(FactType.PREFLIGHT_PASSED));
        if (phase.ended() && before.isPresent()) {
            return before.get();
        }
        if (phase == WindowPhase.OPEN || observed.preflight().passed()) {
            return yes(FactType.PREFLIGHT_PASSED, Reason.REQUIREMENTS_MET, "Everything that opening needs is there.");
        }
        List<Finding> failed = observed.preflight().failed();
        return failed.isEmpty()
                ? unknown(
                        FactType.PREFLIGHT_PASSED,
                        Reason.WORKING,
                        text(observed.preflight().unknown()))
                : no(FactType.PREFLIGHT_PASSED, failed.getFirst().reason(), text(failed));
    }

    /** Why a window whose time has come is not open. */
    static String waitsFor(Observed observed) {
        List<Finding> failed = observed.preflight().failed();
        return text(failed.isEmpty() ? observed.preflight().unknown() : failed);
    }

    /** Whether somebody has to do something. */
    static boolean blocked(Observed observed) {
        return !observed.preflight().failed().isEmpty();
    }

    private static String text(List<Finding> findings) {
        return findings.stream().map(Finding::message).collect(Collectors.joining(" "));
    }
}
